import type { DayWorld, Staff, Ways } from './dayWorld.js';
import { removalBudget } from './removalBudget.js';

export interface Departures {
  readonly blockedIds: readonly string[];
  readonly deleted: number;
  readonly deletedIds: readonly string[];
  readonly unassigned: number;
  /** The small group, if it was unassigned, and how many people lost their account by it. */
  readonly group: {
    readonly displayName: string;
    readonly people: number;
    /** Those of them who were in a group inside it. */
    readonly nested: number;
  } | null;
}

/**
 * People are blocked, deleted and unassigned, and a small group is unassigned. A removal that a row proves is carried
 * out a cycle before one that only a second complete list proves; each cycle's share stays below the guard.
 */
export const letPeopleGo = (day: DayWorld, staff: Staff, ways: Ways): Departures => {
  const { world, activeIds } = day;
  const { dir } = world.graph;
  const proven = removalBudget(activeIds.size);
  const leaving = staff.take(proven);
  const blocked = leaving.slice(0, Math.ceil(leaving.length / 2));
  const deleted = leaving.slice(blocked.length);
  for (const { id } of blocked) dir.updateUser(id, { accountEnabled: false });
  for (const { id } of deleted) dir.deleteUser(id);

  const unproven = removalBudget(activeIds.size - leaving.length);
  const group = unassignSmallGroup(day, unproven);
  const unassigned = staff.take(unproven - (group?.people ?? 0), ({ id }) => ways.isDirectOnly(id));
  for (const { id } of unassigned) {
    dir.unassign({ principalId: id, servicePrincipalId: world.servicePrincipalId });
  }
  return {
    blockedIds: blocked.map(({ id }) => id),
    deleted: deleted.length,
    deletedIds: deleted.map(({ id }) => id),
    unassigned: unassigned.length,
    group,
  };
};

const unassignSmallGroup = ({ world, tenant, activeIds }: DayWorld, budget: number): Departures['group'] => {
  const { smallGroup, smallNestedId } = tenant;
  if (smallGroup === null) return null;
  const { dir } = world.graph;
  const countActive = (groupId: string): number =>
    [...dir.members(groupId)].filter(({ id }) => activeIds.has(id)).length;
  const nested = smallNestedId === null ? 0 : countActive(smallNestedId);
  const people = countActive(smallGroup.id) + nested;
  if (people > budget) return null;
  dir.unassign({ principalId: smallGroup.id, servicePrincipalId: world.servicePrincipalId });
  return { displayName: smallGroup.displayName, people, nested };
};
