import { FaultError } from '../engine/model.js';
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
  const clientRequestId = readClientRequestId(request);
  const ids = {
    'request-id': requestId,
    ...(clientRequestId === null ? {} : { 'client-request-id': clientRequestId }),
  };
  try {
    const caller = await options.authorise(request.header('authorization'), role);
    const answer = await handle(request, caller);
    return { ...answer, headers: { ...answer.headers, ...ids } };
  } catch (error) {
    if (!(error instanceof ApiError)) options.onError(error, requestId);
    const known = toApiError(error);
    return {
      status: known.status,
      headers: {
        ...ids,
        ...(known.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
        ...(known.retryAfterSeconds === null ? {} : { 'Retry-After': String(known.retryAfterSeconds) }),
      },
      body: errorBody(known, requestId, clientRequestId, options.nowMs()),
    };
  }
};

/** Sent back as it came, unless it is too long or odd to be an id. */
const readClientRequestId = (request: ApiRequest): string | null => {
  const given = request.header('client-request-id');
  return given !== null && /^[\x21-\x7e]{1,128}$/.test(given) ? given : null;
};

const storageRetrySeconds = 30;

const toApiError = (error: unknown): ApiError => {
  if (error instanceof ApiError) return error;
  if (error instanceof FaultError && error.fault.code === 'StateUnavailable') {
    const extras = { retryAfterSeconds: storageRetrySeconds };
    return new ApiError(503, 'ServiceUnavailable', 'The storage of this service does not answer.', null, extras);
  }
  return new ApiError(
    500,
    'InternalServerError',
    'The request failed unexpectedly. Try again; the log has its request-id.',
  );
};
