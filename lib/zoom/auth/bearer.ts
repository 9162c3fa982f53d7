import type { TokenSource } from './tokenSource.js';

/** A token that an administrator entered; there is no other where it is refused. */
export const createBearerSource = (token: string): TokenSource => ({
  getToken: async (signal) => {
    signal.throwIfAborted();
    return token;
  },
  invalidate: () => undefined,
});
