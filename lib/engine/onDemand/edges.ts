import { edgesOfMember, memberEdge } from '../memberEdge.js';
import { markViaMissing, touchRow } from '../rows.js';
import { isMissing } from '../scope.js';
import type { StoredObject, Touch } from '../state.js';
import { appParent, type Edge, emptyRow, memberRole, type ObjectRow } from '../stored.js';
import type { DemandBatch } from './demand.js';
import type { LiveUser } from './readLive.js';
import { markUnseenNesting } from './unseenNesting.js';

/**
 * Stores the edges that were seen, as a cycle would: each with a pending mark, so that a crash before the evaluation
 * loses nobody. Gives the row as it is then. What is stored and was not seen stays as it is.
 */
export const storeSeenEdges = async (
  live: LiveUser,
  stored: StoredObject,
  batch: DemandBatch,
): Promise<StoredObject> => {
  const { id } = stored.row;
  const groups = await readGroups(live, batch);
  const edges = [
    ...[...groups.values()].flatMap((group) => [...newRoles(group, live), ...newNesting(group, live, batch)]),
    ...newEdges(stored.row, live, batch),
  ];
  if (edges.length === 0) return stored;
  const touchesApp = edges.some(({ parent }) => parent === appParent);
  // Before, so that a crash in between is seen; after, since a cycle may have compared in between.
  if (touchesApp) await batch.forgetDigest();
  await batch.options.world.state.commit({ touches: edges.map((edge) => seenTouch(edge, batch)) }, null);
  if (touchesApp) await batch.forgetDigest();
  return (await batch.options.world.state.objects.read([id])).get(id) ?? stored;
};

const readGroups = async (live: LiveUser, { options }: DemandBatch): Promise<ReadonlyMap<string, ObjectRow>> => {
  const ids = [...live.paths.parents.keys()];
  const rows = ids.length > 0 ? await options.world.state.objects.read(ids) : new Map<string, StoredObject>();
  return new Map(ids.map((id) => [id, rows.get(id)?.row ?? emptyRow(id, 'group')]));
};

const isStored = (row: ObjectRow, parent: string, role: string): boolean =>
  row.via[parent]?.[role]?.missingSince === null;

const edgeOf = (parent: string, child: Pick<ObjectRow, 'id' | 'type'>, role: string, round: number): Edge => ({
  parent,
  child: child.id,
  childType: child.type,
  role,
  round,
  missingSince: null,
});

const newRoles = (group: ObjectRow, live: LiveUser): readonly Edge[] =>
  (live.assignedRoles.get(group.id) ?? [])
    .filter((role) => !isStored(group, appParent, role))
    .map((role) => edgeOf(appParent, group, role, 0));

const newNesting = (group: ObjectRow, { paths }: LiveUser, { tracked }: DemandBatch): readonly Edge[] =>
  (paths.parents.get(group.id) ?? [])
    .filter((parent) => !isStored(group, parent, memberRole))
    .map((parent) => memberEdge(parent, group, tracked.get(parent)?.round ?? 0));

/** After a restore no feed tells of memberships: those in every group that a stream tracks are stored as well. */
const newEdges = (row: ObjectRow, live: LiveUser, { tracked }: DemandBatch): readonly Edge[] => {
  const restored = row.gone === null ? [] : (live.memberOf ?? []).filter((group) => tracked.has(group));
  const parents = new Map(Object.entries(live.via).map(([parent, roles]) => [parent, Object.keys(roles)]));
  for (const group of restored) parents.set(group, [memberRole]);
  return [...parents].flatMap(([parent, roles]) =>
    roles
      .filter((role) => !isStored(row, parent, role))
      .map((role) => edgeOf(parent, row, role, tracked.get(parent)?.round ?? 0)),
  );
};

const seenTouch = (edge: Edge, batch: DemandBatch): Touch => {
  const { parent, child, childType, role } = edge;
  const nowMs = batch.options.world.clock.nowMs();
  const isFirst = parent !== appParent && batch.tracked.get(parent)?.isReady !== true;
  return {
    change: {
      id: child,
      type: childType,
      change: (row) => {
        const seen = { missingSince: null, ...(isFirst ? { seenOnDemand: true as const } : {}) };
        const via = { ...row.via, [parent]: { ...row.via[parent], [role]: seen } };
        return touchRow({ ...row, via }, 'assignment', new Date(nowMs).toISOString(), nowMs);
      },
    },
    upserts: parent === appParent ? [edge] : edgesOfMember(edge),
    removals: [],
  };
};

/**
 * Marks edges that two reads did not show: they give no account to who has none, and the next cycle takes them away or
 * believes them again. The mark on the row sees to it that somebody looks.
 */
export const markUnseenEdges = async (live: LiveUser, row: ObjectRow, batch: DemandBatch): Promise<void> => {
  await markUnseenNesting(live, row, batch);
  const unseen = Object.entries(row.via).flatMap(([parent, roles]) =>
    isMissing(roles) ? [] : Object.keys(roles).flatMap((role) => (live.via[parent]?.[role] ? [] : [{ parent, role }])),
  );
  if (unseen.length === 0) return;
  const { world } = batch.options;
  const nowMs = world.clock.nowMs();
  const fromApp = unseen.filter(({ parent }) => parent === appParent);
  if (fromApp.length > 0) await batch.forgetDigest();
  const touch: Touch = {
    change: {
      id: row.id,
      type: 'user',
      change: (now) => {
        const marked = unseen
          .filter(({ parent, role }) => now.via[parent]?.[role])
          .reduce((before, { parent, role }) => markViaMissing(before, parent, role, batch.call.id), now);
        return touchRow(marked, 'assignment', new Date(nowMs).toISOString(), nowMs);
      },
    },
    upserts: fromApp.map(({ role }) => ({ ...edgeOf(appParent, row, role, 0), missingSince: batch.call.id })),
    removals: [],
  };
  await world.state.commit({ touches: [touch] }, null);
  if (fromApp.length > 0) await batch.forgetDigest();
};
