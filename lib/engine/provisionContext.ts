import type { TargetStore } from './state.js';
import type { Scene } from './subject.js';
import type { ExportContext } from './task.js';

/** What a cycle, a call on demand and a preview share; they differ in how removals and exports are carried out. */
export interface ProvisionContext extends ExportContext {
  readonly scene: Scene;
  readonly cycleId: string;
  readonly intervalMs: number;
  /** How long an intent locks its object. */
  readonly intentMs: number;
  /** Present while an initial listing lasts. */
  readonly names: Pick<TargetStore, 'findNames'> | null;
  /** Source attributes and target paths whose values the log replaces. */
  readonly redact: ReadonlySet<string>;
}
