import type { Advice } from '../advice.js';

const authorizeAnew = 'Authorise the Zoom app again with an admin of the account.';

/** Faults of Zoom's token endpoint by code; all of them stop the job. */
export const oauthAdvice = {
  CredentialsInvalid: {
    message: 'Zoom does not know the app’s client id, or its secret is wrong.',
    recommendedAction: 'Enter ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET again as the Zoom Marketplace shows them.',
  },
  CredentialsMissing: {
    message: 'Zoom finds no client credentials or no grant type in the token request.',
    recommendedAction: 'Check that ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET and ZOOM_ACCOUNT_ID are set and not empty.',
  },
  GrantTypeUnsupported: {
    message: 'The Zoom app does not support this way to authorise.',
    recommendedAction: 'Let ZOOM_AUTH fit the kind of app: serverToServer wants a Server-to-Server OAuth app.',
  },
  RedirectUriMismatch: {
    message: 'The redirect address is not the one that the Zoom app names.',
    recommendedAction: 'Add this app’s address, ending in /api/zoom/callback, to the Zoom app’s OAuth settings.',
  },
  ScopeMissing: {
    message: 'The token’s scopes do not match those of the Zoom app.',
    recommendedAction: 'Add the scope scim2:admin to the Zoom app, then activate or authorise it again.',
  },
  ZoomAppDisabled: {
    message: 'The Zoom app is disabled.',
    recommendedAction: 'Activate it again in the Zoom Marketplace.',
  },
  ZoomAppApprovalWithdrawn: {
    message: 'An admin withdrew the approval of the Zoom app.',
    recommendedAction: 'Approve the app in the Zoom Marketplace, then authorise it again.',
  },
  ConsentExpired: {
    message: 'The authorisation code is invalid, used or older than five minutes.',
    recommendedAction: 'Start the consent again and finish it at once.',
  },
  ConsentMissing: {
    message: 'The Zoom app is not authorised: nobody consented yet, or the consent was taken back.',
    recommendedAction: 'Authorise the Zoom app with an admin of the account.',
  },
  ConsentOwnerGone: {
    message: 'The person who authorised the Zoom app no longer exists in Zoom.',
    recommendedAction: 'Authorise the app with an admin who stays, best with an account kept for this purpose.',
  },
  RefreshTokenUnknown: {
    message: 'Zoom does not know the refresh token.',
    recommendedAction: authorizeAnew,
  },
  RefreshTokenReused: {
    message: 'The refresh token was used before, so Zoom refuses it.',
    recommendedAction: `${authorizeAnew} Only one instance may hold the token.`,
  },
  ConsentSuperseded: {
    message: 'A later authorisation of the same Zoom app revoked this one.',
    recommendedAction: `${authorizeAnew} Do not use the same Zoom app in two places.`,
  },
  TokensBusy: {
    message: 'Another instance of this app was changing the Zoom tokens for too long.',
    recommendedAction: 'None: it is tried again. If it lasts, look for a second deployment over the same storage.',
  },
  Unauthorized: {
    message: 'Zoom gave no access token.',
    recommendedAction: 'Check ZOOM_ACCOUNT_ID, the app’s credentials and that the app is active in the Marketplace.',
  },
} as const satisfies Readonly<Record<string, Pick<Advice, 'message' | 'recommendedAction'>>>;

export type OAuthFaultCode = keyof typeof oauthAdvice;

/** Faults after which the refresh token is worth nothing: no retry heals them, a new consent does. */
export const endedConsentCodes: ReadonlySet<string> = new Set([
  'ConsentOwnerGone',
  'ConsentSuperseded',
  'RefreshTokenReused',
  'RefreshTokenUnknown',
] satisfies OAuthFaultCode[]);

/** Faults that a new consent heals, those beside it that want something done first. */
export const consentHeals: ReadonlySet<string> = new Set([
  ...endedConsentCodes,
  'ConsentMissing',
  'ScopeMissing',
  'Unauthorized',
  'ZoomAppApprovalWithdrawn',
] satisfies string[]);

/** Zoom's numbers of OAuth faults. */
export const oauthCodes: ReadonlyMap<number, OAuthFaultCode> = new Map([
  [4700, 'Unauthorized'],
  [4702, 'CredentialsInvalid'],
  [4704, 'CredentialsInvalid'],
  [4705, 'GrantTypeUnsupported'],
  [4706, 'CredentialsMissing'],
  [4709, 'RedirectUriMismatch'],
  [4711, 'ScopeMissing'],
  [4717, 'ZoomAppDisabled'],
  [4733, 'ConsentExpired'],
  [4734, 'ConsentExpired'],
  [4735, 'ConsentOwnerGone'],
  [4737, 'RefreshTokenUnknown'],
  [4738, 'ZoomAppApprovalWithdrawn'],
  [4740, 'RefreshTokenReused'],
  [4741, 'ConsentSuperseded'],
]);

/** Where there is no number: words of the text, then OAuth's own word (RFC 6749 5.2). */
export const oauthTexts: readonly { readonly text: RegExp; readonly code: OAuthFaultCode }[] = [
  { text: /^invalid token!?$|reused? beyond/i, code: 'RefreshTokenReused' },
  { text: /refresh.?token.*(not found|unknown)/i, code: 'RefreshTokenUnknown' },
  { text: /revoked by a later|superseded/i, code: 'ConsentSuperseded' },
  { text: /authorization code|code verifier/i, code: 'ConsentExpired' },
  { text: /(owner|user)\b.*\b(does not|no longer) exists?/i, code: 'ConsentOwnerGone' },
  { text: /not approved|approval/i, code: 'ZoomAppApprovalWithdrawn' },
  { text: /\bapp\b.*(disabled|deactivated)/i, code: 'ZoomAppDisabled' },
  { text: /missing (grant|client)/i, code: 'CredentialsMissing' },
  { text: /invalid client|client_?id or client_?secret|client secret/i, code: 'CredentialsInvalid' },
  { text: /unsupported grant/i, code: 'GrantTypeUnsupported' },
  { text: /redirect/i, code: 'RedirectUriMismatch' },
  { text: /\bscopes?\b/i, code: 'ScopeMissing' },
];

export const oauthErrors: ReadonlyMap<string, OAuthFaultCode> = new Map([
  ['invalid_client', 'CredentialsInvalid'],
  ['unauthorized_client', 'GrantTypeUnsupported'],
  ['unsupported_grant_type', 'GrantTypeUnsupported'],
  ['invalid_scope', 'ScopeMissing'],
]);
