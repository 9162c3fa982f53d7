import type { Mark } from '../control.js';
import { type GroupBook, readyGroups } from '../groupBook.js';
import { describeReach, leadsToApp, reachOf } from '../groupReach.js';
import { mustExpand } from '../groups/groupMarks.js';
import type { Slice } from '../slice.js';
import type { ObjectRow, Pending } from '../stored.js';
import { confirmNesting } from './confirmNesting.js';

/** What is to be done for a pending group. */
export interface GroupPlan {
  /** As it was read: a touch since then keeps it pending. */
  readonly group: ObjectRow;
  readonly hasPath: boolean;
  /** What it gives its members now. */
  readonly reach: string;
  /**
   * expand: its members become pending; dissolve: its edges go as well; close: nobody below it is concerned. strike: no
   * stream may list it any more before its edges go, so that it is read anew where it ever leads to the application again.
   */
  readonly step: 'expand' | 'strike' | 'dissolve' | 'close';
}

/** The plans of these groups; one whose first round has not ended gets none yet and stays pending. */
export const planGroups = async (
  ids: readonly string[],
  book: GroupBook,
  slice: Slice,
): Promise<readonly GroupPlan[]> => {
  const { objects } = slice.world.state;
  const rows = await confirmNesting([...(await objects.read(ids)).values()], slice);
  // What the book has from earlier pages may be older: whoever changed since is pending, and has its turn again.
  book.put(rows);
  await book.load(rows.map(({ id }) => id));
  const ready = readyGroups(slice.marks.values());
  return rows.flatMap((group): GroupPlan[] => {
    if (!group.pending || !mustExpandNow(group.pending, slice)) return [];
    if (!leadsToApp(group.id, book.rowOf)) {
      return [{ group, hasPath: false, reach: '', step: isTracked(group.id, slice) ? 'strike' : 'dissolve' }];
    }
    // None of its edges grants anything yet, and all are looked at when its first round has ended.
    if (!ready.has(group.id)) return [];
    const reach = describeReach(group, reachOf(group.id, book.rowOf, ready));
    const isKnown = group.group?.reach === reach || isJustEnumerated(group.id, slice);
    return [{ group, hasPath: true, reach, step: isKnown ? 'close' : 'expand' }];
  });
};

/** Where groups themselves are provisioned, a mark may ask for nothing but that. */
const mustExpandNow = (pending: Pending, { groupMapping }: Slice): boolean =>
  groupMapping === null || mustExpand(pending);

/** The group's first round began and ended in this cycle: reading it has touched every member. */
const isJustEnumerated = (groupId: string, { marks, cycle }: Slice): boolean =>
  [...marks.values()].some(
    (mark: Mark) =>
      mark.readySince === cycle.cycleId && mark.roundStartedAt >= cycle.startedAt && mark.groupIds.includes(groupId),
  );

const isTracked = (groupId: string, { marks }: Slice): boolean =>
  [...marks.values()].some((mark) => mark.groupIds.includes(groupId));
