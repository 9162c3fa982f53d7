import { base64url, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { SeededIds } from './seededIds.js';
import { publicKeyText, type SigningKey, type SigningKeys } from './signingKeys.js';

/** What can be wrong with a token; each is wrong in this one way only. */
export const tokenOddities = [
  'expired',
  'notYetValid',
  'wrongAudience',
  'wrongIssuer',
  'wrongTenant',
  'noExpiry',
  'algorithmNone',
  'algorithmHs256',
  'unknownKey',
  'foreignKeyUnderKnownId',
  'noKeyId',
  'badSignature',
] as const;
export type TokenOddity = (typeof tokenOddities)[number];

export interface TokenRequest {
  readonly audience: string;
  /** Default none; a token without roles has no such claim. */
  readonly roles?: readonly string[];
  readonly tenantId: string;
  /** `sub` and `oid`; default an id drawn from the seed. */
  readonly subject?: string;
  /** The client, `azp`; default an id drawn from the seed. */
  readonly clientId?: string;
  /** From now; default an hour. */
  readonly expiresInSeconds?: number;
  /** From now; default at once. */
  readonly validInSeconds?: number;
  readonly oddity?: TokenOddity;
  /** Put over the claims in the end. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface MintParts {
  readonly keys: SigningKeys;
  readonly ids: SeededIds;
  readonly nowMs: number;
  /** The issuer's address, without a slash at the end. */
  readonly origin: string;
}

const otherTenantId = '00000000-0000-4000-8000-00000000dead';

export const issuerOf = (origin: string, tenantId: string): string => `${origin}/${tenantId}/v2.0`;

/** An access token of the shape that Entra's v2.0 endpoint gives to applications. */
export async function mintToken(request: TokenRequest, parts: MintParts): Promise<string> {
  const payload = distortClaims(toClaims(request, parts), request.oddity, parts);
  const key = await parts.keys.current();
  switch (request.oddity) {
    case 'algorithmNone':
      return new UnsecuredJWT(payload).encode();
    case 'algorithmHs256':
      return new SignJWT(payload)
        .setProtectedHeader({ typ: 'JWT', alg: 'HS256', kid: key.keyId })
        .sign(new TextEncoder().encode(await publicKeyText(key)));
    case 'unknownKey':
      return sign(payload, await parts.keys.unpublished());
    case 'foreignKeyUnderKnownId':
      return sign(payload, { ...(await parts.keys.unpublished()), keyId: key.keyId });
    case 'noKeyId':
      return sign(payload, key, false);
    case 'badSignature':
      return spoilSignature(await sign(payload, key));
    default:
      return sign(payload, key);
  }
}

function toClaims(request: TokenRequest, { ids, nowMs, origin }: MintParts): JWTPayload {
  const nowSeconds = Math.floor(nowMs / 1000);
  const subject = request.subject ?? ids.guid();
  const { roles = [] } = request;
  return {
    aud: request.audience,
    iss: issuerOf(origin, request.tenantId),
    iat: nowSeconds,
    nbf: nowSeconds + (request.validInSeconds ?? 0),
    exp: nowSeconds + (request.expiresInSeconds ?? 3600),
    azp: request.clientId ?? ids.guid(),
    azpacr: '1',
    idtyp: 'app',
    oid: subject,
    sub: subject,
    tid: request.tenantId,
    uti: ids.hex().slice(0, 22),
    ver: '2.0',
    ...(roles.length > 0 ? { roles } : {}),
    ...request.claims,
  };
}

/** A day away: beyond any tolerance for clocks that differ. */
const daySeconds = 86_400;

function distortClaims(claims: JWTPayload, oddity: TokenOddity | undefined, { nowMs, origin }: MintParts): JWTPayload {
  const nowSeconds = Math.floor(nowMs / 1000);
  switch (oddity) {
    case 'expired':
      return {
        ...claims,
        iat: nowSeconds - 2 * daySeconds,
        nbf: nowSeconds - 2 * daySeconds,
        exp: nowSeconds - daySeconds,
      };
    case 'notYetValid':
      return { ...claims, nbf: nowSeconds + daySeconds, exp: nowSeconds + 2 * daySeconds };
    case 'wrongAudience':
      return { ...claims, aud: 'https://graph.microsoft.com' };
    case 'wrongIssuer':
      return { ...claims, iss: `${String(claims.iss).replace(origin, 'https://login.example.com')}` };
    case 'wrongTenant':
      return { ...claims, tid: otherTenantId, iss: issuerOf(origin, otherTenantId) };
    case 'noExpiry': {
      const { exp: _exp, ...rest } = claims;
      return rest;
    }
    default:
      return claims;
  }
}

const sign = (payload: JWTPayload, key: SigningKey, namesKey = true): Promise<string> =>
  new SignJWT(payload)
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', ...(namesKey ? { kid: key.keyId, x5t: key.keyId } : {}) })
    .sign(key.privateKey);

/** Turns one bit of the signature. */
function spoilSignature(token: string): string {
  const cut = token.lastIndexOf('.') + 1;
  const signature = base64url.decode(token.slice(cut));
  signature[0] = (signature[0] ?? 0) ^ 1;
  return token.slice(0, cut) + base64url.encode(signature);
}
