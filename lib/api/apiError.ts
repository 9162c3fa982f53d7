/** One of several things that are wrong with a request. */
export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

interface ErrorExtras {
  /** Everything that is wrong, where it is more than one thing. */
  readonly details?: readonly ErrorDetail[];
  /** Seconds after which the same request may succeed. */
  readonly retryAfterSeconds?: number;
}

/** An answer that is an error, in Graph's terms. `code` is stable; `target` names the field or object. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly details: readonly ErrorDetail[];
  readonly retryAfterSeconds: number | null;
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly target: string | null = null,
    extras: ErrorExtras = {},
  ) {
    super(message);
    this.details = extras.details ?? [];
    this.retryAfterSeconds = extras.retryAfterSeconds ?? null;
  }
}

export const notFound = (what: string): ApiError => new ApiError(404, 'ResourceNotFound', `${what} does not exist.`);

/** Graph's error body (`publicError`). */
export const errorBody = (error: ApiError, requestId: string, clientRequestId: string | null, nowMs: number) => ({
  error: {
    code: error.code,
    message: error.message,
    ...(error.target === null ? {} : { target: error.target }),
    details: error.details,
    innerError: {
      date: new Date(nowMs).toISOString(),
      'request-id': requestId,
      ...(clientRequestId === null ? {} : { 'client-request-id': clientRequestId }),
    },
  },
});
