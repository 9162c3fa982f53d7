import type { Fault, JsonValue, RequestTrace } from '../engine/model.js';
import { type ScimFaultCode, scimAdvice } from './advice.js';
import { type AnswerBody, isJsonObject, type Operation, type ScimAnswer } from './answer.js';
import type { Carry } from './carrier.js';
import type { ScimRequest } from './dialects/dialect.js';
import { type FaultFacts, makeFault } from './fault.js';
import { maskText } from './maskText.js';
import { requestIdHeader, traceRequest } from './requestTrace.js';
import { classifyAnswer } from './taxonomy.js';
import type { Meaning } from './taxonomyTable.js';
import { readThrottling } from './throttling.js';
import { explainTransport } from './transportFault.js';

/** How one request ended: an answer of 2xx, its body unread, or what its failure means. */
export type Reply =
  | { readonly kind: 'answered'; readonly status: number; readonly body: AnswerBody; readonly request: RequestTrace }
  | { readonly kind: 'refused'; readonly meaning: Meaning; readonly fault: Fault };

/**
 * Sends the request that `express` makes for this operation and explains what comes back. Throws the signal's reason
 * only.
 */
export type Exchange = (operation: Operation, express: () => ScimRequest, signal: AbortSignal) => Promise<Reply>;

export interface ExchangeOptions {
  readonly carry: Carry;
  /** The full path of a request as a trace may show it: no id. */
  readonly describePath: (path: string) => string;
  readonly nowMs: () => number;
}

export const createExchange =
  ({ carry, describePath, nowMs }: ExchangeOptions): Exchange =>
  async (operation, express, signal) => {
    signal.throwIfAborted();
    const request = tryToExpress(express);
    if (request instanceof Error) {
      const said = `(${request.name})`;
      return {
        kind: 'refused',
        meaning: 'fault',
        fault: makeFault('InternalError', scimAdvice.InternalError, { said }),
      };
    }
    const trace = traceRequest(request.method, describePath(request.path));
    try {
      const answer = await carry(request, signal);
      const seen = { ...trace, status: answer.status, requestId: answer.headers.get(requestIdHeader) };
      return answer.status >= 200 && answer.status < 300
        ? { kind: 'answered', status: answer.status, body: answer.body, request: seen }
        : explainRefusal(answer, operation, request, seen, nowMs());
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'refused', meaning: 'fault', fault: explainTransport(error, isWrite(operation), trace) };
    }
  };

/** Values and paths come from a schema: one that cannot be written is this object's failure. */
const tryToExpress = (express: () => ScimRequest): ScimRequest | Error => {
  try {
    return express();
  } catch (error) {
    return error instanceof Error ? error : new Error('not an Error', { cause: error });
  }
};

/** An answer of 2xx that cannot be read: what it was to say is unknown. */
export const explainUnreadable = (operation: Operation, request: RequestTrace, problem: string): Fault => {
  const code = 'SystemForCrossDomainIdentityManagementServiceIncompatible';
  return makeFault(code, scimAdvice[code], { request, said: `(${problem}.)`, outcomeUnknown: isWrite(operation) });
};

export const isWrite = (operation: Operation): boolean =>
  operation === 'create' || operation === 'update' || operation === 'setActive' || operation === 'delete';

const explainRefusal = (
  answer: ScimAnswer,
  operation: Operation,
  request: ScimRequest,
  trace: RequestTrace,
  nowMs: number,
): Reply => {
  const { code, meaning, details, unknownText } = classifyAnswer(answer, operation);
  const waitMs = readThrottling(answer, nowMs)?.waitMs ?? null;
  const masked = unknownText === null ? '' : maskText(unknownText, [...collectTexts(request)]);
  const facts: FaultFacts = {
    request: trace,
    retryAtMs: waitMs === null ? null : nowMs + waitMs,
    outcomeUnknown: isWrite(operation) && mayBeStored(answer, code),
    said: masked === '' ? details.join(', ') : `It said, with values masked: ${[masked, ...details].join(', ')}`,
  };
  return { kind: 'refused', meaning, fault: makeFault(code, scimAdvice[code], facts) };
};

/** A service that fails half-way has stored before (500 after the half was stored); one that refuses has not. */
const mayBeStored = ({ status, headers }: ScimAnswer, code: ScimFaultCode): boolean => {
  const refuses = status === 501 || (status === 503 && headers.has('retry-after'));
  return status === 408 || (status >= 500 && !refuses && code !== 'NotImplemented');
};

/** Every text that the request held and the server might repeat. */
function* collectTexts({ path, query, body }: ScimRequest): Generator<string> {
  yield* path.split('/').slice(2).map(decodeURIComponent);
  for (const value of Object.values(query ?? {})) {
    yield value;
    yield* value.split('"');
  }
  yield* textsIn(body);
}

function* textsIn(value: JsonValue | undefined): Generator<string> {
  if (typeof value === 'string') {
    yield value;
  } else if (Array.isArray(value)) {
    for (const element of value) {
      yield* textsIn(element);
    }
  } else if (isJsonObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (name !== 'schemas') {
        yield* textsIn(member);
      }
    }
  }
}
