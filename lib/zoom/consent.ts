import { parseEndpoint } from '../http/endpoint.js';
import { timeoutLayer } from '../http/timeout.js';
import { type ConsentDesk, createConsentDesk } from './auth/consentDesk.js';
import { type ConsentOptions, tokenRequestMs } from './auth/consentOptions.js';
import { createConsentSource } from './auth/consentSource.js';
import type { TokenSource } from './auth/tokenSource.js';
import { createTokenSend, type TokenSendOptions } from './pipeline.js';

export interface ConsentConnection extends TokenSendOptions, Omit<ConsentOptions, 'oauthEndpoint' | 'send' | 'clock'> {
  /** `https://zoom.us/oauth`. */
  readonly oauthEndpoint: string;
}

/** The authorization-code grant over Zoom's endpoints: tokens for a target, and the giving and taking of consent. */
export const connectConsent = (
  connection: ConsentConnection,
): { readonly source: TokenSource; readonly desk: ConsentDesk } => {
  const { clock } = connection;
  const oauthEndpoint = parseEndpoint(connection.oauthEndpoint);
  const bound = timeoutLayer({ timeoutMs: tokenRequestMs, clock });
  const options: ConsentOptions = {
    ...connection,
    oauthEndpoint,
    send: bound(createTokenSend(connection, oauthEndpoint)),
  };
  return { source: createConsentSource(options), desk: createConsentDesk(options) };
};
