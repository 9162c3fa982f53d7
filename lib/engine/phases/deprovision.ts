import type { CycleState } from '../control.js';
import { guardRemovals } from '../deletionGuard.js';
import type { Phase, PhaseStep, Slice } from '../slice.js';
import type { StagedEntry, State } from '../state.js';
import type { ObjectRow } from '../stored.js';
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

/** The guard let these ids through: written before the first of them is touched, so that who resumes knows them. */
const carrying = 'carry|';

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
  if (cursor?.startsWith(carrying)) return carryOut(slice, cursor);
  const after = cursor ?? '';
  const staged = await surveyStaged(slice, (entry) => concerns(entry) && entry.id > after, removalsPerStep);
  if (staged.first.length === 0) return { next: null, ...(staged.held === 0 ? clearHeld(slice) : {}) };
  const carriedOut = slice.cycle.counts.removalsCarriedOut ?? 0;
  const verdict = guardRemovals({
    removals: staged.newlyStaged + carriedOut,
    linkedActive: slice.counters.linkedActive + carriedOut,
    threshold: slice.settings.deletionThreshold,
    thresholdPercent: slice.settings.deletionThresholdPercent,
  });
  if (verdict.kind === 'hold' && staged.newlyStaged > 0) return holdNext(slice);
  return { next: carrying + staged.first.map(({ id }) => encodeURIComponent(id)).join('|') };
};

const letThroughAt = (cursor: string): readonly string[] =>
  cursor.slice(carrying.length).split('|').map(decodeURIComponent);

const carryOut = async (slice: Slice, cursor: string): Promise<PhaseStep> => {
  const ids = letThroughAt(cursor);
  if (!(await carryOutRemovals(ids, slice))) return { next: cursor };
  slice.count('removalsCarriedOut', await countCarriedOut(ids, slice.cycle.cycleId, slice.world.state));
  return { next: ids.at(-1) ?? '' };
};

/** By the rows, so that what a worker did that died before its checkpoint counts as well. */
const countCarriedOut = async (
  ids: readonly string[],
  cycleId: string,
  { objects }: Pick<State, 'objects'>,
): Promise<number> => {
  const rows = await objects.read(ids);
  return ids.filter((id) => isCarriedOut(rows.get(id)?.row, cycleId)).length;
};

/** A deletion may leave no row at all. */
const isCarriedOut = (row: ObjectRow | undefined, cycleId: string): boolean =>
  !row?.link || (row.eval?.cycleId === cycleId && row.eval.outcome === 'removed');

/** What a cycle removed until now: for one that starts anew under the same id, whose guard must know it. */
export const countRemovals = async (cycle: CycleState, state: Pick<State, 'objects'>): Promise<number> => {
  const counted = cycle.counts['removalsCarriedOut'] ?? 0;
  return cycle.cursor?.startsWith(carrying)
    ? counted + (await countCarriedOut(letThroughAt(cycle.cursor), cycle.cycleId, state))
    : counted;
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
