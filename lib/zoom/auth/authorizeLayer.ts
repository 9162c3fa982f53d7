import { readOutgoing } from '../../http/outgoing.js';
import type { Layer } from '../../http/send.js';
import type { TokenSource } from './tokenSource.js';

/**
 * Puts a token on each request; after a 401 gets another one and sends once more, and where that one was another
 * process's, once again with one of Zoom's. The body must be in memory (the retry layer above sees to it). Throws what
 * the token source throws.
 */
export const authorizeLayer =
  (tokens: TokenSource): Layer =>
  (next) =>
  async (input, init) => {
    const { headers, signal } = readOutgoing(input, init);
    const waiting = signal ?? new AbortController().signal;
    const sendWith = (token: string) => {
      headers.set('authorization', `Bearer ${token}`);
      return next(input, { ...init, headers: new Headers(headers) });
    };
    let token = await tokens.getToken(waiting);
    let response = await sendWith(token);
    for (let mayRenew = true; response.status === 401 && mayRenew; ) {
      tokens.invalidate(token);
      const renewed = await tokens.getToken(waiting);
      if (renewed === token) {
        return response;
      }
      mayRenew = tokens.isTakenOver?.(renewed) ?? false;
      token = renewed;
      response = await sendWith(token);
    }
    return response;
  };
