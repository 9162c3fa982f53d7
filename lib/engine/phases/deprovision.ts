import { guardRemovals } from '../deletionGuard.js';
import type { Phase, PhaseStep, Slice } from '../slice.js';
import type { StagedEntry } from '../state.js';
import { carryOutRemovals } from './carryOutRemovals.js';
import { holdRemovals } from './holdRemovals.js';

const removalsPerStep = 100;

/** After the users: removals that a row of the feed proved (blocked, deleted). */
export const deprovisionProvenPhase: Phase = (slice, cursor) =>
  deprovision(slice, cursor, (entry) => entry.provenByRow);

/** After everything: all that is staged. */
export const deprovisionPhase: Phase = (slice, cursor) => deprovision(slice, cursor, () => true);

/**
 * Staged removals: counted, guarded, and carried out one by one from fresh reads. Beyond the guard all that this cycle
 * staged is held for a person; what the first pass carried out counts with it and is not undone.
 */
const deprovision = async (
  slice: Slice,
  cursor: string | null,
  concerns: (entry: StagedEntry) => boolean,
): Promise<PhaseStep> => {
  const staged = await countStaged(slice);
  const open = staged.entries.filter(concerns);
  if (open.length === 0) return { next: null, ...(staged.held === 0 ? clearHeld(slice) : {}) };
  const verdict = guardRemovals({
    removals: staged.newlyStaged + (slice.cycle.counts['removalsCarriedOut'] ?? 0),
    linkedActive: slice.counters.linkedActive + (slice.cycle.counts['removalsCarriedOut'] ?? 0),
    threshold: slice.settings.deletionThreshold,
    thresholdPercent: slice.settings.deletionThresholdPercent,
  });
  if (verdict.kind === 'hold') {
    const tripping = open.filter((entry) => entry.state === 'staged' && entry.cycleId === slice.cycle.cycleId);
    return holdRemovals(tripping, verdict.reason, slice);
  }
  const after = cursor ?? '';
  const batch = open.filter(({ id }) => id > after).slice(0, removalsPerStep);
  const last = batch.at(-1);
  if (!last) return { next: null };
  await carryOutRemovals(batch, slice);
  return { next: last.id };
};

/** More than this is never carried out in one cycle without a person, so no more entries are kept. */
const countStaged = async (slice: Slice) => {
  const bound = Math.max(slice.settings.deletionThreshold, 1) + removalsPerStep * 10;
  const entries: StagedEntry[] = [];
  let newlyStaged = 0;
  let held = 0;
  let cursor: string | null = null;
  do {
    const page = await slice.world.state.objects.listStaged(cursor);
    for (const entry of page.rows) {
      if (entry.state === 'staged' && entry.cycleId === slice.cycle.cycleId) newlyStaged += 1;
      if (entry.state === 'held') held += 1;
      else if (entries.length < bound) entries.push(entry);
    }
    cursor = page.cursor;
  } while (cursor !== null);
  entries.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { entries, newlyStaged, held };
};

const heldReason = 'TooManyDeletes';

/** The status shows the guard as long as anything is held, and no longer. */
const clearHeld = (slice: Slice): Pick<PhaseStep, 'checkpoint'> =>
  slice.job.quarantine?.reason === heldReason
    ? { checkpoint: { job: (job) => (job.quarantine?.reason === heldReason ? { ...job, quarantine: null } : job) } }
    : {};
