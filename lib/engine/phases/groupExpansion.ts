import { createGroupBook, type GroupBook } from '../groupBook.js';
import type { PhaseStep, Slice } from '../slice.js';
import type { Edge } from '../stored.js';
import { closeGroups } from './closeGroups.js';
import { type GroupPlan, planGroups } from './groupPlan.js';
import { strikeGroups } from './strikeGroups.js';
import { touchMembers } from './touchMembers.js';

const groupsPerPage = 50;
/** Pages of due groups and of members, a thousand each, that are worked off between two checkpoints. */
const pagesPerStep = 20;

/** How far the expansion has come: a page of due groups, and within it one group's page of members. */
interface Place {
  readonly due: string | null;
  readonly groupId: string | null;
  readonly edges: string | null;
  /** Groups below groups became pending: the due ones are gone through once more. */
  readonly again: boolean;
}

const start: Place = { due: null, groupId: null, edges: null, again: false };

/**
 * Everybody below a pending group becomes pending, page by page, where the group gives its members something else than
 * when they last did; the group's own mark goes after its last page, unless somebody touched it meanwhile. Groups among
 * the members become pending too and have their turn in the same way, so that a change goes down as far as it alters
 * anything, and ends in a circle. A group that no longer leads to the application loses its edges as well. A cursor
 * stands for one page of one group: what a kill repeats is no more than that.
 */
export const expandGroups = async (slice: Slice, cursor: string | null): Promise<PhaseStep> => {
  const book = createGroupBook(slice.world.state);
  let place: Place | null = cursor === null ? start : readPlace(cursor);
  let struck: readonly string[] = [];
  for (let pages = 0; place !== null && struck.length === 0 && pages < pagesPerStep; ) {
    if (pages > 0 && slice.mustStop()) break;
    const worked: WorkedPage = await workOnPage(place, book, pagesPerStep - pages, slice);
    place = worked.next;
    pages += worked.pages;
    struck = worked.struck;
  }
  slice.forgetGroups();
  const next = place === null ? null : writePlace(place);
  return struck.length > 0 ? { next, checkpoint: strikeGroups(struck, slice) } : { next };
};

interface WorkedPage {
  readonly next: Place | null;
  /** Pages of due groups and of members. */
  readonly pages: number;
  /** Groups to be struck from their streams before anything else. */
  readonly struck: readonly string[];
}

/** One page of due groups; it ends within a group where so many pages of members were worked off. */
const workOnPage = async (place: Place, book: GroupBook, mostPages: number, slice: Slice): Promise<WorkedPage> => {
  const { objects, edges: edgesAbove } = slice.world.state;
  const due = await objects.listDue('group', slice.cycle.startedAt, place.due, groupsPerPage);
  const ids = due.rows.map((entry) => entry.id);
  const plans = await planGroups(ids, book, slice);
  const struck = plans.filter(({ step }) => step === 'strike').map(({ group }) => group.id);
  if (struck.length > 0) return { next: place, pages: 1, struck };
  const done: GroupPlan[] = [];
  let { again } = place;
  let pages = 1;
  let left: Place | null = null;
  for (const plan of beginWith(plans, place.groupId)) {
    const { id } = plan.group;
    let edges = id === place.groupId ? place.edges : null;
    let isDone = plan.step === 'close';
    while (!isDone && left === null) {
      if (pages > 1 && (pages > mostPages || slice.mustStop())) {
        left = { ...place, groupId: id, edges, again };
        break;
      }
      const page = await edgesAbove.list(id, edges);
      await touchMembers(page.rows, plan.step === 'expand', slice);
      again ||= page.rows.some(isGroup);
      pages += 1;
      edges = page.cursor;
      isDone = edges === null;
    }
    if (left) break;
    done.push(plan);
  }
  await closeGroups(done, slice);
  return { next: left ?? placeAfter(due.cursor, again), pages, struck: [] };
};

const isGroup = ({ childType }: Edge): boolean => childType === 'group';

/** The group that was being worked on comes first. */
const beginWith = (plans: readonly GroupPlan[], groupId: string | null): readonly GroupPlan[] => [
  ...plans.filter(({ group }) => group.id === groupId),
  ...plans.filter(({ group }) => group.id !== groupId),
];

const placeAfter = (due: string | null, again: boolean): Place | null => {
  if (due !== null) return { ...start, due, again };
  return again ? start : null;
};

const writePlace = ({ due, groupId, edges, again }: Place): string =>
  [again ? '1' : '0', due, groupId, edges].map((part) => (part === null ? '' : encodeURIComponent(part))).join('|');

const readPlace = (cursor: string): Place => {
  const [again, due, groupId, edges] = cursor.split('|').map((part) => (part === '' ? null : decodeURIComponent(part)));
  return { due: due ?? null, groupId: groupId ?? null, edges: edges ?? null, again: again === '1' };
};
