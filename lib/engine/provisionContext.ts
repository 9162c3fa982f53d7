import type { Locked } from './intents.js';
import type { Match } from './model.js';
import type { Effect } from './outcome.js';
import type { RecordRow } from './record.js';
import type { TargetStore } from './state.js';
import type { Link } from './stored.js';
import type { Assessment, Scene } from './subject.js';
import type { ExportContext } from './task.js';

/** What a cycle, a call on demand and a preview share; they differ in how removals and exports are carried out. */
export interface ProvisionContext extends ExportContext {
  readonly scene: Scene;
  readonly cycleId: string;
  /** When the cycle began: what it marks with that instant it still looks at itself. Absent outside one. */
  readonly startedAt?: string;
  readonly intervalMs: number;
  /** How long an intent locks its object. */
  readonly intentMs: number;
  /** Present while an initial listing lasts. */
  readonly names: Pick<TargetStore, 'findNames'> | null;
  /** Source attributes and target paths whose values the log replaces. */
  readonly redact: ReadonlySet<string>;
  /** Memberships of groups are kept as well: what they depend on is noted. */
  readonly mapsMembers?: boolean;
  /** Present where a person asked for this object. */
  readonly demand?: Demand;
}

/** What a call on demand does otherwise than a cycle. Its records are written for whomever it was asked for. */
export interface Demand {
  readonly initiatedBy: RecordRow['initiatedBy'];
  /** Looks at the account of a link: a person wants to see it, and what was changed in Zoom is sent anew. */
  readonly lookAtLinked: (link: Link, signal: AbortSignal) => Promise<Match>;
  /** Carries a removal out, which a cycle stages. */
  readonly remove: (assessment: Assessment, locked: Locked, signal: AbortSignal) => Promise<Effect>;
  /** Hears of each record before it is written. */
  readonly onRecord: (record: RecordRow) => void;
}
