import type { CycleState, JobRow } from '../engine/control.js';
import type { ControlRows } from '../engine/state.js';

/** One of Graph's `synchronizationProgress`. */
interface Progress {
  readonly completedUnits: number;
  readonly totalUnits: number;
  readonly units: string;
  readonly progressObservationDateTime: string;
}

/**
 * How far the cycle is that runs: in users, not in pages; and, where the pace and the total are known, in seconds, whose
 * total less what is completed is the time left. While the total is not known it is as many as are linked, or done.
 */
export const toProgress = (
  { job, cycle, counters }: Pick<ControlRows, 'cycle' | 'counters'> & { readonly job: JobRow },
  nowMs: number,
): readonly Progress[] => {
  if (!cycle || job.reset?.erases) return [];
  const { done, total } = cycle.units;
  const progressObservationDateTime = new Date(nowMs).toISOString();
  const known = total ?? counters.linkedActive + counters.linkedDisabled;
  const objects = {
    completedUnits: done,
    totalUnits: Math.max(done, known),
    units: 'objects',
    progressObservationDateTime,
  };
  const left = job.status === 'on' ? secondsLeft(cycle, nowMs) : null;
  if (left === null) return [objects];
  const passed = Math.max(0, Math.round((nowMs - Date.parse(cycle.startedAt)) / 1_000));
  return [
    objects,
    { completedUnits: passed, totalUnits: passed + left, units: 'seconds', progressObservationDateTime },
  ];
};

const secondsLeft = ({ units, notBefore }: CycleState, nowMs: number): number | null => {
  if (units.total === null || units.msEach === null) return null;
  const waitMs = notBefore === null ? 0 : Math.max(0, Date.parse(notBefore) - nowMs);
  return Math.ceil((waitMs + (units.total - units.done) * units.msEach) / 1_000);
};
