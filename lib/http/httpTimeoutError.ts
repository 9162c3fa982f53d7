import { HttpError } from './httpError.js';

/** No whole answer within the time allowed. The request may have been carried out. */
export class HttpTimeoutError extends HttpError {
  override readonly name = 'HttpTimeoutError';
  readonly code = 'HttpTimeout';

  constructor(
    method: string,
    target: string,
    readonly timeoutMs: number,
  ) {
    super(method, target, `no complete answer within ${timeoutMs} ms`);
  }
}
