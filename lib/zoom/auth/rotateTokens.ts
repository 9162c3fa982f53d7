import type { ConsentTokens } from '../../engine/consent.js';
import { FaultError } from '../../engine/model.js';
import { consentMissing, pointToConsent } from './consentFaults.js';
import type { ConsentOptions } from './consentOptions.js';
import { keepTokens, toConsentTokens } from './keepTokens.js';
import { endedConsentCodes } from './oauthAdvice.js';
import { requestToken } from './oauthRequest.js';
import { waitForTurn } from './tokenTurn.js';

/** Tokens that serve instead of `before`, kept already. `isUsable` says whether tokens of another would do. */
export type RotateTokens = (
  before: ConsentTokens,
  isUsable: (tokens: ConsentTokens) => boolean,
  signal: AbortSignal,
) => Promise<ConsentTokens>;

/** Zoom gave them and they could not be kept yet; the token that they replace is worth nothing any more. */
interface Unkept {
  readonly replaces: string;
  readonly tokens: ConsentTokens;
}

/**
 * Exchanges the refresh token for a new pair, one at a time over all processes. A race that was lost ends in the
 * winner's tokens. `signal` ends the waiting for the turn only: a rotation that has begun is seen through.
 */
export const createRotation = (options: ConsentOptions): RotateTokens => {
  const { vault, clock } = options;
  let unkept: Unkept | null = null;

  const readTokens = async (): Promise<ConsentTokens> => {
    const tokens = await vault.read();
    if (tokens === null) throw consentMissing(options.consentAddress);
    return tokens;
  };

  const askZoom = async (current: ConsentTokens): Promise<ConsentTokens> => {
    const { refreshToken, authorisedAt } = current;
    const requestedMs = clock.nowMs();
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const granted = await requestToken(options, form, new AbortController().signal);
    return toConsentTokens(granted, granted.refreshToken ?? refreshToken, authorisedAt, requestedMs);
  };

  const keep = async (rotated: Unkept): Promise<ConsentTokens> => {
    unkept = rotated;
    // A turn that ran out lets another in: what stands there then is newer than what we hold.
    const isKept = await keepTokens(options, rotated.tokens, rotated.replaces);
    unkept = null;
    return isKept ? rotated.tokens : readTokens();
  };

  const rotate = async (isUsable: (tokens: ConsentTokens) => boolean): Promise<ConsentTokens> => {
    const current = await readTokens();
    if (isUsable(current)) return current;
    if (unkept?.replaces === current.refreshToken) return keep(unkept);
    try {
      return await keep({ replaces: current.refreshToken, tokens: await askZoom(current) });
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      const now = endedConsentCodes.has(error.fault.code) ? await readTokens() : current;
      if (now.refreshToken !== current.refreshToken && isUsable(now)) return now;
      throw new FaultError(pointToConsent(error.fault, options.consentAddress), { cause: error });
    }
  };

  return async (before, isUsable, signal) => {
    const isNewer = (tokens: ConsentTokens): boolean => tokens.refreshToken !== before.refreshToken && isUsable(tokens);
    const isDone = async (): Promise<boolean> => isNewer(await readTokens());
    const turn = await waitForTurn(options, isDone, signal);
    if (turn === null) return readTokens();
    try {
      return await rotate(isNewer);
    } finally {
      await turn.release();
    }
  };
};
