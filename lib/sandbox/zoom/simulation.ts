import type { AccountStore } from './accountStore.js';
import type { SimulatorClock } from './clock.js';
import type { FaultBook, Strikes } from './faults.js';
import type { GroupStore } from './groupStore.js';
import type { Journal } from './journal.js';
import type { WriteLocks } from './locks.js';
import type { RateLimiter } from './rateLimiter.js';
import type { ZoomSettings } from './settings.js';
import type { TokenStore } from './tokenStore.js';
import type { WireRequest } from './wire.js';

/** What a client needs to get in. */
export interface ZoomCredentials {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Exact redirect URIs of the authorisation-code grant; none by default. */
  readonly redirectUris?: readonly string[];
  /** Bearer tokens that are taken as they are and never expire. */
  readonly staticTokens?: readonly string[];
}

/** The whole of the simulated Zoom, handed to every operation. */
export interface Simulation {
  readonly credentials: ZoomCredentials;
  readonly settings: ZoomSettings;
  readonly clock: SimulatorClock;
  readonly accounts: AccountStore;
  readonly groups: GroupStore;
  /** E-mails that belong to other Zoom accounts, in lower case. */
  readonly foreignMails: Set<string>;
  readonly tokens: TokenStore;
  readonly limiter: RateLimiter;
  readonly locks: WriteLocks;
  readonly faults: FaultBook;
  readonly journal: Journal;
  readonly random: () => number;
  newId(): string;
}

/** One request to an operation. */
export interface Call {
  readonly request: WireRequest;
  /** The decoded id of the path; empty for collections. */
  readonly id: string;
  readonly strikes: Strikes;
}
