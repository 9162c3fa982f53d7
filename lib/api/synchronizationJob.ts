import type { JobRow } from '../engine/control.js';
import type { EngineSettings } from '../engine/settings.js';
import type { ControlRows } from '../engine/state.js';
import { listSettings } from './jobSettings.js';
import { printDuration } from './printDuration.js';
import { toProgress } from './progress.js';
import { toQuarantine } from './quarantineStatus.js';
import { toExecution } from './taskExecution.js';

/** What the job's stored rows do not say of it. */
export interface JobView {
  /** What holds where nothing was set for the job. */
  readonly deployed: EngineSettings;
  /** Whether there are Zoom credentials at all: false until an administrator has consented. */
  readonly isConfigured: () => Promise<boolean>;
}

/** Graph's word for an instant that never was. */
const never = '0001-01-01T00:00:00Z';

/** The job in the shape of Graph's `synchronizationJob`, filled from what is stored. */
export const toSynchronizationJob = (
  control: ControlRows & { readonly job: JobRow },
  { deployed, isConfigured }: { readonly deployed: EngineSettings; readonly isConfigured: boolean },
  nowMs: number,
) => {
  const { job } = control;
  return {
    id: job.jobId,
    templateId: 'zoom',
    schedule: {
      expiration: null,
      interval: printDuration(job.intervalMs),
      state: { on: 'Active', off: 'Disabled', paused: 'Paused' }[job.status],
    },
    status: {
      code: isConfigured ? statusCode(job) : 'NotConfigured',
      countSuccessiveCompleteFailures: job.failuresInARow,
      escrowsPruned: false,
      lastExecution: toExecution(job.lastExecution),
      lastSuccessfulExecution: toExecution(job.lastSuccessfulExecution),
      lastSuccessfulExecutionWithExports: toExecution(job.lastSuccessfulExecutionWithExports),
      progress: toProgress(control, nowMs),
      quarantine: toQuarantine(job.quarantine, job),
      steadyStateFirstAchievedTime: job.steadyStateFirstAt ?? never,
      steadyStateLastAchievedTime: job.steadyStateLastAt ?? never,
      synchronizedEntryCountByType: [{ key: 'User', value: countLinked(control) }, ...listDriftCounts(job)],
      troubleshootingUrl: null,
    },
    synchronizationJobSettings: listSettings(deployed, job.settings),
  };
};

/** Graph tells a job that was stopped from one that never ran: `Paused` keeps state, and `NotRun` has none yet. */
const statusCode = (job: JobRow): string => {
  if (job.status === 'paused' || (job.status === 'off' && job.lastExecution !== null)) return 'Paused';
  if (job.quarantine) return 'Quarantine';
  return job.lastExecution ? 'Active' : 'NotRun';
};

/** What the last comparison found, by kind; nothing before the first. */
const listDriftCounts = ({ reconciled, reset }: JobRow) =>
  reconciled === null || reconciled.cycleId === null || reset?.erases
    ? []
    : Object.entries(reconciled.found).map(([key, value]) => ({ key, value }));

/** What a delete asked to be erased counts no more, however far the erasing is. */
const countLinked = ({ job, counters }: ControlRows & { readonly job: JobRow }): number =>
  job.reset?.erases ? 0 : counters.linkedActive + counters.linkedDisabled;
