import { readOutgoing } from '../../http/outgoing.js';
import type { Layer } from '../../http/send.js';
import type { TokenSource } from './tokenSource.js';

/**
 * Puts a token on each request; after a 401 gets another one and sends once more. The body must be in memory (the
 * retry layer above sees to it). Throws what the token source throws.
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
    const token = await tokens.getToken(waiting);
    const response = await sendWith(token);
    if (response.status !== 401) {
      return response;
    }
    tokens.invalidate(token);
    const renewed = await tokens.getToken(waiting);
    return renewed === token ? response : sendWith(renewed);
  };
