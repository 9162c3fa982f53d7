import type { RequestTrace } from '../engine/model.js';
import { isRow } from './fields.js';

/** One answer of Graph, whole and parsed, whatever its status; also one inside a `$batch`. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined where the body of an error was none. */
  readonly body: unknown;
  readonly trace: RequestTrace;
}

export const isOk = ({ status }: GraphAnswer): boolean => status >= 200 && status < 300;

/**
 * Graph's error code, in lower case, or null. Only what looks like a code comes back: the texts beside it may repeat
 * values. Codes change their casing between services, so compare them in lower case (Graph, error responses).
 */
export const readErrorCode = (body: unknown): string | null => {
  const error = isRow(body) ? body.error : undefined;
  const code = isRow(error) ? error.code : undefined;
  return typeof code === 'string' && /^[\w.]{1,80}$/.test(code) ? code.toLowerCase() : null;
};

/** The request id of the header or, in a batch, of the error's `innerError`, whose casing varies and which may nest. */
export const readRequestId = (headers: Headers, body: unknown): string | null => {
  const header = headers.get('request-id');
  if (header !== null) {
    return header;
  }
  let error: unknown = isRow(body) ? body.error : undefined;
  for (let depth = 0; depth < 5 && isRow(error); depth += 1) {
    const id = error['request-id'] ?? error.requestId;
    if (typeof id === 'string') {
      return id;
    }
    error = error.innerError ?? error.innererror;
  }
  return null;
};
