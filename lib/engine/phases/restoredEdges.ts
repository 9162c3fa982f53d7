import { doubtfulParents } from '../doubtfulEdges.js';
import { addVia, removeVia } from '../rows.js';
import type { Slice } from '../slice.js';
import type { Touch } from '../state.js';
import { type Edge, memberRole, type ObjectRow, type ViaRole } from '../stored.js';
import type { Subject } from '../subject.js';

/**
 * A user back from the recycle bin has its memberships again, but no group event tells (Graph, delta query on groups):
 * its edges become its direct memberships among the groups that a stream tracks. So it is with edges that a call on
 * demand saw before the stream did, or did not see any more: they are asked for, and stay or go.
 */
export const restoreEdges = async (subjects: readonly Subject[], slice: Slice): Promise<readonly Subject[]> => {
  const ready = new Set([...slice.marks.values()].flatMap((mark) => (mark.readySince === null ? [] : mark.groupIds)));
  const doubtfulOf = (row: ObjectRow): readonly string[] => doubtfulParents(row, (group) => ready.has(group));
  const restored = subjects.filter(
    ({ life, source, stored }) =>
      life === 'live' && source && (stored.row.gone !== null || doubtfulOf(stored.row).length > 0),
  );
  if (restored.length === 0 || slice.settings.scopeMode === 'all') return subjects;
  const { state, directory } = slice.world;
  const tracked = new Map([...slice.marks.values()].flatMap((mark) => mark.groupIds.map((id) => [id, mark.round])));
  const ids = restored.map(({ stored }) => stored.row.id);
  const memberships = await directory.readMemberships(ids, slice.signal);
  const touches = restored.flatMap(({ stored: { row } }) => {
    const groups = memberships.get(row.id);
    if (!groups) return [];
    const doubtful = doubtfulOf(row);
    const present = groups.filter((group) => tracked.has(group) || doubtful.includes(group));
    return [
      ...present.map((group) => edgeTouch(row.id, group, tracked.get(group) ?? 0)),
      ...doubtful.filter((group) => !groups.includes(group)).map((group) => goneTouch(row.id, group)),
    ];
  });
  if (touches.length > 0) await state.commit({ touches }, null);
  const now = await state.objects.read(ids);
  const strangers = [...now.values()].filter(({ row }) => isStranger(row));
  await state.objects.update(
    strangers.map((known) => ({
      id: known.row.id,
      type: 'user',
      known,
      change: (row) => (isStranger(row) ? { ...row, gone: null, eval: null } : null),
    })),
  );
  const left = new Set(strangers.map(({ row }) => row.id));
  return subjects
    .filter((one) => !left.has(one.stored.row.id))
    .map((one) => ({ ...one, stored: now.get(one.stored.row.id) ?? one.stored }));
};

/** Nobody of ours: without link and edge, nothing about the user is kept or logged. */
const isStranger = (row: ObjectRow): boolean =>
  row.link === null && row.staged === null && Object.keys(row.via).length === 0;

const edgeOf = (id: string, group: string, round: number): Edge => ({
  parent: group,
  child: id,
  childType: 'user',
  role: memberRole,
  round,
  missingSince: null,
});

const isPlain = (role: ViaRole | undefined): boolean =>
  role !== undefined && role.missingSince === null && role.seenOnDemand !== true;

const edgeTouch = (id: string, group: string, round: number): Touch => ({
  change: {
    id,
    type: 'user',
    change: (row) => (isPlain(row.via[group]?.[memberRole]) ? null : addVia(row, group, memberRole)),
  },
  upserts: [edgeOf(id, group, round)],
  removals: [],
});

const goneTouch = (id: string, group: string): Touch => ({
  change: { id, type: 'user', change: (row) => removeVia(row, group, memberRole) },
  upserts: [],
  removals: [edgeOf(id, group, 0)],
});
