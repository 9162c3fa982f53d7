import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { ApiError } from './apiError.js';
import { type ApiRole, includesRole } from './roles.js';

/** Who called, for the audit: the token's object id and application, never the token. */
export interface Caller {
  readonly objectId: string;
  readonly applicationId: string | null;
  /** A person through an application, or an application of its own. */
  readonly kind?: 'user' | 'application';
}

export interface AuthoriserOptions {
  /** Null: no settings for the API, so nobody gets in. */
  readonly api: { readonly audience: string; readonly issuer: string } | null;
  readonly nowMs: () => number;
  readonly fetch: FetchImplementation;
  /** Told of each refusal by its code, without the token. */
  readonly onRefusal: (code: string) => void;
}

export type Authorise = (authorization: string | null, role: ApiRole) => Promise<Caller>;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });
const claims = z.object({
  oid: z.string().optional(),
  sub: z.string().optional(),
  azp: z.string().optional(),
  appid: z.string().optional(),
  scp: z.string().optional(),
  roles: z.array(z.string()).default([]),
});

/**
 * Verifies Entra access tokens: issuer, audience, signature against the issuer's keys (fetched again when a key id is
 * unknown), expiry, not-before and algorithm; then asks for the role. Fails closed. Throws `ApiError` 401 or 403.
 */
export const createAuthoriser = (options: AuthoriserOptions): Authorise => {
  const { api } = options;
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | null = null;
  const refuse = (status: 401 | 403, code: string, message: string): ApiError => {
    options.onRefusal(code);
    return new ApiError(status, code, message);
  };
  const loadKeys = async (issuer: string) => {
    keys ??= discoverKeys(issuer, options.fetch);
    try {
      return await keys;
    } catch (error) {
      keys = null;
      throw error;
    }
  };
  return async (authorization, role) => {
    if (!api) throw refuse(401, 'ApiNotConfigured', 'The API lets nobody in until API_AUDIENCE is set.');
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw refuse(401, 'InvalidAuthenticationToken', 'An Entra access token is needed as bearer token.');
    const payload = await verify(
      token,
      api,
      await loadKeysOrRefuse(() => loadKeys(api.issuer), refuse),
      options,
      refuse,
    );
    const parsed = claims.safeParse(payload);
    if (!parsed.success) throw refuse(401, 'InvalidAuthenticationToken', 'The token’s claims are not those of Entra.');
    if (!includesRole(parsed.data.roles, role)) {
      throw refuse(403, 'Authorization_RequestDenied', `The token lacks the app role ${role}.`);
    }
    const { oid, sub, azp, appid, scp } = parsed.data;
    const objectId = oid ?? sub;
    if (!objectId) throw refuse(401, 'InvalidAuthenticationToken', 'The token names nobody.');
    // Only a token that somebody signed in for has delegated scopes (Entra, access token claims).
    const kind = scp === undefined ? 'application' : 'user';
    return { objectId, applicationId: azp ?? appid ?? null, kind };
  };
};

type Refuse = (status: 401 | 403, code: string, message: string) => ApiError;
type Keys = ReturnType<typeof createRemoteJWKSet>;

const loadKeysOrRefuse = async (load: () => Promise<Keys>, refuse: Refuse): Promise<Keys> => {
  try {
    return await load();
  } catch {
    throw refuse(401, 'IssuerUnreachable', 'The keys of the token’s issuer could not be read. Check API_ISSUER.');
  }
};

const discoverKeys = async (issuer: string, fetch: FetchImplementation): Promise<Keys> => {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
    method: 'GET',
    redirect: 'manual',
    headers: new Headers({ accept: 'application/json' }),
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 200) throw new Error(`The issuer's configuration answered ${response.status}.`);
  const found = discovery.parse(await response.json());
  if (found.issuer.replace(/\/$/, '') !== issuer) throw new Error('The configuration is that of another issuer.');
  if (new URL(found.jwks_uri).protocol !== new URL(issuer).protocol)
    throw new Error('The keys lie on another protocol.');
  return createRemoteJWKSet(new URL(found.jwks_uri), { [customFetch]: fetch, cooldownDuration: 5_000 });
};

const verify = async (
  token: string,
  api: { readonly audience: string; readonly issuer: string },
  keys: Keys,
  options: AuthoriserOptions,
  refuse: Refuse,
): Promise<JWTPayload> => {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: api.issuer,
      audience: api.audience,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'iss', 'aud'],
      clockTolerance: 60,
      currentDate: new Date(options.nowMs()),
    });
    // Entra's tokens name their key; one that does not is no token of Entra's.
    if (protectedHeader.kid === undefined) throw new Error('The token names no key.');
    return payload;
  } catch {
    throw refuse(
      401,
      'InvalidAuthenticationToken',
      'The token is expired, not for this API, or not signed by its issuer.',
    );
  }
};
