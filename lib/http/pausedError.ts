import { HttpError } from './httpError.js';

/** The service let us wait longer than we are willing to; nothing was sent. */
export class PausedError extends HttpError {
  override readonly name = 'PausedError';
  readonly code = 'Paused';

  constructor(
    method: string,
    target: string,
    /** When to come back, in milliseconds since 1970. */
    readonly untilMs: number,
  ) {
    super(method, target, `not sent: the service takes no requests before ${new Date(untilMs).toISOString()}`);
  }
}
