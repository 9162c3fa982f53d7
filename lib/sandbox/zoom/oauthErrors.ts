import { Refusal } from './refusal.js';
import type { ZoomSettings } from './settings.js';
import { replyJson } from './wire.js';

interface OAuthFailure {
  readonly reason: string;
  readonly error: string;
  /** Zoom's number, where the text alone does not say which failure it is. */
  readonly code?: number;
}

/** Zoom, OAuth errors. Texts without a code are those seen on the wire. */
const failures = {
  clientSecretWrong: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' },
  grantMissing: { reason: 'Missing grant type', error: 'invalid_request', code: 4706 },
  credentialsMissing: { reason: 'Missing client credentials', error: 'invalid_request', code: 4706 },
  grantUnsupported: { reason: 'unsupported grant type', error: 'unsupported_grant_type' },
  accountUnknown: { reason: 'Bad Request', error: 'invalid_request' },
  redirectMismatch: { reason: 'Redirect URI mismatch', error: 'invalid_grant', code: 4709 },
  appDisabled: { reason: 'The app has been disabled', error: 'unauthorized_client', code: 4717 },
  codeExpired: { reason: 'Authorization code expired', error: 'invalid_grant', code: 4733 },
  codeInvalid: { reason: 'Invalid authorization code', error: 'invalid_grant', code: 4734 },
  verifierMismatch: { reason: 'Invalid code verifier', error: 'invalid_grant' },
  challengeUnsupported: { reason: 'Unsupported code challenge method', error: 'invalid_request' },
  ownerGone: { reason: 'The owner of the token does not exist', error: 'invalid_grant', code: 4735 },
  refreshUnknown: { reason: 'Refresh token not found', error: 'invalid_grant', code: 4737 },
  approvalWithdrawn: { reason: 'The app is not approved by the admin', error: 'unauthorized_client', code: 4738 },
  refreshReused: { reason: 'Invalid Token!', error: 'invalid_grant' },
  beyondTolerance: { reason: 'Refresh token reused beyond tolerance', error: 'invalid_grant', code: 4740 },
  superseded: { reason: 'Token revoked by a later authorization', error: 'invalid_grant', code: 4741 },
} as const satisfies Record<string, OAuthFailure>;

export type OAuthFailureName = keyof typeof failures;

/** The refusal of the OAuth endpoints: `{reason, error}`. */
export const oauthError = (settings: ZoomSettings, name: OAuthFailureName): Refusal => {
  const { reason, error, code }: OAuthFailure = failures[name];
  const status = settings.oauthErrorStatus;
  if (code === undefined || settings.oauthCodeIn === 'none') return new Refusal(replyJson(status, { reason, error }));
  return new Refusal(
    settings.oauthCodeIn === 'member'
      ? replyJson(status, { reason, error, code })
      : replyJson(status, { reason: `${reason} (${code})`, error }),
  );
};
