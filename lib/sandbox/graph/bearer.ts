import type { SimulatorClock } from './clock.js';
import { GraphError } from './errors.js';
import type { Randomness } from './random.js';

/** What a token allows, and until when; null: it does not expire. */
export interface TokenClaims {
  readonly roles: readonly string[];
  readonly expiresAtMs: number | null;
}

/** Access tokens: those given at the start, those issued here, and those that somebody else vouches for. */
export interface TokenBook {
  /** A new token in the form of a JWT that only this simulator accepts. */
  issue(roles: readonly string[], lifetimeMs?: number): string;
  /** The roles of the request's bearer token; throws the 401 where there is none that holds. */
  authenticate(authorization: string | null): ReadonlySet<string>;
}

const defaultLifetimeMs = 3_600_000;

const unauthenticated = (message: string): GraphError =>
  new GraphError(401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
  });

const encodePart = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

export const createTokenBook = (
  clock: SimulatorClock,
  random: Randomness,
  given: Readonly<Record<string, readonly string[]>>,
  verify: (token: string) => TokenClaims | null,
): TokenBook => {
  const known = new Map<string, TokenClaims>(
    Object.entries(given).map(([token, roles]) => [token, { roles, expiresAtMs: null }]),
  );
  return {
    issue: (roles, lifetimeMs = defaultLifetimeMs) => {
      const expiresAtMs = clock.nowMs() + lifetimeMs;
      for (const [token, claims] of known) {
        if (claims.expiresAtMs !== null && claims.expiresAtMs <= clock.nowMs()) {
          known.delete(token);
        }
      }
      const header = encodePart({ typ: 'JWT', alg: 'none' });
      const payload = encodePart({
        aud: 'https://graph.microsoft.com',
        roles,
        iat: Math.floor(clock.nowMs() / 1_000),
        exp: Math.floor(expiresAtMs / 1_000),
        uti: random.guid(),
      });
      const token = `${header}.${payload}.${encodePart({ proof: random.guid() })}`;
      known.set(token, { roles, expiresAtMs });
      return token;
    },
    authenticate: (authorization) => {
      const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
      if (token === undefined) {
        throw unauthenticated('Access token is empty.');
      }
      const claims = known.get(token) ?? verify(token);
      if (claims === null) {
        throw unauthenticated('Access token validation failure. Invalid signature.');
      }
      if (claims.expiresAtMs !== null && claims.expiresAtMs <= clock.nowMs()) {
        throw unauthenticated('Lifetime validation failed, the token is expired.');
      }
      return new Set(claims.roles);
    },
  };
};
