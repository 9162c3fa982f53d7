import type { JobSettings } from './jobSettings.js';
import type { LinkWalk } from './linkWalk.js';
import type { Fault } from './model.js';
import type { Release } from './release.js';

/** Where one stream stands. `link` null: the next request starts an enumeration. */
export interface Mark {
  readonly stream: string;
  /** Groups streams: which groups it tracks, at most 50. */
  readonly groupIds: readonly string[];
  /** Never the same for two rounds, of whatever stream. */
  readonly round: number;
  /** Empty: the next request opens a round. */
  readonly roundStartedAt: string;
  /** The next request of this round. */
  readonly link: string | null;
  /** The round enumerates everything, so that a sweep may follow it. */
  readonly enumerating: boolean;
  /** The cycle in which the last round ended; null while the first has not. */
  readonly endedIn: string | null;
  /** The cycle in which the first round ended; from then on edges of these groups grant scope. */
  readonly readySince: string | null;
  /** An enumeration ended and what it did not show is being looked up. */
  readonly sweeping: boolean;
  /** The links of this round so far; absent before its second page. */
  readonly walk?: LinkWalk;
  /** How often in a row the stream was begun anew since its link was refused; absent where its last round ended. */
  readonly resyncs?: number;
}

export type CycleKind = 'initial' | 'incremental' | 'reconcile';
export type PhaseName =
  | 'assignments'
  | 'memberships'
  | 'users'
  | 'pending'
  | 'deprovisionProven'
  | 'reconcile'
  | 'repair'
  | 'groups'
  | 'references'
  | 'deprovision'
  | 'finish';

/** Counts of one cycle, by what happened; requests are added when a slice ends. */
export type Counts = Readonly<Record<string, number>>;

/** The cycle that runs. One row, moved by checkpoints. */
export interface CycleState {
  readonly cycleId: string;
  readonly kind: CycleKind;
  readonly phase: PhaseName;
  /** Opaque to all but the phase. */
  readonly cursor: string | null;
  readonly slice: number;
  readonly startedAt: string;
  readonly schemaVersion: string;
  readonly settingsDigest: string;
  readonly counts: Counts;
  /** Streams that did not end complete in this cycle: scope may be granted but not taken away through them. */
  readonly incomplete: readonly string[];
  /** Ticks respect it: a wait longer than a slice. */
  readonly notBefore: string | null;
  /** Slices in a row whose checkpoint did not move. */
  readonly stalledSlices: number;
  readonly fault: Fault | null;
  readonly units: Units;
}

/** Progress in users. `total` null: not known yet. `msEach`: how long one took lately, null before the first. */
export interface Units {
  readonly done: number;
  readonly total: number | null;
  readonly msEach: number | null;
}

export interface CycleSummary {
  readonly cycleId: string;
  readonly kind: CycleKind;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly counts: Counts;
  readonly state: 'Succeeded' | 'Failed' | 'EntryLevelErrors';
  readonly fault: Fault | null;
}

export interface Quarantine {
  readonly reason: string;
  readonly since: string;
  /** The next attempt; null where cycles go on at their usual pace. */
  readonly until: string | null;
  readonly fault: Fault | null;
  /** When it was evaluated last. */
  readonly evaluatedAt?: string;
  readonly timesImposed?: number;
}

/** When the target was compared, and what was found by kind. `cycleId` null: it never was. */
export interface Reconciled {
  readonly cycleId: string | null;
  readonly at: string;
  readonly found: Counts;
}

/** The job itself: what an administrator decided and what the last cycles said. */
export interface JobRow {
  readonly jobId: string;
  readonly status: 'on' | 'off' | 'paused';
  readonly intervalMs: number;
  readonly nextRunAt: string | null;
  readonly schemaVersion: string | null;
  readonly settingsDigest: string | null;
  readonly assignmentsDigest: string | null;
  readonly assignmentsMissing: boolean;
  readonly quarantine: Quarantine | null;
  readonly lastExecution: CycleSummary | null;
  readonly lastSuccessfulExecution: CycleSummary | null;
  readonly lastSuccessfulExecutionWithExports: CycleSummary | null;
  readonly failuresInARow: number;
  readonly steadyStateFirstAt: string | null;
  readonly steadyStateLastAt: string | null;
  /** The last comparison of the target with what is known of it; before the first one, the end of the first cycle. */
  readonly reconciled: Reconciled | null;
  readonly settings: JobSettings;
  /** Asked for by restart or delete and not cleared yet. */
  readonly reset: Reset | null;
  /** Who accepted that the list of assignments may be empty; good for the next list that is read. */
  readonly forced: Release | null;
}

/** What a restart or a delete asked to be cleared. A slice works it off under the lease before anything else. */
export interface Reset {
  /** Never the same twice; of the cycle that follows too, where no other waits. */
  readonly id: string;
  /** Everything the job knows goes; the rest is then of no account. */
  readonly erases: boolean;
  readonly detaches: boolean;
  readonly dropsEscrows: boolean;
  /** An initial cycle follows, in place of one that is unfinished. */
  readonly isInitial: boolean;
  readonly releases: Release | null;
  /** Nothing is left but to begin the initial cycle. */
  readonly isCleared: boolean;
  readonly cursor: string | null;
  /** Links that were kept, as far as the cursor. */
  readonly kept: Counters;
}

export interface CycleRequest {
  readonly cycleId: string;
  readonly kind: CycleKind;
  readonly requestedAt: string;
}

/** Moved in the checkpoint's transaction, recounted by initial and reconcile cycles. */
export interface Counters {
  readonly linkedActive: number;
  readonly linkedDisabled: number;
}

/** What a call on demand changed in the job's figures, kept until a checkpoint folds it in. */
export interface DemandCounts {
  /** The call; written again it is the same row. */
  readonly changeId: string;
  readonly at: string;
  readonly linkedActive: number;
  readonly linkedDisabled: number;
  /** Accounts disabled or deleted: they count for the rolling day, and are not held. */
  readonly removals: number;
}

export interface LeaseRow {
  readonly owner: string;
  readonly fence: number;
  readonly expiresAt: string;
}
