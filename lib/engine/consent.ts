import type { AuditActor } from './audit.js';

/** The pair that Zoom gave out last; a refresh token works once, so that the pair is kept before it is used. */
export interface ConsentTokens {
  readonly refreshToken: string;
  readonly accessToken: string;
  readonly accessExpiresAt: string;
  /** When an administrator consented. */
  readonly authorisedAt: string;
  /** When this pair was given out. */
  readonly issuedAt: string;
}

/** The one place of the tokens; whoever writes holds the turn. Throws `FaultError`. */
export interface TokenVault {
  /** Null while nobody has consented, or the consent was taken back. */
  read(): Promise<ConsentTokens | null>;
  write(tokens: ConsentTokens): Promise<void>;
  /** Writes where this refresh token still stands; false where another does, which then is newer. */
  replace(refreshToken: string, tokens: ConsentTokens): Promise<boolean>;
  clear(): Promise<void>;
}

/** The right to change the tokens, for a time. */
export interface TokenTurn {
  release(): Promise<void>;
}

/** One changes the tokens at a time, over all processes. */
export interface TokenTurns {
  /** Null while somebody else has the turn and it has not run out. */
  take(durationMs: number): Promise<TokenTurn | null>;
  /** Whether somebody's turn ran out without being given back: it is not known whether tokens were changed at Zoom. */
  wasAbandoned(): Promise<boolean>;
}

/** What became of a ticket or a state that was handed in. */
export type Redeemed<Content> =
  | { readonly kind: 'ok'; readonly content: Content }
  | { readonly kind: 'unknown' | 'used' | 'expired' };

/** Behind `state`, between our redirect to Zoom and Zoom's redirect back to us. */
export interface ConsentAttempt {
  readonly actor: AuditActor;
  /** PKCE (RFC 7636): sent with the code, never before. */
  readonly verifier: string;
}

/** Tickets and states: kept as digests, good once and until they expire. */
export interface ConsentTickets {
  issue(ticket: string, actor: AuditActor, expiresAtMs: number): Promise<void>;
  /** Uses the ticket up and opens the attempt in its place, in one step: a ticket never opens two. */
  open(ticket: string, state: string, verifier: string, expiresAtMs: number): Promise<Redeemed<AuditActor>>;
  redeemState(state: string): Promise<Redeemed<ConsentAttempt>>;
}

/** What is known of the credential's age. `fingerprint` tells one credential from the next, and is none itself. */
export interface CredentialRow {
  readonly kind: 'bearer' | 'refreshToken';
  readonly fingerprint: string;
  /** Of a bearer token: when this app first saw it, or when it was issued. Of a consent: when it was given. */
  readonly since: string;
  readonly lastUsedAt: string;
  /** Where the credential itself says so. */
  readonly expiresAt: string | null;
  /** The incident that was told last. */
  readonly told: string | null;
}

export interface CredentialStore {
  read(): Promise<CredentialRow | null>;
  /** Read, change, write under the ETag; called again with a fresh row where that was lost. Null removes the row. */
  update(change: (row: CredentialRow | null) => CredentialRow | null): Promise<CredentialRow | null>;
}

/** The authorisation-code consent, as the doors see it. Every method throws `FaultError` for what Zoom or storage refuses. */
export interface ZoomConsent {
  /** `https://host` of this app, without a path. */
  readonly publicUrl: string;
  readonly tickets: ConsentTickets;
  /** Unguessable and fit for an address. */
  newSecret(): string;
  /** Where the administrator consents at Zoom; comes back to `/api/zoom/callback`. */
  authorizeUrl(state: string, verifier: string): string;
  /** Exchanges the code and keeps the tokens; true where they replace those of an earlier consent. */
  redeemCode(code: string, verifier: string, signal: AbortSignal): Promise<boolean>;
  /** Ends the consent at Zoom and forgets the tokens; false where there was none. */
  revoke(signal: AbortSignal): Promise<boolean>;
}
