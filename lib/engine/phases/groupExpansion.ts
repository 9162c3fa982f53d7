import { mustExpand } from '../groups/groupMarks.js';
import { recordOfUnmappedGroup } from '../recordOfGroup.js';
import { touchRow } from '../rows.js';
import type { PhaseStep, Slice } from '../slice.js';
import { appParent, type Edge, memberRole, type ObjectRow, type Pending } from '../stored.js';

const groupsPerPage = 50;

/**
 * Every user below a pending group becomes pending, page by page; the group's own mark goes after its last page, unless
 * somebody touched it meanwhile. A group that no longer leads to the application loses its edges as well.
 */
export const expandGroups = async (slice: Slice, cursor: string | null): Promise<PhaseStep> => {
  const { state } = slice.world;
  const due = await state.objects.listDue('group', slice.cycle.startedAt, cursor, groupsPerPage);
  const rows = await state.objects.read(due.rows.map((entry) => entry.id));
  const expanded: ObjectRow[] = [];
  for (const { row } of rows.values()) {
    if (row.pending && mustExpandNow(row.pending, slice) && (await expandGroup(row, slice))) expanded.push(row);
  }
  await closeGroups(expanded, slice);
  if (due.rows.length > 0) slice.forgetGroups();
  return { next: due.cursor };
};

/** Where groups themselves are provisioned, a mark may ask for nothing but that. */
const mustExpandNow = (pending: Pending, { groupMapping }: Slice): boolean =>
  groupMapping === null || mustExpand(pending);

/** False: it is to be expanded later. */
const expandGroup = async (group: ObjectRow, slice: Slice): Promise<boolean> => {
  const hasPath = isAssigned(group);
  // Its first round has not ended: none of its edges grants anything yet, and all are looked at when it has.
  if (hasPath && !isReady(group.id, slice)) return false;
  const { state } = slice.world;
  let cursor: string | null = null;
  if (!(hasPath && isJustEnumerated(group.id, slice))) {
    do {
      const page = await state.edges.list(group.id, cursor);
      await touchChildren(page.rows, hasPath, slice);
      cursor = page.cursor;
    } while (cursor !== null);
  }
  return true;
};

const isAssigned = (group: ObjectRow): boolean => group.via[appParent] !== undefined;

/** What of the groups themselves is to be told, and then that they are done, unless somebody touched them meanwhile. */
const closeGroups = async (groups: readonly ObjectRow[], slice: Slice): Promise<void> => {
  const { world, cycle } = slice;
  const { redact } = await slice.provisionContext([]);
  const records = groups
    .filter((group) => slice.groupMapping === null && isAssigned(group) && group.gone === null)
    .map((group) => {
      const context = { world, cycleId: cycle.cycleId, recordId: world.newId(), redact };
      return recordOfUnmappedGroup(group, context, world.clock.nowMs());
    });
  const objects = groups.map((group) => ({
    id: group.id,
    type: 'group' as const,
    change: (row: ObjectRow): ObjectRow | null => {
      if (!row.pending || row.pending.touch > (group.pending?.touch ?? 0)) return null;
      const hasPath = isAssigned(group);
      // Its members are looked at; the group itself is next.
      if (slice.groupMapping !== null && (hasPath || row.link !== null)) {
        return { ...row, pending: { ...row.pending, reason: 'seen' } };
      }
      return { ...row, pending: null, group: hasPath ? row.group : null, gone: hasPath ? row.gone : null };
    },
  }));
  if (groups.length > 0) await world.state.commit({ records, objects }, null);
};

const isReady = (groupId: string, slice: Slice): boolean =>
  [...slice.marks.values()].some((mark) => mark.readySince !== null && mark.groupIds.includes(groupId));

/** The group's first round began and ended in this cycle: reading it has touched every member. */
const isJustEnumerated = (groupId: string, { marks, cycle }: Slice): boolean =>
  [...marks.values()].some(
    (mark) =>
      mark.readySince === cycle.cycleId && mark.roundStartedAt >= cycle.startedAt && mark.groupIds.includes(groupId),
  );

const touchChildren = async (edges: readonly Edge[], keepEdges: boolean, slice: Slice): Promise<void> => {
  const nowMs = slice.world.clock.nowMs();
  const touches = edges.map((edge) => ({
    change: {
      id: edge.child,
      type: edge.childType,
      change: (row: ObjectRow) => {
        const kept = keepEdges ? row : withoutParent(row, edge.parent);
        return touchRow(kept, 'assignment', slice.cycle.startedAt, nowMs);
      },
    },
    upserts: [],
    removals: keepEdges ? [] : [edge],
  }));
  if (touches.length > 0) await slice.world.state.commit({ touches }, null);
};

const withoutParent = (row: ObjectRow, parent: string): ObjectRow => {
  const { [parent]: edge, ...via } = row.via;
  return edge?.[memberRole] === undefined ? row : { ...row, via };
};
