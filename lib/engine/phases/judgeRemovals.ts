import { type GuardVerdict, guardRemovals, sumOfDay } from '../deletionGuard.js';
import type { Slice } from '../slice.js';

/** Counted in a cycle: what it removed, released ones left out. */
export const carriedOutCount = 'removalsCarriedOut';

/**
 * Asks the guard with the job's figures. `newlyStaged`: users whose removal waits; whoever would empty or delete a group
 * adds one for each such group.
 */
export const judgeRemovals = (slice: Slice, newlyStaged: number): GuardVerdict =>
  guardRemovals({
    newlyStaged,
    carriedOut: slice.cycle.counts[carriedOutCount] ?? 0,
    carriedOutToday: sumOfDay(slice.removals, slice.world.clock.nowMs()),
    linkedActive: slice.counters.linkedActive,
    threshold: slice.settings.deletionThreshold,
    thresholdPercent: slice.settings.deletionThresholdPercent,
    thresholdDaily: slice.settings.deletionThresholdDaily,
  });
