import type { JobRow, Reset } from './control.js';
import { newJob } from './newJob.js';
import type { Release } from './release.js';

/** Graph's `synchronizationJobRestartScope`. */
export const resetScopes = [
  'None',
  'ConnectorDataStore',
  'Escrows',
  'Watermark',
  'QuarantineState',
  'Full',
  'ForceDeletes',
] as const;
export type ResetScope = (typeof resetScopes)[number];

/** What a restart clears. */
export interface Clearing {
  /** Links are detached, so that everything is matched anew; those of staged and held objects are kept. */
  readonly detaches: boolean;
  /** Stored failures go, so that they are not tried again; a removal that failed stays due. */
  readonly dropsEscrows: boolean;
  /** The next cycle is an initial one. */
  readonly isInitial: boolean;
  readonly liftsQuarantine: boolean;
  /** Held removals are carried out if they are still due, and an empty list of assignments is believed once. */
  readonly forcesDeletes: boolean;
}

/** Without a scope: what the portal's "Restart provisioning" clears (Graph, synchronizationJobRestartCriteria). */
const usualScopes: readonly ResetScope[] = ['QuarantineState', 'Watermark', 'Escrows'];
/** `Full` is every scope but `ForceDeletes`: nobody loses an account because a job is begun anew. */
const fullScopes: readonly ResetScope[] = ['ConnectorDataStore', 'Escrows', 'Watermark', 'QuarantineState'];

/**
 * What these scopes clear together. Links that are gone come back only where everybody is evaluated, so
 * `ConnectorDataStore` makes the next cycle an initial one too. `None` clears nothing and starts the job, as `start` does.
 */
export const chooseClearing = (scopes: readonly ResetScope[]): Clearing => {
  const asked = new Set(scopes.length === 0 ? usualScopes : scopes);
  if (asked.has('Full')) for (const scope of fullScopes) asked.add(scope);
  return {
    detaches: asked.has('ConnectorDataStore'),
    dropsEscrows: asked.has('Escrows'),
    isInitial: asked.has('Watermark') || asked.has('ConnectorDataStore'),
    liftsQuarantine: asked.has('QuarantineState') || asked.has('None'),
    forcesDeletes: asked.has('ForceDeletes'),
  };
};

/** While removals are held the job's status says so; a start does not hide that they wait. */
const withoutQuarantine = (job: JobRow): JobRow['quarantine'] =>
  job.quarantine?.reason === 'TooManyDeletes' ? job.quarantine : null;

/** The job after `start`: it goes on where it was paused, out of quarantine. */
export const startJob = (job: JobRow): JobRow => ({ ...job, status: 'on', quarantine: withoutQuarantine(job) });

/** The job after `pause`; one that is off stays off. */
export const pauseJob = (job: JobRow): JobRow => ({ ...job, status: job.status === 'off' ? 'off' : 'paused' });

/**
 * The job after `restart`: on, with what is to be cleared noted for the next slice. `id` is new, and the id of the cycle
 * that follows where no other waits. What an earlier restart asked for and is not yet cleared is kept.
 */
export const restartJob = (job: JobRow, clearing: Clearing, id: string, release: Release): JobRow => {
  const before = job.reset;
  const reset: Reset = {
    id,
    erases: before?.erases ?? false,
    detaches: clearing.detaches || (before?.detaches ?? false),
    dropsEscrows: clearing.dropsEscrows || (before?.dropsEscrows ?? false),
    isInitial: clearing.isInitial || (before?.isInitial ?? false),
    releases: clearing.forcesDeletes ? release : (before?.releases ?? null),
    isCleared: false,
    cursor: null,
    kept: { linkedActive: 0, linkedDisabled: 0 },
  };
  return {
    ...job,
    status: 'on',
    quarantine: clearing.liftsQuarantine ? withoutQuarantine(job) : job.quarantine,
    forced: clearing.forcesDeletes ? release : job.forced,
    reset: clearsAnything(reset) ? reset : null,
  };
};

const clearsAnything = ({ erases, detaches, dropsEscrows, isInitial, releases }: Reset): boolean =>
  erases || detaches || dropsEscrows || isInitial || releases !== null;

/** The job after `DELETE`: off, and all that it knows is to be erased. What an administrator set for it stays. */
export const deleteJob = (job: JobRow, id: string): JobRow => ({
  ...erasedJob(job),
  status: 'off',
  reset: {
    id,
    erases: true,
    detaches: false,
    dropsEscrows: false,
    isInitial: false,
    releases: null,
    isCleared: false,
    cursor: null,
    kept: { linkedActive: 0, linkedDisabled: 0 },
  },
});

/** The job as if it had never run. Its first cycle is an initial one. */
export const erasedJob = (job: JobRow): JobRow => ({
  ...newJob(job.jobId, job.status, job.intervalMs),
  settings: job.settings,
});
