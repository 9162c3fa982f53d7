import { ForeignOriginError } from './foreignOriginError.js';
import { nameTarget } from './httpError.js';
import { readOutgoing } from './outgoing.js';
import type { Layer } from './send.js';
import { UnexpectedRedirectError } from './unexpectedRedirectError.js';

/**
 * Lets requests out to these origins only and treats every redirect as an error, so that a token cannot go elsewhere.
 * `origins` are the `.origin` of endpoints that `parseEndpoint` accepted. Throws `ForeignOriginError`,
 * `UnexpectedRedirectError`.
 */
export const originCheckLayer =
  (origins: readonly string[]): Layer =>
  (next) =>
  async (input, init) => {
    const { url, method } = readOutgoing(input, init);
    if (!isAllowed(url, origins)) {
      throw new ForeignOriginError(method, url.origin, origins);
    }
    const response = await next(input, { ...init, redirect: 'manual' });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      throw new UnexpectedRedirectError(method, nameTarget(url), response.status);
    }
    return response;
  };

/** A link from an answer, as a URL, if it stays on `origin`. Throws `ForeignOriginError` otherwise; nothing is sent. */
export const assertSameOrigin = (link: string, origin: string): URL => {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url === null || !isAllowed(url, [origin])) {
    throw new ForeignOriginError('GET', url?.origin ?? null, [origin]);
  }
  return url;
};

/** Whether a link stays on `origin`. */
export const isOnOrigin = (link: string, origin: string): boolean =>
  URL.canParse(link) && isAllowed(new URL(link), [origin]);

/** A user name in a URL is a classic disguise of its host, and fetch refuses it anyway. */
const isAllowed = (url: URL, origins: readonly string[]): boolean =>
  origins.includes(url.origin) && url.username === '' && url.password === '';
