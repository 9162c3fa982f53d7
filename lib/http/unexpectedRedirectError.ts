import { HttpError } from './httpError.js';

/** The service answered with a redirect, which is never followed: a token would go with it. */
export class UnexpectedRedirectError extends HttpError {
  override readonly name = 'UnexpectedRedirectError';
  readonly code = 'UnexpectedRedirect';

  constructor(
    method: string,
    target: string,
    readonly status: number,
  ) {
    super(method, target, `answered ${status}; redirects are not followed`);
  }
}
