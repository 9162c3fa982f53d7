import { z } from 'zod';
import type { FunctionCallback, FunctionMetadata } from './coreTypes.js';
import type { RegisteredFunction } from './functionApp.js';
import { HostError } from './hostError.js';

const timerShape = z.object({
  type: z.literal('timerTrigger'),
  schedule: z.string(),
  runOnStartup: z.boolean().default(false),
  useMonitor: z.boolean().default(true),
});

const queueShape = z.object({
  type: z.literal('queueTrigger'),
  queueName: z.string(),
  connection: z.string().optional(),
});

const httpShape = z.object({
  type: z.literal('httpTrigger'),
  route: z.string().optional(),
  methods: z.array(z.string().toUpperCase()),
  authLevel: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['anonymous', 'function', 'admin'])),
});

const triggerShape = z.discriminatedUnion('type', [timerShape, queueShape, httpShape]);

/** A trigger's options as registered; `%NAME%` is not expanded yet. */
export type Trigger = z.infer<typeof triggerShape>;
export type TimerTrigger = z.infer<typeof timerShape>;
export type QueueTrigger = z.infer<typeof queueShape>;
export type HttpTrigger = z.infer<typeof httpShape>;

/** A registered function with its trigger read. */
export interface HostedFunction<Kind extends Trigger = Trigger> {
  readonly name: string;
  readonly bindingName: string;
  readonly trigger: Kind;
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** Throws `TriggerInvalid` for a trigger that this host does not know or cannot read. */
export function readFunction({ metadata, callback }: RegisteredFunction): HostedFunction {
  const { name, bindings } = metadata;
  const found = Object.entries(bindings).find(([, binding]) => /trigger$/i.test(binding.type));
  if (found === undefined) throw new HostError('TriggerInvalid', `Function ${name} has no trigger.`);
  const [bindingName, binding] = found;
  const result = triggerShape.safeParse(binding);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new HostError(
      'TriggerInvalid',
      `Function ${name}, ${binding.type}.${issue?.path.join('.')}: ${issue?.message}. This host runs timer, queue and HTTP triggers.`,
    );
  }
  return { name, bindingName, trigger: result.data, metadata, callback };
}

export const isTimer = (hosted: HostedFunction): hosted is HostedFunction<TimerTrigger> =>
  hosted.trigger.type === 'timerTrigger';
export const isQueue = (hosted: HostedFunction): hosted is HostedFunction<QueueTrigger> =>
  hosted.trigger.type === 'queueTrigger';
export const isHttp = (hosted: HostedFunction): hosted is HostedFunction<HttpTrigger> =>
  hosted.trigger.type === 'httpTrigger';
