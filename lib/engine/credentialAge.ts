import { createHash } from 'node:crypto';
import type { CredentialRow } from './consent.js';

/** How old a credential is and how long it is good for, in whole days. */
export interface CredentialAge {
  readonly kind: CredentialRow['kind'];
  /** Of a bearer token since it was issued or first seen; of a refresh token since its last use. */
  readonly credentialAge: number;
  /** Negative once it has ended. */
  readonly credentialDaysLeft: number;
  /** A person should renew it. */
  readonly isEnding: boolean;
  /** Stable for one credential (and, of a refresh token, one last use), so that it is told once. */
  readonly incident: string;
}

const dayMs = 86_400_000;
/** Zoom's SCIM tokens live a year; eleven months on, a person is told. */
const bearerLifeMs = 365 * dayMs;
/** Zoom's sources say 90 days and 15 years; nothing is refused by it, only a person told. */
const unusedRefreshLifeMs = 90 * dayMs;
const noticeDays = 30;

/** Pure: what the row says at this instant. */
export const assessCredential = (row: CredentialRow, nowMs: number): CredentialAge => {
  const sinceMs = Date.parse(row.kind === 'bearer' ? row.since : row.lastUsedAt);
  const lifeMs = row.kind === 'bearer' ? bearerLifeMs : unusedRefreshLifeMs;
  const endsMs = row.expiresAt === null ? sinceMs + lifeMs : Date.parse(row.expiresAt);
  const credentialDaysLeft = Math.floor((endsMs - nowMs) / dayMs);
  return {
    kind: row.kind,
    credentialAge: Math.max(0, Math.floor((nowMs - sinceMs) / dayMs)),
    credentialDaysLeft,
    isEnding: credentialDaysLeft <= noticeDays,
    incident: `credential.${row.kind === 'bearer' ? row.fingerprint.slice(0, 16) : row.lastUsedAt}`,
  };
};

/** The row of a bearer token: kept as it was while the token is the same. Only a digest of the token is stored. */
export const seeBearerToken = (row: CredentialRow | null, token: string, nowMs: number): CredentialRow => {
  const fingerprint = createHash('sha256').update(token).digest('hex');
  if (row?.kind === 'bearer' && row.fingerprint === fingerprint) return row;
  const { issuedAt, expiresAt } = readJwtTimes(token);
  const now = new Date(nowMs).toISOString();
  return { kind: 'bearer', fingerprint, since: issuedAt ?? now, lastUsedAt: now, expiresAt, told: null };
};

/** `iat` and `exp` where the token is a JWT (RFC 7519); nothing is verified, since nothing is decided by it. */
const readJwtTimes = (token: string): { readonly issuedAt: string | null; readonly expiresAt: string | null } => {
  const claims = parseClaims(token);
  return { issuedAt: toInstant(claims, 'iat'), expiresAt: toInstant(claims, 'exp') };
};

const parseClaims = (token: string): unknown => {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return null;
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null; // an opaque token that happens to hold dots
  }
};

const toInstant = (claims: unknown, name: 'iat' | 'exp'): string | null => {
  const seconds: unknown = claims instanceof Object ? Reflect.get(claims, name) : null;
  // Up to the year 9999, beyond which an instant has no four-digit form.
  return typeof seconds === 'number' && seconds > 0 && seconds < 253_402_300_800
    ? new Date(seconds * 1_000).toISOString()
    : null;
};
