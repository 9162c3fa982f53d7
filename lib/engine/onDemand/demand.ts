import type { CompiledMapping } from '../../mapping/compiled.js';
import type { FreshAssignments } from '../phases/freshScope.js';
import type { RecordRow, RecordStatus } from '../record.js';
import type { EngineSettings } from '../settings.js';
import type { EngineMemory } from '../sliceRuntime.js';
import type { World } from '../world.js';

/** What calls on demand work with. `world.target` takes its own share of the account's rate. */
export interface DemandOptions {
  readonly world: World;
  readonly settings: EngineSettings;
  readonly mapping: CompiledMapping;
  /** Source attributes and target paths whose values log and answer replace. */
  readonly redact: ReadonlySet<string>;
  readonly memory: EngineMemory;
  /** Once it aborts nothing more is sent, and what is under way gets its answer. */
  readonly stopping?: AbortSignal;
}

/** The same before a call, which takes the schema that is in force then. */
export interface DemandParts extends Omit<DemandOptions, 'mapping' | 'redact'> {
  readonly readSchema: () => Promise<Pick<DemandOptions, 'mapping' | 'redact'>>;
}

/** One call: who asked, and whether anything is sent. */
export interface DemandCall {
  /** Also the cycle id of its log records. */
  readonly id: string;
  readonly isDryRun: boolean;
  readonly initiatedBy: RecordRow['initiatedBy'];
}

/** One step as a person is shown it, with what was read, evaluated or sent. */
export interface DemandStep {
  readonly name: string;
  readonly type: RecordRow['provisioningSteps'][number]['provisioningStepType'];
  readonly status: RecordStatus;
  readonly description: string;
  readonly at: string;
  readonly details: Readonly<Record<string, string>>;
}

/** One person's way through the steps. In a dry run `record` was not written and tells what would have been done. */
export interface DemandReport {
  readonly record: RecordRow;
  readonly steps: readonly DemandStep[];
}

export type DemandEnd =
  | { readonly kind: 'done'; readonly report: DemandReport }
  /** Nobody goes by that id or name. */
  | { readonly kind: 'unknown' }
  /** Several people go by that name. */
  | { readonly kind: 'ambiguous' }
  /** Somebody else was at work on the object for as long as a caller waits. */
  | { readonly kind: 'busy' };

/** What the people of one page share: the job's control rows, and the assignment list as read once and once more. */
export interface DemandBatch {
  readonly options: DemandOptions;
  readonly call: DemandCall;
  readonly signal: AbortSignal;
  readonly intervalMs: number;
  /** Groups that a stream tracks. */
  readonly tracked: ReadonlyMap<string, { readonly round: number; readonly isReady: boolean }>;
  readonly firstList: () => Promise<FreshAssignments>;
  /** Read later than the first, for whoever is to lose the account. */
  readonly secondList: () => Promise<FreshAssignments>;
  /** Makes the next cycle compare the assignment list with the stored edges. */
  readonly forgetDigest: () => Promise<void>;
}
