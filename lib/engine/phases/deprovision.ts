import { guardRemovals } from '../deletionGuard.js';
import type { Phase, PhaseStep, Slice } from '../slice.js';
import type { StagedEntry } from '../state.js';
import { emptyListAccepted } from './assignments.js';
import { carryOutRemovals } from './carryOutRemovals.js';
import { holdRemovals, tellHeld } from './holdRemovals.js';
import { listNewlyStaged, surveyStaged } from './stagedRemovals.js';

const removalsPerStep = 100;

/** After the users: removals that a row of the feed proved (blocked, deleted). */
export const deprovisionProvenPhase: Phase = (slice, cursor) =>
  deprovision(slice, cursor, (entry) => entry.provenByRow);

/** After everything: all that is staged. */
export const deprovisionPhase: Phase = (slice, cursor) => deprovision(slice, cursor, () => true);

/** The guard tripped: what is newly staged is held, page by page. */
const holding = 'hold';

/**
 * Staged removals: counted, guarded, and carried out one by one from fresh reads. Beyond the guard all that was newly
 * staged is held for a person; what the first pass carried out counts with it and is not undone.
 */
const deprovision = async (
  slice: Slice,
  cursor: string | null,
  concerns: (entry: StagedEntry) => boolean,
): Promise<PhaseStep> => {
  if (cursor === holding) return holdNext(slice);
  const after = cursor ?? '';
  const staged = await surveyStaged(slice, (entry) => concerns(entry) && entry.id > after, removalsPerStep);
  const last = staged.first.at(-1);
  if (!last) return { next: null, ...(staged.held === 0 ? clearHeld(slice) : {}) };
  const carriedOut = slice.cycle.counts.removalsCarriedOut ?? 0;
  const verdict = guardRemovals({
    removals: staged.newlyStaged + carriedOut,
    linkedActive: slice.counters.linkedActive + carriedOut,
    threshold: slice.settings.deletionThreshold,
    thresholdPercent: slice.settings.deletionThresholdPercent,
  });
  const isReleased = (slice.cycle.counts[emptyListAccepted] ?? 0) > 0;
  if (verdict.kind === 'hold' && staged.newlyStaged > 0 && !isReleased) return holdNext(slice);
  const isDone = await carryOutRemovals(staged.first, slice);
  const done = staged.first.length;
  return isDone ? { next: last.id, units: { done, left: staged.concerned - done } } : { next: after };
};

const holdNext = async (slice: Slice): Promise<PhaseStep> => {
  const entries = await listNewlyStaged(slice);
  if (entries.length > 0) return { next: holding, ...(await holdRemovals(entries, slice)) };
  await tellHeld(slice);
  return { next: null };
};

const heldReason = 'TooManyDeletes';

/** The status shows the guard as long as anything is held, and no longer. */
const clearHeld = (slice: Slice): Pick<PhaseStep, 'checkpoint'> =>
  slice.job.quarantine?.reason === heldReason
    ? { checkpoint: { job: (job) => (job.quarantine?.reason === heldReason ? { ...job, quarantine: null } : job) } }
    : {};
