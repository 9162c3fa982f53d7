import type { Send } from '../../http/send.js';
import type { TokenClaims } from './bearer.js';
import type { SimulatorClock, TimeSource } from './clock.js';
import type { DirectoryAdmin } from './directory/admin.js';
import type { PlannedFault } from './faults/book.js';
import type { Fault, FaultSelector } from './faults/model.js';
import type { Journal, JournalMode } from './journal.js';
import type { Outbox } from './outbox.js';
import type { GraphSettings } from './settings.js';

export interface GraphSimulatorOptions {
  /** Where every draw comes from: ids, order, lag, faults. 1 by default. */
  readonly seed?: number;
  /** `virtual` by default. */
  readonly clock?: TimeSource;
  /** Where the virtual clock starts, milliseconds since 1970. 5 January 2026, 8:00 UTC by default. */
  readonly startMs?: number;
  readonly settings?: Partial<GraphSettings>;
  /** `full` by default; `counts` keeps memory flat over long runs. */
  readonly journal?: JournalMode;
  /** Bearer tokens that are accepted without end, and the application roles each carries. */
  readonly tokens?: Readonly<Record<string, readonly string[]>>;
  /** Vouches for tokens that were issued elsewhere; null: not a good one. */
  readonly verifyToken?: (token: string) => TokenClaims | null;
}

/** What a reset clears; links and planned faults that depend on what is cleared die with it. */
export const resetParts = ['directory', 'journal', 'faults', 'outbox', 'settings'] as const;
export type ResetPart = (typeof resetParts)[number];

/** Microsoft Graph v1.0 as far as the service reads it, and as strict. */
export interface GraphSimulator {
  /** Answers as fetch would: a response, or a rejection where the connection breaks. */
  handle(request: Request): Promise<Response>;
  /** `handle` in the shape of fetch. */
  readonly send: Send;
  readonly dir: DirectoryAdmin;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly clock: SimulatorClock;
  /** Read at every request; may be changed at any time. */
  readonly settings: GraphSettings;
  /** What is planned and not spent. */
  readonly faults: readonly PlannedFault[];
  addFault(fault: Fault, selector?: FaultSelector): PlannedFault;
  clearFaults(): void;
  /** A token for these application roles; an hour by default. */
  issueToken(roles: readonly string[], lifetimeMs?: number): string;
  /** Makes every delta and skip token so far one of an earlier generation, as a tenant move does. */
  startTokenGeneration(): void;
  /** Everything where no parts are named; clock and access tokens stay. */
  reset(parts?: readonly ResetPart[]): void;
}
