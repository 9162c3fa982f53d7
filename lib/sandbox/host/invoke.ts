import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.js';
import type { CoreInvocationContext, HookName, InvocationModel, InvocationResponse, TypedData } from './coreTypes.js';
import type { FunctionApp } from './functionApp.js';
import type { HostLog, LogLine } from './log.js';
import type { HostedFunction } from './triggers.js';

/** What a trigger hands to one run of its function. */
export interface InvocationInput {
  readonly data: TypedData;
  readonly triggerMetadata?: Readonly<Record<string, TypedData>>;
  /** Why it runs, for the log. */
  readonly reason: string;
}

export interface Invoker {
  /** Runs the function through the library's own invocation model and every hook. Throws what the function throws. */
  invoke(hosted: HostedFunction, input: InvocationInput): Promise<InvocationResponse>;
  /** How many invocations run now. */
  running(): number;
  /** Resolves when none runs. */
  idle(): Promise<void>;
}

export interface InvokerOptions {
  readonly app: FunctionApp;
  readonly log: HostLog;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly newInvocationId?: () => string;
}

export function createInvoker({ app, log, clock, newInvocationId = randomUUID }: InvokerOptions): Invoker {
  const inFlight = new Set<Promise<unknown>>();

  async function runLogged(hosted: HostedFunction, input: InvocationInput): Promise<InvocationResponse> {
    const invocationId = newInvocationId();
    const origin = { category: `Function.${hosted.name}`, functionName: hosted.name, invocationId };
    const startedMs = clock.monotonicMs();
    log({ ...origin, level: 'information', message: `Executing (Reason='${input.reason}')` });
    try {
      const response = await runOnce(app, hosted, input, invocationId, (line) => log({ ...origin, ...line }));
      const durationMs = Math.round(clock.monotonicMs() - startedMs);
      log({ ...origin, level: 'information', message: `Executed (Succeeded, Duration=${durationMs}ms)` });
      return response;
    } catch (error) {
      const durationMs = Math.round(clock.monotonicMs() - startedMs);
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log({ ...origin, level: 'error', message: `Executed (Failed, Duration=${durationMs}ms) ${cause}` });
      throw error;
    }
  }

  return {
    invoke(hosted, input) {
      const run = runLogged(hosted, input);
      const forget = () => {
        inFlight.delete(settled);
      };
      const settled: Promise<void> = run.then(forget, forget);
      inFlight.add(settled);
      return run;
    },
    running: () => inFlight.size,
    async idle() {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };
}

type WriteLine = (line: Pick<LogLine, 'level' | 'message'> & Partial<Pick<LogLine, 'category'>>) => void;

async function runOnce(
  app: FunctionApp,
  hosted: HostedFunction,
  input: InvocationInput,
  invocationId: string,
  write: WriteLine,
): Promise<InvocationResponse> {
  let invocationContext: unknown;
  const core: CoreInvocationContext = {
    invocationId,
    metadata: hosted.metadata,
    request: {
      inputData: [{ name: hosted.bindingName, data: input.data }],
      triggerMetadata: input.triggerMetadata ?? {},
      traceContext: { traceParent: traceparentOf(input.data) },
    },
    log(level, category, message) {
      const line = { level, message, category, hookData: {}, appHookData: app.hookData, invocationContext };
      for (const hook of app.hooks) if (hook.name === 'log') hook.callback(line);
      const logCategory = `Function.${hosted.name}${category === 'user' ? '.User' : ''}`;
      write({ level: line.level, message: line.message, category: logCategory });
    },
  };
  const model = openModel(app, core);
  const { context, inputs } = await model.getArguments();
  invocationContext = context;
  const shared = { hookData: {}, appHookData: app.hookData, invocationContext };

  const before = { ...shared, inputs, functionCallback: hosted.callback };
  await inState(core, 'preInvocationHooks', () => runHooks(app, 'preInvocation', before));

  const after: { inputs: unknown[]; result: unknown; error: unknown } = {
    inputs: before.inputs,
    result: null,
    error: null,
  };
  await inState(core, 'invocation', async () => {
    try {
      after.result = await model.invokeFunction(invocationContext, before.inputs, before.functionCallback);
    } catch (error) {
      after.error = error ?? new Error(`Function ${hosted.name} threw ${String(error)}`);
    }
  });
  const outcome = Object.assign(after, shared);
  await inState(core, 'postInvocationHooks', () => runHooks(app, 'postInvocation', outcome));
  if (outcome.error !== null && outcome.error !== undefined) throw outcome.error;
  return model.getResponse(invocationContext, outcome.result);
}

function openModel(app: FunctionApp, core: CoreInvocationContext): InvocationModel {
  if (app.model === null) throw new Error('The app has set no programming model: it registered nothing.');
  return app.model.getInvocationModel(core);
}

async function inState(
  core: CoreInvocationContext,
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks',
  work: () => Promise<void>,
): Promise<void> {
  core.state = state;
  try {
    await work();
  } finally {
    delete core.state;
  }
}

/** Runs the hooks of one name in the order they were registered; the first that throws ends it. */
export async function runHooks(app: FunctionApp, name: HookName, context: object): Promise<void> {
  for (const hook of app.hooks) if (hook.name === name) await hook.callback(context);
}

const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The host's own span of an invocation (W3C Trace Context), within the trace of an HTTP caller that has one. */
function traceparentOf({ http }: TypedData): string {
  const [, traceId = randomBytes(16).toString('hex')] = traceparent.exec(http?.headers?.['traceparent'] ?? '') ?? [];
  return `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
}
