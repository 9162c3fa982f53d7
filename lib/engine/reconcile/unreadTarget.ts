import type { Fault } from '../model.js';
import type { PhaseStep, Slice } from '../slice.js';

/** Counted in a cycle that could not compare everything: nothing is published, and the next cycle compares again. */
export const notCompared = 'notCompared';

/** Goes on at `here` when the target's wait is over (a daily limit); null where it asks for none. */
export const awaitTarget = ({ retry, retryAt }: Fault, here: string, slice: Slice): PhaseStep | null => {
  if (retry !== 'at' || retryAt === undefined) return null;
  slice.waitUntil(retryAt);
  return { next: here };
};

/** Gives the comparison up; the cycle goes on without it and shows why. */
export const abandon = (fault: Fault | null, slice: Slice): PhaseStep => {
  slice.count(notCompared, 1);
  return { next: 'tidy', ...(fault ? { fault } : {}) };
};
