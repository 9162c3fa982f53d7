import type { RemovalPolicy } from './removalPolicy.js';

/** What an administrator set through the API; it wins over the deployment's settings. Null: the deployment's counts. */
export interface JobSettings {
  readonly deletionThreshold: number | null;
  /** Share of the active linked users, in percent. */
  readonly deletionThresholdPercent: number | null;
  /** Removals in a rolling day. */
  readonly deletionThresholdDaily: number | null;
  readonly escrowMinimum: number | null;
  readonly escrowPercent: number | null;
  readonly escrowBase: number | null;
  readonly escrowTotal: number | null;
  readonly smallTenantPercent: number | null;
  readonly skipOutOfScopeDeletions: boolean | null;
  readonly removalPolicy: RemovalPolicy | null;
  /** Who hears of quarantine and held removals; an empty list is nobody. */
  readonly notificationEmails: readonly string[] | null;
}

export const noJobSettings: JobSettings = {
  deletionThreshold: null,
  deletionThresholdPercent: null,
  deletionThresholdDaily: null,
  escrowMinimum: null,
  escrowPercent: null,
  escrowBase: null,
  escrowTotal: null,
  smallTenantPercent: null,
  skipOutOfScopeDeletions: null,
  removalPolicy: null,
  notificationEmails: null,
};
