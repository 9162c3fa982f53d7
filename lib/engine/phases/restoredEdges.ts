import { addVia, touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import type { Touch } from '../state.js';
import { memberRole, type ObjectRow } from '../stored.js';
import type { Subject } from '../subject.js';

/**
 * A user back from the recycle bin has its memberships again, but no group event tells (Graph, delta query on groups):
 * its edges become its direct memberships among the groups that a stream tracks. Whose memberships a replica that lags
 * does not show is left to the next cycle.
 */
export const restoreEdges = async (subjects: readonly Subject[], slice: Slice): Promise<readonly Subject[]> => {
  const restored = subjects.filter(({ life, source, stored }) => life === 'live' && source && stored.row.gone !== null);
  if (restored.length === 0 || slice.settings.scopeMode === 'all') return subjects;
  const { state, directory, clock } = slice.world;
  const tracked = new Map([...slice.marks.values()].flatMap((mark) => mark.groupIds.map((id) => [id, mark.round])));
  const asked = restored.map(({ stored }) => stored.row.id);
  const memberships = await directory.readMemberships(asked, slice.signal);
  const ids = asked.filter((id) => memberships.has(id));
  const unseen = new Set(asked.filter((id) => !memberships.has(id)));
  await state.objects.update(
    [...unseen].map((id) => ({ id, type: 'user', change: (row) => leave(row, clock.nowMs()) })),
  );
  const touches = ids.flatMap((id) => {
    const groups = (memberships.get(id) ?? []).filter((group) => tracked.has(group));
    return groups.map((group) => edgeTouch(id, group, tracked.get(group) ?? 0));
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
    .filter(({ stored }) => !left.has(stored.row.id) && !unseen.has(stored.row.id))
    .map((one) => ({ ...one, stored: now.get(one.stored.row.id) ?? one.stored }));
};

/** The stay in the recycle bin remains on record, so that the restore is noticed again. */
const leave = (row: ObjectRow, nowMs: number): ObjectRow =>
  touchRow({ ...row, pending: null }, 'restored', new Date(nowMs + 1).toISOString(), nowMs);

/** Nobody of ours: without link and edge, nothing about the user is kept or logged. */
const isStranger = (row: ObjectRow): boolean =>
  row.link === null && row.staged === null && Object.keys(row.via).length === 0;

const edgeTouch = (id: string, group: string, round: number): Touch => ({
  change: { id, type: 'user', change: (row) => (row.via[group] ? null : addVia(row, group, memberRole)) },
  upserts: [{ parent: group, child: id, childType: 'user', role: memberRole, round, missingSince: null }],
  removals: [],
});
