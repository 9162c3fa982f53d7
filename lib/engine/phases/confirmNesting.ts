import { doubtfulParents } from '../doubtfulEdges.js';
import { readyGroups } from '../groupBook.js';
import { groupParents } from '../groupReach.js';
import { edgesOfMember, memberEdge } from '../memberEdge.js';
import { addVia, removeVia } from '../rows.js';
import type { Slice } from '../slice.js';
import type { StoredObject, Touch } from '../state.js';
import { memberRole, type ObjectRow } from '../stored.js';

/**
 * Memberships of groups in groups that a call on demand saw before a stream did, or did not see any more, and those that a
 * stream left in doubt: the directory is asked about them, and they stay or go. A group that is gone for good is a
 * member of nothing, whether or not a stream of the groups above it ever says so. Gives the rows as they are then.
 */
export const confirmNesting = async (groups: readonly StoredObject[], slice: Slice): Promise<readonly ObjectRow[]> => {
  const { state, directory } = slice.world;
  const rows = groups.map(({ row }) => row);
  const ready = readyGroups(slice.marks.values());
  const doubtful = rows.flatMap((row) => {
    const parents = doubtfulParents(row, (id) => ready.has(id), slice.cycle.cycleId);
    return parents.length > 0 && row.gone === null ? [{ row, parents }] : [];
  });
  const shown =
    doubtful.length === 0
      ? new Map<string, readonly string[]>()
      : await directory.readGroupMemberships(
          doubtful.map(({ row }) => row.id),
          slice.signal,
        );
  const touches = [
    ...doubtful.flatMap(({ row, parents }) => settle(row, parents, shown.get(row.id), slice)),
    ...rows
      .filter(({ gone }) => gone?.reason === 'deleted')
      .flatMap((row) => groupParents(row).map((id) => left(row, id))),
  ];
  if (touches.length === 0) return rows;
  await state.commit({ touches }, null);
  const now = await state.objects.read(rows.map(({ id }) => id));
  return rows.map((row) => now.get(row.id)?.row ?? row);
};

/** A group that was doubted in an earlier cycle and is still not shown has been deleted; its edges stay for its restore. */
const settle = (
  row: ObjectRow,
  parents: readonly string[],
  shown: readonly string[] | undefined,
  slice: Slice,
): readonly Touch[] => {
  if (!shown) return isDoubted(row, parents) ? [deleted(row, parents, slice)] : [];
  const rounds = new Map([...slice.marks.values()].flatMap((mark) => mark.groupIds.map((id) => [id, mark.round])));
  return parents.map((parent) =>
    shown.includes(parent) ? stays(row, parent, rounds.get(parent) ?? 0) : left(row, parent),
  );
};

const stays = ({ id, type }: ObjectRow, parent: string, round: number): Touch => ({
  change: { id, type, change: (row) => addVia(row, parent, memberRole) },
  upserts: edgesOfMember(memberEdge(parent, { id, type }, round)),
  removals: [],
});

const left = ({ id, type }: ObjectRow, parent: string): Touch => ({
  change: { id, type, change: (row) => removeVia(row, parent, memberRole) },
  upserts: [],
  removals: [memberEdge(parent, { id, type }, 0)],
});

const isDoubted = (row: ObjectRow, parents: readonly string[]): boolean =>
  parents.some((parent) => row.via[parent]?.[memberRole]?.doubtedIn !== undefined);

const deleted = ({ id, type }: ObjectRow, parents: readonly string[], slice: Slice): Touch => {
  const since = new Date(slice.world.clock.nowMs()).toISOString();
  const settled = (row: ObjectRow): ObjectRow => parents.reduce((now, one) => addVia(now, one, memberRole), row);
  const change = (row: ObjectRow): ObjectRow => ({ ...settled(row), gone: row.gone ?? { reason: 'changed', since } });
  return { change: { id, type, change }, upserts: [], removals: [] };
};
