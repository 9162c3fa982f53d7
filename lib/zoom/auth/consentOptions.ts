import type { CredentialStore, TokenTurns, TokenVault } from '../../engine/consent.js';
import type { OAuthClient } from './oauthRequest.js';

/** What the authorization-code grant stands on. */
export interface ConsentOptions extends OAuthClient {
  readonly vault: TokenVault;
  readonly turns: TokenTurns;
  readonly credentials: CredentialStore;
  /** Exactly as the Zoom app names it. */
  readonly redirectUri: string;
  /** Where a person asks for a link to consent; stands in faults that a new consent heals. */
  readonly consentAddress: string;
}

/**
 * How long one may change the tokens. A request to Zoom and the writing of what it gave fit into it, with repetitions;
 * who takes longer has died.
 */
export const turnMs = 180_000;
/** For one token request with its repetitions. */
export const tokenRequestMs = 90_000;
