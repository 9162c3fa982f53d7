import type { ConsentTokens } from '../../engine/consent.js';
import { FaultError } from '../../engine/model.js';
import { consentMissing } from './consentFaults.js';
import type { ConsentOptions } from './consentOptions.js';
import { createHeldToken, usableMs } from './heldToken.js';
import { endedConsentCodes } from './oauthAdvice.js';
import { createRotation } from './rotateTokens.js';
import { createSingleFlight } from './singleFlight.js';
import type { TokenSource } from './tokenSource.js';

/** Requests under way may still bring in refusals of the token before. */
const rememberedRefusals = 4;

/**
 * Tokens of an administrator's consent (Zoom, authorization code). The pair given out last is shared by all processes
 * through the vault, so that a new process or a lost race spends no refresh token. Throws `FaultError`: where only a new
 * consent helps, it says where to ask for one.
 */
export const createConsentSource = (options: ConsentOptions): TokenSource => {
  const { vault, turns, clock } = options;
  const held = createHeldToken(clock);
  const rotate = createRotation(options);
  let refused: readonly string[] = [];
  let takenOver: string | null = null;

  const leftMs = ({ issuedAt, accessExpiresAt }: ConsentTokens): number => {
    const issuedMs = Date.parse(issuedAt);
    return issuedMs + usableMs(Date.parse(accessExpiresAt) - issuedMs) - clock.nowMs();
  };
  const isUsable = (tokens: ConsentTokens): boolean => !refused.includes(tokens.accessToken) && leftMs(tokens) > 0;

  const obtain = createSingleFlight(async (signal) => {
    const stored = await vault.read();
    if (stored === null) throw consentMissing(options.consentAddress);
    const tokens = await chooseTokens(stored, signal);
    takenOver = tokens === stored ? tokens.accessToken : null;
    held.hold(tokens.accessToken, leftMs(tokens));
    return tokens.accessToken;
  });

  const chooseTokens = async (stored: ConsentTokens, signal: AbortSignal): Promise<ConsentTokens> => {
    if (!isUsable(stored)) return rotate(stored, isUsable, signal);
    if (!(await turns.wasAbandoned())) return stored;
    // Somebody died while changing the tokens. Zoom bears with a used refresh token for a short time only, so it is
    // tried now and not when the access token ends; where it is too late, that one still serves until then.
    try {
      return await rotate(stored, isUsable, signal);
    } catch (error) {
      if (error instanceof FaultError && endedConsentCodes.has(error.fault.code)) return stored;
      throw error;
    }
  };

  return {
    getToken: async (signal) => {
      signal.throwIfAborted();
      return held.get() ?? obtain(signal);
    },
    invalidate: (token) => {
      refused = [token, ...refused.filter((other) => other !== token)].slice(0, rememberedRefusals);
      held.drop(token);
    },
    isTakenOver: (token) => token === takenOver,
  };
};
