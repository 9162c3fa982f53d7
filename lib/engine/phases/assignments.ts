import { type AssignmentList, compareAssignments, createAssignmentList } from '../assignmentList.js';
import { ingestionInterrupted } from '../faults.js';
import { watchLinks } from '../linkWalk.js';
import { type AssignmentRow, FaultError } from '../model.js';
import { addVia, markViaMissing, removeVia, touchRow } from '../rows.js';
import type { Phase, Slice } from '../slice.js';
import type { Touch } from '../state.js';
import { appParent, type Edge, type ObjectRow } from '../stored.js';

const touchesPerCommit = 500;

/** Counted in a cycle whose list was empty and accepted: what it removes was released by a person. */
export const emptyListAccepted = 'emptyListAccepted';

/**
 * Reads the whole assignment list and makes the edges `app → principal` agree with it. A list that equals the last
 * complete one costs no table operation. A row missing from a complete list is only marked; it goes when a complete list
 * of a later cycle lacks it too. An empty list removes nobody, unless somebody accepted it: then its edges go at once, and
 * the removals that follow count as released.
 */
export const assignmentsPhase: Phase = async (slice) => {
  if (slice.settings.scopeMode === 'all') return { next: null };
  const list = await readTwiceIfEmpty(slice);
  const digest = list.close();
  const { job, cycle } = slice;
  const isAsBefore = job.assignmentsDigest === digest && !job.assignmentsMissing;
  if (isAsBefore && cycle.kind !== 'initial' && !job.forced) return { next: null };
  const isEmptied = list.length === 0 && (await hasStoredEdges(slice));
  if (isEmptied && !job.forced) throw new FaultError(ingestionInterrupted);
  if (isEmptied) slice.count(emptyListAccepted, 1);
  const missing = await applyDifferences(list, isEmptied, slice);
  slice.forgetGroups();
  return {
    next: null,
    // Whoever wrote an edge meanwhile has put another digest there: then the next cycle compares again.
    checkpoint: {
      job: (row) => ({
        ...row,
        assignmentsDigest: row.assignmentsDigest === job.assignmentsDigest ? digest : row.assignmentsDigest,
        assignmentsMissing: missing,
        forced: null,
      }),
    },
  };
};

/** An empty answer is asked for again: whole lists have been seen to come empty once. */
const readTwiceIfEmpty = async (slice: Slice): Promise<AssignmentList> => {
  const list = await readAssignments(slice);
  return list.length === 0 ? readAssignments(slice) : list;
};

/** The listing is not divided among slices: it only reads, and half a list proves nothing. */
const readAssignments = async (slice: Slice): Promise<AssignmentList> => {
  const list = createAssignmentList();
  const watch = watchLinks();
  let link: string | null = null;
  do {
    const page = await slice.world.directory.listAssignments(link, slice.signal);
    for (const row of page.rows) list.add(row);
    link = watch(page.next);
  } while (link !== null);
  return list;
};

const hasStoredEdges = async (slice: Slice): Promise<boolean> =>
  (await slice.world.state.edges.list(appParent, null)).rows.length > 0;

/** Walks list and stored edges side by side. Returns whether a stored edge is now missing from the list. */
const applyDifferences = async (list: AssignmentList, isAccepted: boolean, slice: Slice): Promise<boolean> => {
  let touches: Touch[] = [];
  let isAnyMissing = false;
  const write = async (touch: Touch): Promise<void> => {
    touches.push(touch);
    if (touches.length < touchesPerCommit) return;
    await slice.world.state.commit({ touches }, null);
    touches = [];
  };
  let index = 0;
  for await (const edge of storedEdges(slice)) {
    const stored: AssignmentRow = { principalId: edge.child, principalType: edge.childType, roleId: edge.role };
    while (index < list.length && compareAssignments(list.at(index), stored) < 0) {
      await write(added(list.at(index), slice));
      index += 1;
    }
    if (index < list.length && compareAssignments(list.at(index), stored) === 0) {
      if (edge.missingSince !== null) await write(added(stored, slice));
      index += 1;
    } else if (!isAccepted && (edge.missingSince === null || edge.missingSince === slice.cycle.cycleId)) {
      isAnyMissing = true;
      await write(missing(edge, slice));
    } else {
      await write(removed(edge, slice));
    }
  }
  for (; index < list.length; index += 1) await write(added(list.at(index), slice));
  if (touches.length > 0) await slice.world.state.commit({ touches }, null);
  return isAnyMissing;
};

/** The walk writes behind itself only, so pages read ahead stay true. */
async function* storedEdges(slice: Slice): AsyncGenerator<Edge> {
  let cursor: string | null = null;
  do {
    const page = await slice.world.state.edges.list(appParent, cursor);
    yield* page.rows;
    cursor = page.cursor;
  } while (cursor !== null);
}

const touchOf = (
  row: AssignmentRow,
  change: (row: ObjectRow) => ObjectRow,
  edges: Pick<Touch, 'upserts' | 'removals'>,
): Touch => ({
  change: { id: row.principalId, type: row.principalType, change },
  ...edges,
});

const added = (row: AssignmentRow, slice: Slice): Touch => {
  slice.count('entered', row.principalType === 'user' ? 1 : 0);
  const edge: Edge = {
    parent: appParent,
    child: row.principalId,
    childType: row.principalType,
    role: row.roleId,
    round: 0,
    missingSince: null,
  };
  return touchOf(row, (object) => touch(addVia(object, appParent, row.roleId), slice), {
    upserts: [edge],
    removals: [],
  });
};

/** It still counts: nobody is evaluated for it. */
const missing = (edge: Edge, slice: Slice): Touch =>
  touchOf(
    { principalId: edge.child, principalType: edge.childType, roleId: edge.role },
    (object) => markViaMissing(object, appParent, edge.role, slice.cycle.cycleId),
    { upserts: [{ ...edge, missingSince: slice.cycle.cycleId }], removals: [] },
  );

const removed = (edge: Edge, slice: Slice): Touch =>
  touchOf(
    { principalId: edge.child, principalType: edge.childType, roleId: edge.role },
    (object) => touch(removeVia(object, appParent, edge.role), slice),
    { upserts: [], removals: [edge] },
  );

const touch = (object: ObjectRow, slice: Slice): ObjectRow =>
  touchRow(object, 'assignment', slice.cycle.startedAt, slice.world.clock.nowMs());
