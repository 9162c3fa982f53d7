import { ApiError, errorBody } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import type { Authorise, Caller } from './authorise.js';
import type { ApiRole } from './roles.js';

export interface ServeOptions {
  readonly authorise: Authorise;
  readonly newId: () => string;
  readonly nowMs: () => number;
  /** Told of what was not foreseen; the caller only gets the request id. */
  readonly onError: (error: unknown, requestId: string) => void;
}

/** One place that authorises, answers and explains errors in Graph's shape, with `request-id` and `client-request-id`. */
export const serve = async (
  request: ApiRequest,
  role: ApiRole,
  handle: (request: ApiRequest, caller: Caller) => Promise<ApiAnswer>,
  options: ServeOptions,
): Promise<ApiAnswer> => {
  const requestId = options.newId();
  const clientRequestId = request.header('client-request-id');
  const ids = {
    'request-id': requestId,
    ...(clientRequestId === null ? {} : { 'client-request-id': clientRequestId }),
  };
  try {
    const caller = await options.authorise(request.header('authorization'), role);
    const answer = await handle(request, caller);
    return { ...answer, headers: { ...answer.headers, ...ids } };
  } catch (error) {
    const known =
      error instanceof ApiError
        ? error
        : new ApiError(
            500,
            'InternalServerError',
            'The request failed unexpectedly. Try again; the log has its request-id.',
          );
    if (!(error instanceof ApiError)) options.onError(error, requestId);
    return {
      status: known.status,
      headers: { ...ids, ...(known.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}) },
      body: errorBody(known, requestId, clientRequestId, options.nowMs()),
    };
  }
};
