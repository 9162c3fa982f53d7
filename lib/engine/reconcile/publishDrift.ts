import type { PhaseStep, Slice } from '../slice.js';
import { driftCounts } from './countDrift.js';

/** Puts the new report in force, and the instant and the counts into the job. */
export const publishDrift = async (slice: Slice, next: string): Promise<PhaseStep> => {
  const { cycleId, counts } = slice.cycle;
  const at = new Date(slice.world.clock.nowMs()).toISOString();
  await slice.world.state.drift.publish({ cycleId, mode: slice.settings.reconcileMode, at });
  const found = Object.fromEntries(Object.values(driftCounts).map((key) => [key, counts[key] ?? 0]));
  return { next, checkpoint: { job: (job) => ({ ...job, reconciled: { cycleId, at, found } }) } };
};

/** Erases the report before, the listing, and what a cycle that came to no end had left. */
export const tidyDrift = async (slice: Slice): Promise<PhaseStep> => ({
  next: (await slice.world.state.drift.tidy()) ? 'tidy' : null,
});
