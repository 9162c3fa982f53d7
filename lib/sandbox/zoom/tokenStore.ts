import { createHash } from 'node:crypto';
import type { SimulatorClock } from './clock.js';
import { drawToken, type Random } from './random.js';
import type { ZoomSettings } from './settings.js';

const digest = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

interface AccessToken {
  readonly expiresMs: number;
  readonly scope: string;
}

/** `rotated`: exchanged for a newer one. `superseded`: a later authorisation took over. */
type RefreshState = 'live' | 'rotated' | 'superseded' | 'revoked';

interface RefreshToken {
  readonly expiresMs: number;
  readonly accessToken: string;
  state: RefreshState;
  rotatedMs: number | null;
}

interface Code {
  readonly redirectUri: string;
  /** Digest that the verifier must have (RFC 7636, S256); null where none was given. */
  readonly challenge: string | null;
  readonly expiresMs: number;
  used: boolean;
}

const codeLifetimeMs = 5 * 60_000;

/** Tokens and codes on the simulator's clock. */
export class TokenStore {
  private readonly access = new Map<string, AccessToken>();
  private readonly refresh = new Map<string, RefreshToken>();
  private readonly codes = new Map<string, Code>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly settings: ZoomSettings,
    private readonly random: Random,
  ) {}

  mintAccess(scope: string): string {
    const token = drawToken(this.random, 'sim-at');
    this.access.set(token, { expiresMs: this.clock.nowMs() + this.settings.tokenLifetimeMs, scope });
    return token;
  }

  mintRefresh(accessToken: string): string {
    const token = drawToken(this.random, 'sim-rt');
    const expiresMs = this.clock.nowMs() + this.settings.refreshLifetimeMs;
    this.refresh.set(token, { expiresMs, accessToken, state: 'live', rotatedMs: null });
    return token;
  }

  mintCode(redirectUri: string, challenge: string | null): string {
    const code = drawToken(this.random, 'sim-code');
    this.codes.set(code, { redirectUri, challenge, expiresMs: this.clock.nowMs() + codeLifetimeMs, used: false });
    return code;
  }

  /** The scope of a live access token, or why it has none. */
  checkAccess(token: string): { readonly scope: string } | 'unknown' | 'expired' {
    const found = this.access.get(token);
    if (found === undefined) return 'unknown';
    return found.expiresMs > this.clock.nowMs() ? { scope: found.scope } : 'expired';
  }

  /** Uses a code up; only `ok` may be exchanged. */
  redeemCode(
    code: string,
    redirectUri: string,
    verifier: string,
  ): 'ok' | 'unknown' | 'expired' | 'otherRedirect' | 'otherVerifier' {
    const found = this.codes.get(code);
    if (found === undefined || found.used) return 'unknown';
    if (found.expiresMs <= this.clock.nowMs()) return 'expired';
    if (found.redirectUri !== redirectUri) return 'otherRedirect';
    if (found.challenge !== null && found.challenge !== digest(verifier)) return 'otherVerifier';
    found.used = true;
    return 'ok';
  }

  /**
   * What a refresh token is worth; a live one is rotated away by asking. One that was rotated away is `live` once more
   * within the tolerance, and takes the place of what was given out for it before.
   */
  redeemRefresh(token: string): RefreshState | 'unknown' {
    const found = this.refresh.get(token);
    if (found === undefined || found.expiresMs <= this.clock.nowMs()) return 'unknown';
    const { state, rotatedMs } = found;
    const nowMs = this.clock.nowMs();
    if (state === 'live') {
      found.state = 'rotated';
      found.rotatedMs = nowMs;
      return state;
    }
    const isTolerated =
      state === 'rotated' && rotatedMs !== null && nowMs - rotatedMs < this.settings.refreshToleranceMs;
    if (!isTolerated) return state;
    this.endRefreshTokens('rotated', () => true);
    return 'live';
  }

  /** A later authorisation: all refresh tokens of earlier ones and their access tokens die. */
  supersede(): void {
    for (const refresh of this.refresh.values()) this.access.delete(refresh.accessToken);
    this.endRefreshTokens('superseded', () => true);
  }

  /** Kills a token and what was given out with it; false when it is not known. */
  revoke(token: string): boolean {
    const known = this.access.has(token) || this.refresh.has(token);
    this.access.delete(token);
    this.endRefreshTokens('revoked', (name, refresh) => name === token || refresh.accessToken === token);
    return known;
  }

  revokeAll(): void {
    this.access.clear();
    this.endRefreshTokens('superseded', () => true);
  }

  expireAccess(): void {
    const nowMs = this.clock.nowMs();
    for (const [token, found] of this.access) this.access.set(token, { ...found, expiresMs: nowMs });
  }

  clear(): void {
    this.access.clear();
    this.refresh.clear();
    this.codes.clear();
  }

  private endRefreshTokens(state: RefreshState, isConcerned: (token: string, refresh: RefreshToken) => boolean): void {
    for (const [token, refresh] of this.refresh) {
      if (refresh.state !== 'live' || !isConcerned(token, refresh)) continue;
      refresh.state = state;
      this.access.delete(refresh.accessToken);
    }
  }
}
