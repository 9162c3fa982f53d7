import type { AuditLog } from './audit.js';
import type {
  Counters,
  CycleRequest,
  CycleState,
  CycleSummary,
  DemandCounts,
  JobRow,
  LeaseRow,
  Mark,
} from './control.js';
import type { DriftStore } from './drift.js';
import type { MemberStore } from './groups/memberStore.js';
import type { LogPage, LogRange, NameKind, RecordPath } from './logReading.js';
import type { DemandStore } from './onDemand/demandRun.js';
import type { RecordRow } from './record.js';
import type { Edge, ObjectRow } from './stored.js';

/** An object row as it was read; `etag` null: no such row yet. */
export interface StoredObject {
  readonly row: ObjectRow;
  readonly etag: string | null;
}

/**
 * What to make of a row. Called again with a fresh row when the ETag was lost, so it must depend on its argument only.
 * Null leaves the row as it is.
 */
export type RowChange = (row: ObjectRow) => ObjectRow | null;

export interface ObjectChange {
  readonly id: string;
  readonly type: ObjectRow['type'];
  readonly change: RowChange;
  /** The row as last read; without it the row is read first. */
  readonly known?: StoredObject;
}

/** An entry of `~due|` or `~staged|`: enough to choose what to read. */
export interface DueEntry {
  readonly id: string;
  readonly type: ObjectRow['type'];
  readonly due: string;
}

export interface StagedEntry {
  readonly id: string;
  readonly cycleId: string;
  readonly state: 'staged' | 'held' | 'released' | 'rejected';
  readonly provenByRow: boolean;
}

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly cursor: string | null;
}

/** Table `Objects`. A row that becomes empty (nothing known of the object) is removed. */
export interface ObjectStore {
  read(ids: readonly string[]): Promise<ReadonlyMap<string, StoredObject>>;
  /**
   * Reads, changes and writes in transactions by shard, index rows included; merges again after a lost ETag. Several
   * changes of one row are applied one after the other and written once.
   */
  update(changes: readonly ObjectChange[]): Promise<ReadonlyMap<string, StoredObject>>;
  /** Entries of one type due at `before` or earlier, over the shards, earliest first in each. */
  listDue(type: ObjectRow['type'], before: string, cursor: string | null, limit: number): Promise<RowPage<DueEntry>>;
  listStaged(cursor: string | null): Promise<RowPage<StagedEntry>>;
  /** Every row, page by page; for sweeps and recounts. */
  list(cursor: string | null): Promise<RowPage<StoredObject>>;
}

/** Table `Edges`: the graph seen from above. */
export interface EdgeStore {
  upsert(edges: readonly Edge[]): Promise<void>;
  remove(edges: readonly Pick<Edge, 'parent' | 'child' | 'childType' | 'role'>[]): Promise<void>;
  /** Groups before users, each in the order of child id and role. */
  list(parent: string, cursor: string | null, childType?: ObjectRow['type']): Promise<RowPage<Edge>>;
}

export type ClaimResult =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'held'; readonly bySourceId: string; readonly etag: string };

