import { createHash } from 'node:crypto';
import { FaultError } from '../../engine/model.js';
import { scimAdvice } from '../advice.js';
import { makeFault } from '../fault.js';
import type { ConsentOptions } from './consentOptions.js';
import { keepTokens, toConsentTokens } from './keepTokens.js';
import { endedConsentCodes } from './oauthAdvice.js';
import { oauthUrl, requestToken, revokeToken } from './oauthRequest.js';
import { inTurn } from './tokenTurn.js';

/** Giving consent and taking it back. Both throw `FaultError`. */
export interface ConsentDesk {
  /** Where the administrator consents. Carries the digest of `verifier` (PKCE, RFC 7636, S256), never the verifier. */
  authorizeUrl(state: string, verifier: string): string;
  /** Exchanges the code and keeps the tokens; earlier ones are void then (Zoom). True where there were some. */
  redeemCode(code: string, verifier: string, signal: AbortSignal): Promise<boolean>;
  /** Ends the tokens at Zoom, then forgets them; false where there were none. A failure keeps them. */
  revoke(signal: AbortSignal): Promise<boolean>;
}

export const createConsentDesk = (options: ConsentOptions): ConsentDesk => {
  const { clientId, oauthEndpoint, redirectUri, vault, credentials, clock } = options;
  // What has begun is seen through: a code works once, and a half-revoked consent helps nobody.
  const untilDone = new AbortController().signal;
  return {
    authorizeUrl: (state, verifier) => {
      const url = oauthUrl(oauthEndpoint, 'authorize');
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString();
      return url.href;
    },
    redeemCode: (code, verifier, signal) =>
      inTurn(options, signal, async () => {
        const before = await vault.read();
        const requestedMs = clock.nowMs();
        const form = {
          grant_type: 'authorization_code',
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
        };
        const granted = await requestToken(options, form, untilDone);
        if (granted.refreshToken === null) throw refreshTokenMissing();
        await keepTokens(options, toConsentTokens(granted, granted.refreshToken, null, requestedMs), null);
        return before !== null;
      }),
    revoke: (signal) =>
      inTurn(options, signal, async () => {
        const tokens = await vault.read();
        if (tokens !== null) {
          await revokeToken(options, tokens.refreshToken, untilDone).catch(ignoreEndedConsent);
          await vault.clear();
        }
        await credentials.update((row) => (row?.kind === 'refreshToken' ? null : row));
        return tokens !== null;
      }),
  };
};

/** Zoom knows the token no more, which is what was wanted. */
const ignoreEndedConsent = (error: unknown): void => {
  if (!(error instanceof FaultError) || !endedConsentCodes.has(error.fault.code)) throw error;
};

const refreshTokenMissing = (): FaultError => {
  const code = 'SystemForCrossDomainIdentityManagementServiceIncompatible';
  const said = '(The answer to the code holds no refresh token.)';
  return new FaultError(makeFault(code, scimAdvice[code], { said }));
};
