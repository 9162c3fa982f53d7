import type { Fault } from './model.js';
import type { QuarantineReason } from './quarantineReason.js';

/** From how many failures on a job is quarantined. */
export interface EscrowThresholds {
  /** Fewer failures are not weighed at all, save in a small tenant. */
  readonly minimum: number;
  /** Share of failures among failures and successes, in percent. */
  readonly percent: number;
  /** Failures that are no references. */
  readonly base: number;
  /** Failures of every kind. */
  readonly total: number;
  /** Share, in percent, where fewer people than `minimum` are provisioned at all; 100 never trips. */
  readonly smallTenantPercent: number;
}

/** Microsoft's values. The last is ours: a tenant below the minimum could fail as a whole without anybody being told. */
export const usualThresholds: EscrowThresholds = {
  minimum: 5_000,
  percent: 40,
  base: 40_000,
  total: 60_000,
  smallTenantPercent: 40,
};

/** In a small tenant so many failures at least: a share of a handful says nothing. */
const leastInSmallTenant = 20;

export interface EscrowCounts {
  /** Objects whose last attempt failed, references left out. */
  readonly failures: number;
  /** Of them or beside them: a manager or a member that could not be written. */
  readonly referenceFailures: number;
  /** People with an account. */
  readonly successes: number;
}

/** Which threshold is passed; null: none. */
export const findPassedThreshold = (counts: EscrowCounts, thresholds: EscrowThresholds): QuarantineReason | null => {
  const { failures, referenceFailures, successes } = counts;
  if (failures + referenceFailures > thresholds.total) return 'EncounteredTotalEscrowThreshold';
  if (failures > thresholds.base) return 'EncounteredBaseEscrowThreshold';
  const events = failures + successes;
  const isSmall = events < thresholds.minimum;
  if (failures < (isSmall ? leastInSmallTenant : thresholds.minimum)) return null;
  const percent = isSmall ? thresholds.smallTenantPercent : thresholds.percent;
  return failures * 100 > events * percent ? 'EncounteredEscrowProportionThreshold' : null;
};

/** A passed threshold, with the commonest failure as the one to look at. */
export interface EscrowVerdict {
  readonly reason: QuarantineReason;
  readonly fault: Fault;
}

/** The commonest failure among those that were counted. */
export interface CommonFailure {
  readonly fault: Fault;
  readonly count: number;
}

/** Weighs what was counted; the fault says in words what fails, how often, and which request showed it. */
export const weighEscrows = (
  counts: EscrowCounts,
  commonest: CommonFailure | null,
  thresholds: EscrowThresholds,
): EscrowVerdict | null => {
  const reason = findPassedThreshold(counts, thresholds);
  if (reason === null || commonest === null) return null;
  const failing = counts.failures + counts.referenceFailures;
  const { fault, count } = commonest;
  return {
    reason,
    fault: {
      code: fault.code,
      message: `${failing} objects fail and ${counts.successes} people have an account. The commonest failure, ${count} times: ${fault.message}`,
      recommendedAction: fault.recommendedAction,
      whose: 'job',
      retry: 'nextCycle',
      ...(fault.request ? { request: fault.request } : {}),
    },
  };
};
