import type { RemovalPolicy } from './removalPolicy.js';
import type { EngineSettings } from './settings.js';

/** What an administrator set through the API; it wins over the deployment's settings. Null: the deployment's counts. */
export interface JobSettings {
  readonly deletionThreshold: number | null;
  /** Share of the active linked users, in percent. */
  readonly deletionThresholdPercent: number | null;
  readonly skipOutOfScopeDeletions: boolean | null;
  readonly removalPolicy: RemovalPolicy | null;
  /** Who hears of quarantine and held removals; an empty list is nobody. */
  readonly notificationEmails: readonly string[] | null;
}

export const noJobSettings: JobSettings = {
  deletionThreshold: null,
  deletionThresholdPercent: null,
  skipOutOfScopeDeletions: null,
  removalPolicy: null,
  notificationEmails: null,
};

/** The settings that are in force: the deployment's, and over them what was set for the job. */
export const settingsInForce = (deployed: EngineSettings, job: JobSettings): EngineSettings => ({
  ...deployed,
  deletionThreshold: job.deletionThreshold ?? deployed.deletionThreshold,
  deletionThresholdPercent: job.deletionThresholdPercent ?? deployed.deletionThresholdPercent,
  skipOutOfScopeDeletions: job.skipOutOfScopeDeletions ?? deployed.skipOutOfScopeDeletions,
  removalPolicy: job.removalPolicy ?? deployed.removalPolicy,
});
