import type { Units } from './control.js';

/** What a step of a phase did. `left`: how many users are known to remain; absent leaves the total as it is. */
export interface UnitsStep {
  readonly done: number;
  readonly left?: number | null;
}

/** How much the latest step says of the pace: cycles speed up and slow down with the target's limits. */
const latestWeight = 0.3;

/** Progress after a step that took `elapsedMs`. The total never falls below what is done. */
export const advanceUnits = (before: Units, step: UnitsStep | undefined, elapsedMs: number): Units => {
  if (!step) return before;
  const done = before.done + step.done;
  const total = step.left === undefined ? before.total : step.left === null ? null : done + step.left;
  return {
    done,
    total: total === null ? null : Math.max(total, done),
    msEach: step.done === 0 ? before.msEach : paceAfter(before.msEach, elapsedMs / step.done),
  };
};

const paceAfter = (before: number | null, latest: number): number =>
  before === null ? latest : before * (1 - latestWeight) + latest * latestWeight;
