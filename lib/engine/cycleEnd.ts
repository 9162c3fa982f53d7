import type { CycleState, CycleSummary, JobRow, Quarantine } from './control.js';
import type { Fault } from './model.js';

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
    : (cycle.counts['failed'] ?? 0) > 0 || cycle.incomplete.length > 0
      ? 'EntryLevelErrors'
      : 'Succeeded',
  fault: fault ?? cycle.fault,
});

/**
 * The job after a cycle. A fault of the job (credentials, a lost permission, an empty list) quarantines it and touches
 * nobody; a cycle without one leaves quarantine, save while removals are held.
 */
export const jobAfterCycle = (job: JobRow, cycle: CycleState, summary: CycleSummary): JobRow => {
  const hasExports = exportKeys.some((key) => (cycle.counts[key] ?? 0) > 0);
  const failed = summary.state === 'Failed';
  // Something is left to process where a list or a stream could not be read to its end.
  const isSteady = !failed && cycle.incomplete.length === 0;
  return {
    ...job,
    schemaVersion: failed ? job.schemaVersion : cycle.schemaVersion,
    settingsDigest: failed ? job.settingsDigest : cycle.settingsDigest,
    lastExecution: summary,
    lastSuccessfulExecution: summary.state === 'Succeeded' ? summary : job.lastSuccessfulExecution,
    lastSuccessfulExecutionWithExports:
      summary.state === 'Succeeded' && hasExports ? summary : job.lastSuccessfulExecutionWithExports,
    failuresInARow: failed ? job.failuresInARow + 1 : 0,
    quarantine: quarantineAfter(job.quarantine, summary),
    steadyStateFirstAt: isSteady ? (job.steadyStateFirstAt ?? summary.endedAt) : job.steadyStateFirstAt,
    steadyStateLastAt: isSteady ? summary.endedAt : job.steadyStateLastAt,
  };
};

const quarantineAfter = (before: Quarantine | null, summary: CycleSummary): Quarantine | null => {
  if (summary.fault?.whose !== 'job') return before?.reason === 'TooManyDeletes' ? before : null;
  return {
    reason: reasonOf(summary.fault),
    since: before?.since ?? summary.endedAt,
    until: null,
    fault: summary.fault,
  };
};

/** Graph's `quarantineReason`: a lost connection or permission has one value of its own, an empty list another. */
const reasonOf = (fault: Fault): string =>
  fault.code === 'IngestionInterrupted' ? 'IngestionInterrupted' : 'EncounteredQuarantineException';
