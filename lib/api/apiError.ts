/** An answer that is an error, in Graph's terms. `code` is stable; `target` names the field or object. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly target: string | null = null,
  ) {
    super(message);
  }
}

export const notFound = (what: string): ApiError => new ApiError(404, 'ResourceNotFound', `${what} does not exist.`);

/** Graph's error body (`publicError`). */
export const errorBody = (error: ApiError, requestId: string, clientRequestId: string | null, nowMs: number) => ({
  error: {
    code: error.code,
    message: error.message,
    ...(error.target === null ? {} : { target: error.target }),
    details: [],
    innerError: {
      date: new Date(nowMs).toISOString(),
      'request-id': requestId,
      ...(clientRequestId === null ? {} : { 'client-request-id': clientRequestId }),
    },
  },
});
