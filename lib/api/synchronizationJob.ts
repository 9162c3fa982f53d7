import { Duration } from 'luxon';
import type { CycleSummary, JobRow, Quarantine } from '../engine/control.js';
import type { ControlRows } from '../engine/state.js';

/** Graph's word for an instant that never was. */
const never = '0001-01-01T00:00:00Z';
const exportKeys = ['created', 'adopted', 'updated', 'enabled', 'disabled', 'deleted'] as const;

/** The job in the shape of Graph's `synchronizationJob`, filled from what is stored. */
export const toSynchronizationJob = (
  control: ControlRows & { readonly job: JobRow },
  nowMs: number,
  isConfigured: boolean,
) => {
  const { job, cycle, counters } = control;
  return {
    id: job.jobId,
    templateId: 'zoom',
    schedule: {
      expiration: null,
      interval: Duration.fromMillis(job.intervalMs).rescale().toISO(),
      state: { on: 'Active', off: 'Disabled', paused: 'Paused' }[job.status],
    },
    status: {
      code: isConfigured ? statusCode(job) : 'NotConfigured',
      countSuccessiveCompleteFailures: job.failuresInARow,
      escrowsPruned: false,
      lastExecution: toExecution(job.lastExecution),
      lastSuccessfulExecution: toExecution(job.lastSuccessfulExecution),
      lastSuccessfulExecutionWithExports: toExecution(job.lastSuccessfulExecutionWithExports),
      progress: cycle
        ? [
            {
              completedUnits: cycle.units.done,
              totalUnits: cycle.units.total ?? cycle.units.done,
              units: 'objects',
              progressObservationDateTime: new Date(nowMs).toISOString(),
            },
          ]
        : [],
      quarantine: toQuarantine(job.quarantine, job),
      steadyStateFirstAchievedTime: job.steadyStateFirstAt ?? never,
      steadyStateLastAchievedTime: job.steadyStateLastAt ?? never,
      synchronizedEntryCountByType: [{ key: 'User', value: counters.linkedActive + counters.linkedDisabled }],
      troubleshootingUrl: null,
    },
    synchronizationJobSettings: [],
  };
};

const statusCode = (job: JobRow): string => {
  if (job.status !== 'on') return 'Paused';
  if (job.quarantine) return 'Quarantine';
  return job.lastExecution ? 'Active' : 'NotRun';
};

const toExecution = (summary: CycleSummary | null) => {
  if (!summary) return null;
  const count = (key: string): number => summary.counts[key] ?? 0;
  const exported = exportKeys.reduce((sum, key) => sum + count(key), 0);
  return {
    activityIdentifier: summary.cycleId,
    countEntitled: exported + count('skipped') + count('failed'),
    countEntitledForProvisioning: exported + count('failed'),
    countEscrowed: count('failed'),
    countEscrowedRaw: count('failed'),
    countExported: exported,
    countExports: exported + count('failed'),
    countImported: summary.kind === 'initial' ? count('imported') : 0,
    countImportedDeltas: summary.kind === 'incremental' ? count('imported') : 0,
    countImportedReferenceDeltas: 0,
    error: summary.fault
      ? { code: summary.fault.code, message: summary.fault.message, tenantActionable: summary.fault.whose !== 'us' }
      : null,
    state: summary.state,
    timeBegan: summary.startedAt,
    timeEnded: summary.endedAt,
  };
};

const toQuarantine = (quarantine: Quarantine | null, job: JobRow) =>
  quarantine && {
    currentBegan: quarantine.since,
    error: quarantine.fault
      ? {
          code: quarantine.fault.code,
          message: `${quarantine.fault.message} ${quarantine.fault.recommendedAction}`,
          tenantActionable: quarantine.fault.whose !== 'us',
        }
      : null,
    nextAttempt: job.nextRunAt,
    reason: quarantine.reason,
    seriesBegan: quarantine.since,
    seriesCount: job.failuresInARow,
  };
