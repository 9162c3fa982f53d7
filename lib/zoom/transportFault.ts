import { type Fault, FaultError, type RequestTrace } from '../engine/model.js';
import { ForeignOriginError } from '../http/foreignOriginError.js';
import { HttpTimeoutError } from '../http/httpTimeoutError.js';
import { NetworkError } from '../http/networkError.js';
import { PausedError } from '../http/pausedError.js';
import { UnexpectedRedirectError } from '../http/unexpectedRedirectError.js';
import { scimAdvice } from './advice.js';
import { makeFault } from './fault.js';

/**
 * What it means that a request ended without an answer. For a write whose bytes may have reached the service the fault
 * says `outcomeUnknown`.
 */
export const explainTransport = (error: unknown, isWrite: boolean, request: RequestTrace): Fault => {
  if (error instanceof FaultError) {
    return error.fault;
  }
  if (error instanceof PausedError) {
    return makeFault('TooManyRequests', scimAdvice.TooManyRequests, { request, retryAtMs: error.untilMs });
  }
  if (error instanceof HttpTimeoutError) {
    return makeFault('Timeout', scimAdvice.Timeout, { request, outcomeUnknown: isWrite });
  }
  if (error instanceof NetworkError) {
    const said = error.causeCode === null ? undefined : `(${error.causeCode})`;
    const outcomeUnknown = isWrite && !error.neverSent;
    return makeFault('WebExceptionProtocolError', scimAdvice.WebExceptionProtocolError, {
      request,
      outcomeUnknown,
      said,
    });
  }
  if (error instanceof UnexpectedRedirectError) {
    return makeFault('RedirectRefused', scimAdvice.RedirectRefused, { request: { ...request, status: error.status } });
  }
  if (error instanceof ForeignOriginError) {
    return makeFault('ForeignOrigin', scimAdvice.ForeignOrigin, { request });
  }
  const said = error instanceof Error ? `(${error.name})` : undefined;
  return makeFault('InternalError', scimAdvice.InternalError, { request, outcomeUnknown: isWrite, said });
};
