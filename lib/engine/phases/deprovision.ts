import type { CycleState } from '../control.js';
import { hourOf } from '../deletionGuard.js';
import type { Phase, PhaseStep, Slice } from '../slice.js';
import type { StagedEntry, State } from '../state.js';
import type { ObjectRow } from '../stored.js';
import { emptyListAccepted } from './assignments.js';
import { carryOutRemovals } from './carryOutRemovals.js';
import { holdRemovals, tellHeld } from './holdRemovals.js';
import { carriedOutCount, judgeRemovals } from './judgeRemovals.js';
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
/** Before the id of one that a person released: it counts no more. Never the first character of an encoded id. */
const releasedSign = '+';

/**
 * Staged removals: counted, guarded, and carried out one by one from fresh reads. Beyond the guard all that was newly
 * staged is held for a person; what the first pass carried out counts with it and is not undone. What a person released
 * goes ahead all the same. While the target is down everything stays staged.
 */
const deprovision = async (
  slice: Slice,
  cursor: string | null,
  concerns: (entry: StagedEntry) => boolean,
): Promise<PhaseStep> => {
  if (slice.isTargetDown()) return { next: null };
  if (cursor === holding) return holdNext(slice);
  if (cursor?.startsWith(carrying)) return carryOut(slice, cursor);
  const after = cursor ?? '';
  const staged = await surveyStaged(slice, (entry) => concerns(entry) && entry.id > after, removalsPerStep);
  if (staged.first.length === 0) {
    if (slice.cycle.phase === 'deprovision') slice.count('stillHeld', staged.held);
    return { next: null };
  }
  const isAccepted = (slice.cycle.counts[emptyListAccepted] ?? 0) > 0;
  if (!isAccepted && judgeRemovals(slice, staged.newlyStaged).kind === 'hold') return holdNext(slice);
  const signOf = (entry: StagedEntry): string => (isAccepted || entry.state === 'released' ? releasedSign : '');
  return {
    next: carrying + staged.first.map((entry) => signOf(entry) + encodeURIComponent(entry.id)).join('|'),
    units: { done: 0, left: staged.concerned },
  };
};

interface LetThrough {
  readonly ids: readonly string[];
  /** Those that count for the guard. */
  readonly counted: readonly string[];
}

const letThroughAt = (cursor: string): LetThrough => {
  const signed = cursor.slice(carrying.length).split('|');
  const counted = signed.filter((id) => !id.startsWith(releasedSign));
  const plain = signed.map((id) => (id.startsWith(releasedSign) ? id.slice(releasedSign.length) : id));
  return { ids: plain.map(decodeURIComponent), counted: counted.map(decodeURIComponent) };
};

const carryOut = async (slice: Slice, cursor: string): Promise<PhaseStep> => {
  const { ids, counted } = letThroughAt(cursor);
  if (!(await carryOutRemovals(ids, slice))) return { next: cursor };
  const removed = await countCarriedOut(counted, slice.cycle.cycleId, slice.world.state);
  slice.count(carriedOutCount, removed);
  const hour = hourOf(slice.world.clock.nowMs());
  return {
    next: ids.at(-1) ?? '',
    units: { done: ids.length },
    ...(removed > 0 ? { checkpoint: { removals: { [hour]: (slice.removals[hour] ?? 0) + removed } } } : {}),
  };
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
  const counted = cycle.counts[carriedOutCount] ?? 0;
  return cycle.cursor?.startsWith(carrying)
    ? counted + (await countCarriedOut(letThroughAt(cycle.cursor).counted, cycle.cycleId, state))
    : counted;
};

/** When the last of them is held it is told, and what needs no guard goes on. */
const holdNext = async (slice: Slice): Promise<PhaseStep> => {
  const entries = await listNewlyStaged(slice);
  if (entries.length > 0) return { next: holding, ...(await holdRemovals(entries, slice)) };
  await tellHeld(slice);
  return { next: '' };
};
