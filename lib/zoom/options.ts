import type { Clock } from '../clock.js';
import type { Send } from '../http/send.js';
import type { ServerToServerCredentials } from './auth/serverToServer.js';
import type { TokenSource } from './auth/tokenSource.js';
import type { MemberRemovalSetting } from './changeMembers.js';
import type { DialectName } from './dialects/createDialect.js';
import type { ZoomObserver } from './observer.js';
import type { ZoomPlan } from './rateLimits.js';

/** `tokens`: a source of another kind, or one that several targets share. */
export type ZoomAuth =
  | ({ readonly kind: 'serverToServer' } & ServerToServerCredentials)
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'tokens'; readonly source: TokenSource };

export interface ZoomTargetOptions {
  /** `https://api.zoom.us/scim2`: https, or http on loopback. */
  readonly scimEndpoint: string;
  /** `https://zoom.us/oauth`. */
  readonly oauthEndpoint: string;
  readonly auth: ZoomAuth;
  readonly plan: ZoomPlan;
  /** Total a second over all endpoints, instead of the plan's figures. */
  readonly requestsPerSecond?: number | undefined;
  /** The part of the account's allowance to take, above 0 and up to 1: 0.8 for a cycle, 0.2 for on demand. */
  readonly share: number;
  /** `zoom` by default. */
  readonly dialect?: DialectName | undefined;
  /** How members leave a group; `probe`, the default, learns it with the first that leaves. */
  readonly memberRemoval?: MemberRemovalSetting | undefined;
  /** For one attempt, in milliseconds, from sending to the last byte. A function is asked for each. */
  readonly timeoutMs: number | (() => number);
  /** Longest wait for a limit; one that is longer is a fault that says when to come back. 60 s by default. */
  readonly maxWaitMs?: number | undefined;
  /** Rows to ask for in a list; 100 by default, Zoom's most. */
  readonly pageSize?: number | undefined;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Random ids for `client-request-id`. */
  readonly newId: () => string;
  /** The network; global fetch by default. */
  readonly send?: Send | undefined;
  readonly observer?: ZoomObserver | undefined;
}

export const defaultMaxWaitMs = 60_000;
export const defaultPageSize = 100;
