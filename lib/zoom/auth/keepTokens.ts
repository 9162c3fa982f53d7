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
 * that fails is repeated. Throws the last `FaultError`.
 */
export const keepTokens = async ({ vault, credentials, clock }: KeepOptions, tokens: ConsentTokens): Promise<void> => {
  await repeatWrite(() => vault.write(tokens), clock);
  const { authorisedAt, issuedAt } = tokens;
  await credentials.update((row) => ({
    kind: 'refreshToken',
    fingerprint: authorisedAt,
    since: authorisedAt,
    lastUsedAt: issuedAt,
    expiresAt: null,
    told: row?.fingerprint === authorisedAt ? row.told : null,
  }));
};

const repeatWrite = async (write: () => Promise<void>, clock: Clock): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await write();
      return;
    } catch (error) {
      if (!(error instanceof FaultError) || attempt >= mostAttempts) throw error;
      await clock.sleep(firstDelayMs * 2 ** (attempt - 1), new AbortController().signal);
    }
  }
};
