import { createGroupBook } from '../groupBook.js';
import { groupParents } from '../groupReach.js';
import { markViaMissing, touchRow } from '../rows.js';
import { isMissing } from '../scope.js';
import type { Touch } from '../state.js';
import { memberRole, type ObjectRow } from '../stored.js';
import type { DemandBatch } from './demand.js';
import type { LiveUser } from './readLive.js';

/**
 * Marks edges between the groups above a user that are stored and were not seen: they give no account to who has none,
 * and the next cycle takes them away or believes them again. Edges of a group that was not looked at stay as they are.
 */
export const markUnseenNesting = async (live: LiveUser, row: ObjectRow, batch: DemandBatch): Promise<void> => {
  if (!batch.options.settings.nestedGroups) return;
  const { state, clock } = batch.options.world;
  const nowMs = clock.nowMs();
  const touches = (await readAbove(row, batch)).flatMap((group): readonly Touch[] => {
    const seen = live.nesting.parents.get(group.id);
    const unseen = groupParents(group).filter((id) => seen?.includes(id) === false && !isMissing(group.via[id] ?? {}));
    const mark = (now: ObjectRow): ObjectRow =>
      unseen
        .filter((parent) => now.via[parent]?.[memberRole])
        .reduce((before, parent) => markViaMissing(before, parent, memberRole, batch.call.id), now);
    const change = (now: ObjectRow): ObjectRow =>
      touchRow(mark(now), 'membership', new Date(nowMs).toISOString(), nowMs);
    return unseen.length > 0 ? [{ change: { id: group.id, type: 'group', change }, upserts: [], removals: [] }] : [];
  });
  if (touches.length > 0) await state.commit({ touches }, null);
};

/** The stored rows of the groups above a user. */
const readAbove = async (row: ObjectRow, { options }: DemandBatch): Promise<readonly ObjectRow[]> => {
  const book = createGroupBook(options.world.state);
  const ids = new Set(groupParents(row));
  await book.load(ids);
  for (const id of ids) for (const parent of parentsIn(book.rowOf(id))) ids.add(parent);
  return [...ids].flatMap((id) => book.rowOf(id) ?? []);
};

const parentsIn = (row: ObjectRow | undefined): readonly string[] => (row ? groupParents(row) : []);
