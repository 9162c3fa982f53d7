import { createHeldToken, usableMs } from './heldToken.js';
import { type OAuthClient, requestToken } from './oauthRequest.js';
import { createSingleFlight } from './singleFlight.js';
import type { TokenSource } from './tokenSource.js';

export interface ServerToServerCredentials {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ServerToServerOptions extends ServerToServerCredentials, OAuthClient {
  /** Told where the account's API is said to live on another host than the configured one; nothing is sent there. */
  readonly onApiHost?: (host: string) => void;
}

/**
 * Tokens of a server-to-server OAuth app (Zoom, account credentials): no refresh token, each asked for anew. One is
 * kept in memory; whoever needs another while one is on its way waits for that one.
 */
export const createServerToServerSource = (options: ServerToServerOptions): TokenSource => {
  const held = createHeldToken(options.clock);
  const renew = createSingleFlight(async (signal) => {
    const form = { grant_type: 'account_credentials', account_id: options.accountId };
    const { accessToken, expiresInMs, apiHost } = await requestToken(options, form, signal);
    held.hold(accessToken, usableMs(expiresInMs));
    if (apiHost !== null) {
      options.onApiHost?.(apiHost);
    }
    return accessToken;
  });
  return {
    getToken: async (signal) => {
      signal.throwIfAborted();
      return held.get() ?? renew(signal);
    },
    invalidate: held.drop,
  };
};
