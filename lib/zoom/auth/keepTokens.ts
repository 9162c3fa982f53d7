import type { Clock } from '../../clock.js';
import type { ConsentTokens, CredentialStore, TokenVault } from '../../engine/consent.js';
import { FaultError } from '../../engine/model.js';
import type { GrantedToken } from './tokenAnswer.js';

export interface KeepOptions {
  readonly vault: TokenVault;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
}

const mostAttempts = 4;
const firstDelayMs = 1_000;

/** What Zoom gave, as it is kept. `requestedMs`: before the request left, so that the end never lies too late. */
export const toConsentTokens = (
  granted: GrantedToken,
  refreshToken: string,
  authorisedAt: string | null,
  requestedMs: number,
): ConsentTokens => {
  const issuedAt = new Date(requestedMs).toISOString();
  return {
    refreshToken,
    accessToken: granted.accessToken,
    accessExpiresAt: new Date(requestedMs + granted.expiresInMs).toISOString(),
    authorisedAt: authorisedAt ?? issuedAt,
    issuedAt,
  };
};

/**
 * Keeps tokens before anybody uses them, and notes their age. What Zoom gave cannot be asked for again, so that a write
 * that fails is repeated. `replaces` is the refresh token that they were given for, null where nothing stands above a
 * new consent. False where something newer was kept meanwhile. Throws the last `FaultError`.
 */
export const keepTokens = async (
  { vault, credentials, clock }: KeepOptions,
  tokens: ConsentTokens,
  replaces: string | null,
): Promise<boolean> => {
  const write = async (): Promise<boolean> => {
    if (replaces !== null) return vault.replace(replaces, tokens);
    await vault.write(tokens);
    return true;
  };
  if (!(await repeatWrite(write, clock))) return false;
  const { authorisedAt, issuedAt } = tokens;
  await credentials.update((row) => ({
    kind: 'refreshToken',
    fingerprint: authorisedAt,
    since: authorisedAt,
    lastUsedAt: issuedAt,
    expiresAt: null,
    told: row?.fingerprint === authorisedAt ? row.told : null,
  }));
  return true;
};

const repeatWrite = async (write: () => Promise<boolean>, clock: Clock): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof FaultError) || attempt >= mostAttempts) throw error;
      await clock.sleep(firstDelayMs * 2 ** (attempt - 1), new AbortController().signal);
    }
  }
};
