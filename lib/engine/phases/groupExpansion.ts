import type { PhaseStep, Slice } from '../slice.js';
import type { Edge } from '../stored.js';
import { closeGroups } from './closeGroups.js';
import { type GroupPlan, planGroups } from './groupPlan.js';
import { touchMembers } from './touchMembers.js';

const groupsPerPage = 50;
/** Pages of a group's edges, a thousand members each, that are worked off between two checkpoints. */
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
  const place = cursor === null ? start : readPlace(cursor);
  const due = await slice.world.state.objects.listDue('group', slice.cycle.startedAt, place.due, groupsPerPage);
  const ids = due.rows.map((entry) => entry.id);
  const plans = await planGroups(ids, slice);
  const done: GroupPlan[] = [];
  let { again } = place;
  let pages = 0;
  let left: Place | null = null;
  for (const plan of beginWith(plans, place.groupId)) {
    let edges = plan.group.id === place.groupId ? place.edges : null;
    do {
      if (plan.step === 'close') break;
      if (pages > 0 && (pages >= pagesPerStep || slice.mustStop())) {
        left = { ...place, groupId: plan.group.id, edges, again };
        break;
      }
      const page = await slice.world.state.edges.list(plan.group.id, edges);
      await touchMembers(page.rows, plan.step === 'expand', slice);
      again ||= page.rows.some(isGroup);
      pages += 1;
      edges = page.cursor;
    } while (edges !== null);
    if (left) break;
    done.push(plan);
  }
  await closeGroups(done, slice);
  if (ids.length > 0) slice.forgetGroups();
  return { next: nextCursor(left, due.cursor, again) };
};

const isGroup = ({ childType }: Edge): boolean => childType === 'group';

/** The group that was being worked on comes first. */
const beginWith = (plans: readonly GroupPlan[], groupId: string | null): readonly GroupPlan[] => [
  ...plans.filter(({ group }) => group.id === groupId),
  ...plans.filter(({ group }) => group.id !== groupId),
];

const nextCursor = (left: Place | null, due: string | null, again: boolean): string | null => {
  if (left) return writePlace(left);
  if (due !== null) return writePlace({ ...start, due, again });
  return again ? writePlace(start) : null;
};

const writePlace = ({ due, groupId, edges, again }: Place): string =>
  [again ? '1' : '0', due, groupId, edges].map((part) => (part === null ? '' : encodeURIComponent(part))).join('|');

const readPlace = (cursor: string): Place => {
  const [again, due, groupId, edges] = cursor.split('|').map((part) => (part === '' ? null : decodeURIComponent(part)));
  return { due: due ?? null, groupId: groupId ?? null, edges: edges ?? null, again: again === '1' };
};
