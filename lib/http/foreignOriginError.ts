import { HttpError } from './httpError.js';

/** A request or a followed link left the configured origins. Nothing was sent. */
export class ForeignOriginError extends HttpError {
  override readonly name = 'ForeignOriginError';
  readonly code = 'ForeignOrigin';

  constructor(
    method: string,
    /** The origin that was refused; a link that is no URL has none. */
    readonly foreignOrigin: string | null,
    readonly allowed: readonly string[],
  ) {
    super(
      method,
      foreignOrigin ?? '(not a URL)',
      `refused: requests go to ${allowed.join(', ')} only, and no token was sent`,
    );
  }
}
