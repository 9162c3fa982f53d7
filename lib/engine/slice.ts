import type { CompiledMapping } from '../mapping/compiled.js';
import type { Counters, CycleState, JobRow, Mark } from './control.js';
import type { Fault } from './model.js';
import type { Outcome } from './outcome.js';
import type { ProvisionContext } from './provisionContext.js';
import type { EngineSettings } from './settings.js';
import type { Checkpoint, PageCommit, StoredObject } from './state.js';
import type { Subject } from './subject.js';
import type { UnitsStep } from './units.js';
import type { World } from './world.js';

/** What a phase sees while one invocation runs it. */
export interface Slice {
  readonly world: World;
  readonly settings: EngineSettings;
  readonly mapping: CompiledMapping;
  /** Null: groups are not provisioned, only their members. */
  readonly groupMapping: CompiledMapping | null;
  readonly job: JobRow;
  /** As of the last checkpoint. */
  readonly cycle: CycleState;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly counters: Counters;
  /** Removals carried out, by hour. */
  readonly removals: Readonly<Record<string, number>>;
  readonly signal: AbortSignal;
  /** The budget is spent, the job was paused or the lease is in doubt: stop between objects. */
  mustStop(): boolean;
  /** The target is down: nothing is sent in this cycle; the source is read on. */
  isTargetDown(): boolean;
  /** Ends the slice after this step; the next one begins no earlier. ISO instant. */
  waitUntil(instant: string): void;
  /** Adds to the cycle's counts, written with the next checkpoint. */
  count(key: string, by: number): void;
  /**
   * Evaluates and exports in batches; what was deferred or not reached is marked pending again. False: the worker had to
   * stop before all were done.
   */
  provision(subjects: readonly Subject[]): Promise<boolean>;
  /** Counts what a batch came to, and marks as pending what it left; false as `provision`. Throws a fault of the job. */
  settle(outcomes: readonly Outcome[]): Promise<boolean>;
  /** The context of one batch: the groups that these rows have edges from, read once a slice. */
  provisionContext(rows: readonly StoredObject[]): Promise<ProvisionContext>;
  /** Forgets what was read of groups, after their edges or assignments changed. */
  forgetGroups(): void;
}

/** What one step of a phase came to. `next` null: the phase is done. */
export interface PhaseStep {
  readonly next: string | null;
  readonly commit?: Omit<PageCommit, 'checkpoint'>;
  readonly checkpoint?: Omit<Checkpoint, 'cycle'>;
  /** Streams or lists that did not end complete. */
  readonly incomplete?: readonly string[];
  /** What they failed with; the cycle's execution shows the first. */
  readonly fault?: Fault;
  readonly units?: UnitsStep;
  /** Counted anew: what was kept in step until now gives way. */
  readonly counters?: Counters;
}

/** From a cursor to one page. It never checkpoints by itself: one loop owns budget, lease, commit and progress. */
export type Phase = (slice: Slice, cursor: string | null) => Promise<PhaseStep>;