/** Table `Targets`: which source object owns a Zoom account; and the user names of an initial listing. */
export interface TargetStore {
  /** Inserts, never upserts. An own claim found again counts as claimed. */
  claim(targetId: string, sourceId: string): Promise<ClaimResult>;
  /** The claims of a batch in transactions by shard; the results stand as the claims do. */
  claimAll(
    claims: readonly { readonly targetId: string; readonly sourceId: string }[],
  ): Promise<readonly ClaimResult[]>;
  /** The source object that owns the account; null where nobody does. */
  readOwner(targetId: string): Promise<string | null>;
  /** The owners of those that have one, by target id. */
  readOwners(targetIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Passes ownership under the ETag of the held claim; false when somebody was faster. */
  transfer(targetId: string, toSourceId: string, etag: string): Promise<boolean>;
  release(targetId: string, sourceId: string): Promise<void>;
  /** userName in lower case → target ids of the listing. */
  putNames(names: readonly { readonly userName: string; readonly targetId: string }[]): Promise<void>;
  findNames(userNames: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Removes a page of names; false when none is left. */
  dropNames(): Promise<boolean>;
}

/** Table `ProvisioningLogs{yyyyMM}`. The same record written twice is one record. */
export interface RecordStore {
  append(records: readonly RecordRow[]): Promise<void>;
  listByCycle(cycleId: string, cursor: string | null): Promise<RowPage<RecordRow>>;
  listByObject(sourceId: string, cursor: string | null): Promise<RowPage<RecordRow>>;
  listByDay(day: string, cursor: string | null): Promise<RowPage<RecordRow>>;
  /** One reading of bounded work over one of the three orders; at most `limit` records. */
  read(path: RecordPath, range: LogRange, limit: number): Promise<LogPage<RecordRow>>;
  /** Source ids of the objects that records know by this name, in any case: a userPrincipalName or mail by default. */
  findSourceIds(name: string, kind?: NameKind): Promise<readonly string[]>;
  /** Drops the tables of months that ended before this instant. Returns their names. */
  dropBefore(instantMs: number): Promise<readonly string[]>;
  /** Removes some of this job's records; false when none is left. May be cut short anywhere and called again. */
  erase(): Promise<boolean>;
}

/** Work that is due once a day, whoever gets to it first. */
export interface DailyTasks {
  /** True for the one caller that is to do it on this day (`2026-11-23`). */
  claim(task: string, day: string): Promise<boolean>;
}

/** The right to run slices, as this worker holds it. Mutable inside the store only. */
export interface Lease {
  readonly owner: string;
  readonly fence: number;
  /** Monotonic instant (ms) after which no request to Zoom may be under way. */
  deadlineMs(): number;
  /** Prolongs; false when it was lost. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
  isLost(): boolean;
}

/** All control rows of a job, read in one query. */
export interface ControlRows {
  readonly job: JobRow | null;
  readonly lease: LeaseRow | null;
  readonly cycle: CycleState | null;
  readonly request: CycleRequest | null;
  readonly marks: readonly Mark[];
  readonly counters: Counters;
  /** Removals carried out, by hour (`2026-11-23T07`). */
  readonly removals: Readonly<Record<string, number>>;
  /** Counts of calls on demand that no checkpoint has folded in yet. */
  readonly demands: readonly DemandCounts[];
}

/** What one checkpoint writes. Absent leaves the row as it is, null removes it. */
export interface Checkpoint {
  readonly cycle?: CycleState | null;
  readonly job?: (job: JobRow) => JobRow;
  readonly marks?: readonly Mark[];
  readonly removedMarks?: readonly string[];
  readonly counters?: Counters;
  readonly removals?: Readonly<Record<string, number>>;
  /** Removes the request if it is still this one. */
  readonly answeredRequest?: string;
  /** Calls on demand whose counts are in `counters` and `removals` now: their rows go. */
  readonly foldedDemands?: readonly string[];
  readonly finished?: CycleSummary;
}

/** Table `Jobs`: the control rows, and `Cycles` beside it. */
export interface JobStore {
  read(): Promise<ControlRows>;
  /** The job's row alone: one point read. */
  readJob(): Promise<JobRow | null>;
  /** Creates the job's row if there is none. */
  ensureJob(job: JobRow): Promise<JobRow>;
  /** Read, change, write under the ETag; for what the API decides (status, request-free settings). */
  updateJob(change: (job: JobRow) => JobRow): Promise<JobRow>;
  /** Leaves a request, unless one waits: then that one, with the stronger kind of the two. */
  request(request: CycleRequest): Promise<CycleRequest>;
  /** Leaves the counts of a call on demand for the next checkpoint. */
  countDemand(counts: DemandCounts): Promise<void>;
  takeLease(owner: string, durationMs: number): Promise<Lease | null>;
  /** One transaction that carries the lease's ETag: `fenced` wrote nothing. */
  checkpoint(lease: Lease, checkpoint: Checkpoint): Promise<'done' | 'fenced'>;
  listCycles(cursor: string | null): Promise<RowPage<CycleSummary>>;
}

/** Child rows and the edges above them: one change of the graph. `change` also leaves the pending mark. */
export interface Touch {
  readonly change: ObjectChange;
  readonly upserts: readonly Edge[];
  readonly removals: readonly Pick<Edge, 'parent' | 'child' | 'childType' | 'role'>[];
}

/** Everything a page writes, in the one safe order: touches, log records, rows, and last the checkpoint. */
export interface PageCommit {
  readonly touches?: readonly Touch[];
  readonly records?: readonly RecordRow[];
  readonly objects?: readonly ObjectChange[];
  readonly checkpoint?: Checkpoint;
}

/** The job's state. All rows belong to one job. */
export interface State {
  readonly jobs: JobStore;
  readonly objects: ObjectStore;
  readonly edges: EdgeStore;
  readonly targets: TargetStore;
  readonly members: MemberStore;
  readonly records: RecordStore;
  readonly audit: AuditLog;
  readonly demands: DemandStore;
  readonly drift: DriftStore;
  readonly daily: DailyTasks;
  /**
   * Writes a page in the order that makes every step safe to repeat (child rows with `via` and their pending mark, then
   * edges from above; records before the rows that clear intents; checkpoint last).
   */
  commit(page: PageCommit, lease: Lease | null): Promise<'done' | 'fenced'>;
  /**
   * Erases a page of all that is known of the job, save the job itself, its lease, its log and its audit; false when
   * nothing was left. Done under the lease only.
   */
  erase(): Promise<boolean>;
  /** Table operations so far (a transaction or a query page is one), for cost figures. */
  operationCount(): number;
}

/** A message of the cycles queue: which slice of which cycle to run. One behind the checkpoint is dropped. */
export interface SliceMessage {
  readonly jobId: string;
  /** Null: start what is due or requested. */
  readonly cycleId: string | null;
  readonly slice: number;
  /** The cycle's trace (W3C Trace Context), where traces are kept. */
  readonly traceparent?: string;
}

export interface CycleQueue {
  send(message: SliceMessage, delayMs: number): Promise<void>;
}
