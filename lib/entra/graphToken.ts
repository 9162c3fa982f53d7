import type { TokenCredential } from '@azure/identity';
import { isLoopback } from '../http/endpoint.js';
import type { GetToken } from './bearer.js';
import { isRow } from './fields.js';
import { sourceFailure } from './sourceFailure.js';

export interface GraphTokenOptions {
  /** Graph's endpoint: its origin is the token's audience. */
  readonly endpoint: string;
  /** A fixed token, accepted only where the endpoint is on loopback. */
  readonly fixedToken?: string;
  /** managedIdentity in Azure; default tries the developer's own sign-ins. */
  readonly identity: 'managedIdentity' | 'default';
  /** Client id of a user-assigned managed identity. */
  readonly clientId?: string;
  /** Where tokens are issued in a sovereign cloud. */
  readonly authorityHost?: string;
  /** Instead of a credential of `@azure/identity`; called anew when a token was rejected. */
  readonly createCredential?: () => Promise<TokenCredential>;
}

/**
 * Tokens for Graph. `@azure/identity` is loaded when the first is asked for; it caches and renews them itself, so a
 * rejected token is dropped together with its credential. Throws at once where a fixed token would leave the machine.
 */
export const createGraphTokenSource = (options: GraphTokenOptions): GetToken => {
  const { origin, hostname } = new URL(options.endpoint);
  const { fixedToken } = options;
  if (fixedToken !== undefined) {
    if (!isLoopback(hostname)) {
      throw sourceFailure('GraphTokenUnavailable', {
        detail: `A fixed token is accepted on loopback only, not for ${origin}.`,
      });
    }
    return async () => fixedToken;
  }
  const createCredential = options.createCredential ?? (() => loadCredential(options));
  let credential: Promise<TokenCredential> | null = null;
  return async (signal, rejected) => {
    if (credential === null || rejected !== undefined) {
      credential = createCredential();
    }
    try {
      const token = await (await credential).getToken(`${origin}/.default`, { abortSignal: signal });
      if (token === null) {
        throw sourceFailure('GraphTokenUnavailable');
      }
      return token.token;
    } catch (error) {
      credential = null;
      signal.throwIfAborted();
      throw isPassing(error) ? sourceFailure('GraphTokenEndpointDown', {}, error) : error;
    }
  };
};

const loadCredential = async ({ identity, clientId, authorityHost }: GraphTokenOptions): Promise<TokenCredential> => {
  const { DefaultAzureCredential, ManagedIdentityCredential } = await import('@azure/identity');
  const authority = authorityHost === undefined ? {} : { authorityHost };
  if (identity === 'managedIdentity') {
    return clientId === undefined
      ? new ManagedIdentityCredential(authority)
      : new ManagedIdentityCredential({ clientId, ...authority });
  }
  return new DefaultAzureCredential(
    clientId === undefined ? authority : { managedIdentityClientId: clientId, ...authority },
  );
};

const networkCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'network_error',
]);

/** Whether anything below a credential's error says that the token service was down rather than unwilling. */
const isPassing = (error: unknown, depth = 0): boolean => {
  if (!isRow(error) || depth > 5) {
    return false;
  }
  const { statusCode, code, errorCode, cause } = error;
  if (typeof statusCode === 'number' && (statusCode === 429 || statusCode >= 500)) {
    return true;
  }
  return (
    [code, errorCode].some((name) => typeof name === 'string' && networkCodes.has(name)) || isPassing(cause, depth + 1)
  );
};
