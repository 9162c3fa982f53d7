import { retryOfDown } from './circuitBreaker.js';
import type { CycleState, CycleSummary, JobRow, Quarantine } from './control.js';
import type { EscrowVerdict } from './escrowThresholds.js';
import type { Fault } from './model.js';
import { isBackingOff, quarantineAfter, quarantineEndsAfterMs } from './quarantine.js';
import { notCompared } from './reconcile/unreadTarget.js';

/** Counts that are writes to Zoom. */
const exportKeys = ['created', 'adopted', 'updated', 'enabled', 'disabled', 'deleted'] as const;

/** `fault` ended the cycle; one of the cycle's own (a list or stream that could not be read) only left it incomplete. */
export const summarize = (cycle: CycleState, fault: Fault | null, nowMs: number): CycleSummary => ({
  cycleId: cycle.cycleId,
  kind: cycle.kind,
  startedAt: cycle.startedAt,
  endedAt: new Date(nowMs).toISOString(),
  counts: cycle.counts,
  state: fault
    ? 'Failed'
    : [cycle.counts['failed'], cycle.counts['targetDown'], cycle.counts[notCompared]].some((count = 0) => count > 0) ||
        cycle.incomplete.length > 0
      ? 'EntryLevelErrors'
      : 'Succeeded',
  fault: fault ?? cycle.fault,
});

/**
 * The job after a cycle. What quarantines it slows its cycles down, and after 28 days switches it off; a target that is
 * down makes it try again soon. `escrows`: what the failures that stand were weighed as.
 */
export const jobAfterCycle = (
  job: JobRow,
  cycle: CycleState,
  summary: CycleSummary,
  escrows: EscrowVerdict | null,
): JobRow => {
  const hasExports = exportKeys.some((key) => (cycle.counts[key] ?? 0) > 0);
  const failed = summary.state === 'Failed';
  const timesDown = cycle.counts['targetDown'] ?? 0;
  // Something is left to process where a list or a stream could not be read to its end, or nothing could be sent.
  const isSteady = !failed && cycle.incomplete.length === 0 && timesDown === 0;
  const quarantine = quarantineAfter(job.quarantine, summary, escrows);
  return {
    ...job,
    status: hasLastedTooLong(quarantine, summary.endedAt) && job.status === 'on' ? 'off' : job.status,
    nextRunAt: nextRunAfter(job, quarantine, timesDown, summary.endedAt),
    schemaVersion: failed ? job.schemaVersion : cycle.schemaVersion,
    settingsDigest: failed ? job.settingsDigest : cycle.settingsDigest,
    lastExecution: summary,
    lastSuccessfulExecution: summary.state === 'Succeeded' ? summary : job.lastSuccessfulExecution,
    lastSuccessfulExecutionWithExports:
      summary.state === 'Succeeded' && hasExports ? summary : job.lastSuccessfulExecutionWithExports,
    failuresInARow: failed ? job.failuresInARow + 1 : 0,
    quarantine,
    reconciled: job.reconciled ?? (failed ? null : { cycleId: null, at: summary.endedAt, found: {} }),
    steadyStateFirstAt: isSteady ? (job.steadyStateFirstAt ?? summary.endedAt) : job.steadyStateFirstAt,
    steadyStateLastAt: isSteady ? summary.endedAt : job.steadyStateLastAt,
  };
};

const hasLastedTooLong = (quarantine: Quarantine | null, now: string): boolean =>
  isBackingOff(quarantine) && Date.parse(now) - Date.parse(quarantine.since) >= quarantineEndsAfterMs;

const nextRunAfter = (
  job: JobRow,
  quarantine: Quarantine | null,
  timesDown: number,
  endedAt: string,
): JobRow['nextRunAt'] => {
  if (timesDown > 0) {
    const soon = new Date(Date.parse(endedAt) + retryOfDown(timesDown, job.intervalMs)).toISOString();
    return job.nextRunAt === null || soon < job.nextRunAt ? soon : job.nextRunAt;
  }
  return isBackingOff(quarantine) ? quarantine.until : job.nextRunAt;
};
