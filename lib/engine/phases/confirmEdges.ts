import { doubtfulParents } from '../doubtfulEdges.js';
import { addVia, removeVia } from '../rows.js';
import type { Slice } from '../slice.js';
import type { Touch } from '../state.js';
import { type Edge, memberRole, type ObjectRow, type ViaRole } from '../stored.js';
import type { Subject } from '../subject.js';

/**
 * Edges that a call on demand saw before the group's stream did, or did not see any more, and edges that a stream left in
 * doubt: the directory is asked about them, and they stay or go. Of who cannot be seen nothing is known.
 */
export const confirmEdges = async (subjects: readonly Subject[], slice: Slice): Promise<readonly Subject[]> => {
  const ready = new Set([...slice.marks.values()].flatMap((mark) => (mark.readySince === null ? [] : mark.groupIds)));
  const doubtful = subjects.flatMap(({ life, source, stored: { row } }) => {
    const parents =
      life === 'live' && source ? doubtfulParents(row, (group) => ready.has(group), slice.cycle.cycleId) : [];
    return parents.length > 0 ? [{ id: row.id, parents }] : [];
  });
  if (doubtful.length === 0) return subjects;
  const { state, directory } = slice.world;
  const ids = doubtful.map(({ id }) => id);
  const memberships = await directory.readMemberships(ids, slice.signal);
  const rounds = new Map([...slice.marks.values()].flatMap((mark) => mark.groupIds.map((id) => [id, mark.round])));
  const touches = doubtful.flatMap(({ id, parents }) => {
    const groups = memberships.get(id);
    return (groups ? parents : []).map((parent) =>
      groups?.includes(parent) ? confirmed(edgeOf(parent, id, rounds.get(parent) ?? 0)) : gone(edgeOf(parent, id, 0)),
    );
  });
  if (touches.length > 0) await state.commit({ touches }, null);
  const now = await state.objects.read(ids);
  return subjects.map((one) => ({ ...one, stored: now.get(one.stored.row.id) ?? one.stored }));
};

const edgeOf = (parent: string, child: string, round: number): Edge => ({
  parent,
  child,
  childType: 'user',
  role: memberRole,
  round,
  missingSince: null,
});

const isPlain = (role: ViaRole | undefined): boolean =>
  role !== undefined && role.missingSince === null && role.seenOnDemand !== true && role.doubtedIn === undefined;

const confirmed = (edge: Edge): Touch => {
  const change = (row: ObjectRow): ObjectRow | null =>
    isPlain(row.via[edge.parent]?.[memberRole]) ? null : addVia(row, edge.parent, memberRole);
  return { change: { id: edge.child, type: 'user', change }, upserts: [edge], removals: [] };
};

const gone = (edge: Edge): Touch => ({
  change: { id: edge.child, type: 'user', change: (row) => removeVia(row, edge.parent, memberRole) },
  upserts: [],
  removals: [edge],
});
