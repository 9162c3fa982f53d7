import { type Answer, errorAnswer } from '../answer.js';
import type { Call, Context } from '../context.js';
import { goneError, initialLink } from '../delta/openPosition.js';
import { GraphError, malformedToken, syncStateNotFound } from '../errors.js';
import { applyFault, type FaultHit } from './book.js';
import type { FaultOf } from './model.js';

const defaultWaitSeconds = 10;

const retryAfterText = (nowMs: number, fault: FaultOf<'throttled'>): Readonly<Record<string, string>> => {
  const seconds = fault.seconds ?? defaultWaitSeconds;
  switch (fault.retryAfter) {
    case 'absent':
      return {};
    case 'seconds':
      return { 'Retry-After': String(seconds) };
    case 'date':
      return { 'Retry-After': new Date(nowMs + seconds * 1_000).toUTCString() };
  }
};

/** The 429 as the service words it; some come with code UnknownError and no message. */
export const throttledAnswer = (
  context: Context,
  call: Call,
  code: string,
  headers: Readonly<Record<string, string>>,
): Answer => {
  const message = code === 'UnknownError' ? '' : 'Please retry again later.';
  const inner = { code: '429', message: 'Please retry after', status: '429' };
  return errorAnswer(new GraphError(429, code, message, headers), context.settings, call.trace, inner);
};

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  500: 'InternalServerError',
  501: 'NotImplemented',
  503: 'serviceNotAvailable',
};

const statusAnswer = (context: Context, call: Call, fault: FaultOf<'status'>): Answer => {
  const headers: Readonly<Record<string, string>> =
    fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) };
  switch (fault.body ?? 'json') {
    case 'empty':
      return { status: fault.status, headers, body: null };
    case 'html':
      return {
        status: fault.status,
        headers: { ...headers, 'Content-Type': 'text/html' },
        body: `<html><head><title>${fault.status}</title></head><body><h1>${fault.status}</h1></body></html>`,
      };
    case 'json': {
      const code = fault.code ?? codes[fault.status] ?? 'UnknownError';
      const error = new GraphError(fault.status, code, 'The request could not be served.', headers);
      return errorAnswer(error, context.settings, call.trace);
    }
  }
};

/** The initial URL that a 410 names; over a foreign host where the fault wants that. */
const goneLocation = (call: Call, fault: FaultOf<'gone'>): string | null => {
  const resource = call.route.name === 'usersDelta' ? 'users' : 'groups';
  switch (fault.location) {
    case 'absent':
      return null;
    case 'initial':
      return initialLink(call.origin, call.version, resource);
    case 'foreign':
      return initialLink(fault.origin ?? 'https://graph.example.net', call.version, resource);
  }
};

const tokenError = (call: Call, hits: readonly FaultHit[]): GraphError | null => {
  const { system } = call.query;
  const isDelta = call.route.name === 'usersDelta' || call.route.name === 'groupsDelta';
  if (!isDelta || !(system.has('$skiptoken') || system.get('$deltatoken'))) {
    return null;
  }
  const gone = applyFault(hits, 'gone');
  if (gone !== null) {
    return goneError(goneLocation(call, gone));
  }
  const refused = applyFault(hits, 'tokenRefused');
  switch (refused?.as) {
    case undefined:
      return null;
    case 'expired':
      return syncStateNotFound();
    case 'malformed':
      return malformedToken();
    case 'unknown':
      return new GraphError(404, 'Request_ResourceNotFound', 'The token is not known.');
  }
};

const nothing = { status: 504, headers: {}, body: null };

/** The answer that a fault gives instead of serving the call; null where none does. */
export const refuseByFault = (context: Context, call: Call, hits: readonly FaultHit[]): Answer | null => {
  if (hits.length === 0) {
    return null;
  }
  // Inside a batch there is no connection to break: the gateway says that it got no answer.
  if (applyFault(hits, 'stall') !== null) {
    return call.inBatch === null ? { ...nothing, breakage: 'stall' } : nothing;
  }
  const throttled = applyFault(hits, 'throttled');
  if (throttled !== null) {
    const headers = retryAfterText(call.trace.nowMs, throttled);
    return throttledAnswer(context, call, throttled.code ?? 'TooManyRequests', headers);
  }
  const status = applyFault(hits, 'status');
  if (status !== null) {
    return statusAnswer(context, call, status);
  }
  const error = tokenError(call, hits);
  return error === null ? null : errorAnswer(error, context.settings, call.trace);
};
