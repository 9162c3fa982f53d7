import type { Mark } from '../control.js';
import { groupParents } from '../groupReach.js';
import { doubtVia, removeVia, touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import type { Touch } from '../state.js';
import { type Edge, memberRole, type ObjectRow } from '../stored.js';
import { readParents } from './readParents.js';

/**
 * After a full enumeration: an edge that it did not show may be gone. Each is confirmed at the directory by the
 * member's own memberships. Edges of members in the recycle bin stay, since an enumeration may leave them out and a
 * restore brings no group event (Graph, delta query on groups); those of a group that is there itself stay as well. Of
 * who cannot be seen it is asked again in later cycles.
 */
export const sweepGroupEdges = async (mark: Mark, slice: Slice): Promise<void> => {
  for (const groupId of await findSweepable(mark, slice)) {
    let cursor: string | null = null;
    do {
      const page = await slice.world.state.edges.list(groupId, cursor);
      const unseen = page.rows.filter((edge) => edge.round !== mark.round);
      await confirmUnseen(unseen, slice);
      cursor = page.cursor;
    } while (cursor !== null);
  }
};

/** Whose members can be asked about. A nested group that is not shown may have been deleted: that is doubted first. */
const findSweepable = async ({ groupIds }: Mark, slice: Slice): Promise<readonly string[]> => {
  const { world, settings, signal } = slice;
  const rows = await world.state.objects.read(groupIds);
  const live = groupIds.filter((id) => rows.get(id)?.row.gone == null);
  const nested = live.filter((id) => isNested(rows.get(id)?.row));
  if (!settings.nestedGroups || nested.length === 0) return live;
  const shown = await world.directory.readGroupMemberships(nested, signal);
  const unseen = new Set(nested.filter((id) => !shown.has(id)));
  const touches = [...unseen].map((id): Touch => {
    const doubt = (row: ObjectRow): ObjectRow =>
      groupParents(row).reduce((now, parent) => doubtVia(now, parent, memberRole, slice.cycle.cycleId), row);
    const change = (row: ObjectRow): ObjectRow =>
      touchRow(doubt(row), 'membership', slice.cycle.startedAt, world.clock.nowMs());
    return { change: { id, type: 'group', change }, upserts: [], removals: [] };
  });
  if (touches.length > 0) await world.state.commit({ touches }, null);
  return live.filter((id) => !unseen.has(id));
};

const isNested = (row: ObjectRow | undefined): boolean => row !== undefined && groupParents(row).length > 0;

const confirmUnseen = async (edges: readonly Edge[], slice: Slice): Promise<void> => {
  if (edges.length === 0) return;
  const { state, clock } = slice.world;
  const rows = await state.objects.read(edges.map((edge) => edge.child));
  const asked = edges.filter((edge) => rows.get(edge.child)?.row.gone == null);
  const memberships = await readParents(
    asked.map(({ child, childType }) => ({ id: child, type: childType })),
    slice,
  );
  const touches = asked.flatMap((edge): Touch[] => {
    const groups = memberships.get(edge.child);
    if (groups?.includes(edge.parent)) return [];
    const settle = (row: ObjectRow): ObjectRow =>
      groups ? removeVia(row, edge.parent, memberRole) : doubtVia(row, edge.parent, memberRole, slice.cycle.cycleId);
    const change = {
      id: edge.child,
      type: edge.childType,
      change: (row: ObjectRow) => touchRow(settle(row), 'membership', slice.cycle.startedAt, clock.nowMs()),
    };
    return [{ change, upserts: [], removals: groups ? [edge] : [] }];
  });
  if (touches.length > 0) await state.commit({ touches }, null);
};
