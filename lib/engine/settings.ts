import type { EscrowThresholds } from './escrowThresholds.js';
import type { RemovalPolicy } from './removalPolicy.js';

/** Where no licence of the kind asked for is left: fail the object, or let it have Basic and say `downgraded`. */
export type LicencePolicy = 'fail' | 'basic';

/** What the engine does differently from job to job. Durations in milliseconds. */
export interface EngineSettings {
  readonly scopeMode: 'assigned' | 'all';
  readonly nestedGroups: boolean;
  readonly removalPolicy: RemovalPolicy;
  /** Makes `unassigned` and `filteredOut` do nothing, as Graph's secret of that name does. */
  readonly skipOutOfScopeDeletions: boolean;
  readonly licencePolicy: LicencePolicy;
  readonly deletionThreshold: number;
  /** Share of the active linked users, in percent; it counts only above 20 of them. */
  readonly deletionThresholdPercent: number;
  /** Removals carried out in a rolling day and about to be, on demand included. */
  readonly deletionThresholdDaily: number;
  readonly escrowThresholds: EscrowThresholds;
  /** So long after the last comparison of the target the next cycle compares it again. */
  readonly reconcileIntervalMs: number;
  /** What somebody changed in the target is told only, or put right as well. */
  readonly reconcileMode: 'report' | 'repair';
  readonly sliceBudgetMs: number;
  readonly leaseDurationMs: number;
  /** No request to Zoom takes longer, so none outlives the lease. */
  readonly zoomTimeoutMs: number;
  /** Writes to Zoom under way at once. */
  readonly concurrency: number;
}

/** What changes the meaning of a cycle besides the schema: a difference makes the next cycle an initial one. */
export const describeScopeSettings = (settings: EngineSettings): string =>
  JSON.stringify([settings.scopeMode, settings.nestedGroups, settings.removalPolicy, settings.skipOutOfScopeDeletions]);
