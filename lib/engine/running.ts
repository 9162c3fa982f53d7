import type { Counters, CycleState, JobRow, Mark } from './control.js';
import { addCounts } from './linkCounts.js';
import { phaseAfter } from './phases/order.js';
import type { PhaseStep } from './slice.js';
import type { ControlRows } from './state.js';
import { advanceUnits } from './units.js';

/** The control rows of a job while its cycle runs. */
export type Running = ControlRows & { readonly job: JobRow; readonly cycle: CycleState };

/** The cycle after a step, and whether its last phase is done. */
export const cycleAfter = (
  cycle: CycleState,
  step: PhaseStep,
  counts: Readonly<Record<string, number>>,
  elapsedMs: number,
): { readonly cycle: CycleState; readonly isDone: boolean } => {
  const phase = step.next === null ? phaseAfter(cycle.phase, cycle.kind) : cycle.phase;
  return {
    isDone: phase === null,
    cycle: {
      ...cycle,
      phase: phase ?? cycle.phase,
      cursor: step.next,
      counts: addCounts(cycle.counts, counts),
      incomplete: [...new Set([...cycle.incomplete, ...(step.incomplete ?? [])])],
      fault: cycle.fault ?? step.fault ?? null,
      units: advanceUnits(cycle.units, step.units, elapsedMs),
      notBefore: null,
      stalledSlices: 0,
    },
  };
};

/** What the rows are after the step's checkpoint, without reading them again. */
export const moveRunning = (before: Running, step: PhaseStep, cycle: CycleState, counters: Counters): Running => ({
  ...before,
  cycle,
  counters,
  job: step.checkpoint?.job ? step.checkpoint.job(before.job) : before.job,
  marks: moveMarks(before.marks, step),
});

const moveMarks = (before: readonly Mark[], step: PhaseStep): readonly Mark[] => {
  const written = new Map((step.checkpoint?.marks ?? []).map((mark) => [mark.stream, mark]));
  const removed = new Set(step.checkpoint?.removedMarks ?? []);
  const kept = before.filter(({ stream }) => !written.has(stream) && !removed.has(stream));
  return [...kept, ...written.values()];
};
