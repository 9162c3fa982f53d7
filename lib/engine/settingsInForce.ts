import type { JobSettings } from './jobSettings.js';
import type { EngineSettings } from './settings.js';

/** The settings that are in force: the deployment's, and over them what was set for the job. */
export const settingsInForce = (deployed: EngineSettings, job: JobSettings): EngineSettings => ({
  ...deployed,
  deletionThreshold: job.deletionThreshold ?? deployed.deletionThreshold,
  deletionThresholdPercent: job.deletionThresholdPercent ?? deployed.deletionThresholdPercent,
  skipOutOfScopeDeletions: job.skipOutOfScopeDeletions ?? deployed.skipOutOfScopeDeletions,
  removalPolicy: job.removalPolicy ?? deployed.removalPolicy,
});
