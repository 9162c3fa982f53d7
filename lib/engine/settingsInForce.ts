import type { JobSettings } from './jobSettings.js';
import type { EngineSettings } from './settings.js';

/** The settings that are in force: the deployment's, and over them what was set for the job. */
export const settingsInForce = (deployed: EngineSettings, job: JobSettings): EngineSettings => ({
  ...deployed,
  deletionThreshold: job.deletionThreshold ?? deployed.deletionThreshold,
  deletionThresholdPercent: job.deletionThresholdPercent ?? deployed.deletionThresholdPercent,
  deletionThresholdDaily: job.deletionThresholdDaily ?? dailyOf(deployed, job),
  escrowThresholds: {
    minimum: job.escrowMinimum ?? deployed.escrowThresholds.minimum,
    percent: job.escrowPercent ?? deployed.escrowThresholds.percent,
    base: job.escrowBase ?? deployed.escrowThresholds.base,
    total: job.escrowTotal ?? deployed.escrowThresholds.total,
    smallTenantPercent: job.smallTenantPercent ?? deployed.escrowThresholds.smallTenantPercent,
  },
  skipOutOfScopeDeletions: job.skipOutOfScopeDeletions ?? deployed.skipOutOfScopeDeletions,
  removalPolicy: job.removalPolicy ?? deployed.removalPolicy,
});

/** Three times the number of a cycle, where only that was set for the job. */
const dailyOf = (deployed: EngineSettings, { deletionThreshold }: JobSettings): number =>
  deletionThreshold === null ? deployed.deletionThresholdDaily : 3 * deletionThreshold;
