import { managedDomain } from '../startSimulators.js';
import { assignRole } from '../tenant/placement.js';
import type { AssignedGroup } from '../tenant/seededTenant.js';
import type { DayWorld } from './dayWorld.js';
import type { Departures } from './leavers.js';

/** What happened to groups and to who reports to whom. */
export interface GroupChanges {
  /** A group's old name and its new one; null in a tenant without groups. */
  readonly renamed: { readonly from: string; readonly to: string } | null;
  /** People who went from one assigned group into another. */
  readonly moved: number;
  /** Hired to lead people who are there already, and assigned in the afternoon only. */
  readonly lateManagerId: string | null;
  readonly reports: number;
}

const movingMost = 3;
const reportsMost = 3;

/** A group is renamed, some go from one group into another, and some get a manager who has no account yet. */
export const changeGroups = (day: DayWorld): GroupChanges => {
  const [first, second] = day.tenant.groups;
  const renamed = first === undefined ? null : rename(day, first);
  const moved = first === undefined || second === undefined ? 0 : move(day, first, second);
  return { renamed, moved, ...hireManager(day) };
};

const rename = ({ world }: DayWorld, { id, displayName: from }: AssignedGroup) => {
  const to = `${from} (worldwide)`;
  world.graph.dir.updateGroup(id, { displayName: to });
  return { from, to };
};

/** Whoever moves stays in scope all the time, through one group or the other. */
const move = (day: DayWorld, from: AssignedGroup, to: AssignedGroup): number => {
  const { activeIds } = day;
  const { dir } = day.world.graph;
  const inOther = new Set([...dir.members(to.id)].map(({ id }) => id));
  const moving = [...dir.members(from.id)].filter(
    ({ id, type }) => type === 'user' && activeIds.has(id) && !inOther.has(id) && isThere(day, id),
  );
  // The last one stays, so that no group is emptied.
  for (const { id } of moving.slice(0, Math.min(movingMost, moving.length - 1))) {
    dir.addMember(to.id, id);
    dir.removeMember(from.id, id);
  }
  return Math.max(0, Math.min(movingMost, moving.length - 1));
};

/** Not deleted this morning: whoever was keeps their memberships. */
const isThere = ({ world }: DayWorld, id: string): boolean => world.graph.dir.user(id)?.deletedAtMs === null;

const hireManager = (day: DayWorld): Pick<GroupChanges, 'lateManagerId' | 'reports'> => {
  const { tenant, activeIds } = day;
  const { dir } = day.world.graph;
  const reports = [...activeIds].filter((id) => isThere(day, id)).slice(0, reportsMost);
  if (reports.length === 0) return { lateManagerId: null, reports: 0 };
  const { alias, givenName, surname, displayName } = tenant.names.draw();
  const address = `${alias}@${managedDomain}`;
  const lateManagerId = dir.createUser({ userPrincipalName: address, mail: address, givenName, surname, displayName });
  for (const id of reports) dir.setManager(id, lateManagerId);
  return { lateManagerId, reports: reports.length };
};

/** How many arrived or came back in the afternoon. */
export interface LateArrivals {
  readonly managers: number;
  readonly restored: number;
}

/** The manager whom people report to since the morning is assigned, and one who was deleted is restored. */
export const bringLateArrivals = (
  { world }: DayWorld,
  { lateManagerId }: GroupChanges,
  { deletedIds }: Departures,
): LateArrivals => {
  if (lateManagerId !== null) assignRole(world, lateManagerId, 'Licensed');
  const [leaver] = deletedIds;
  if (leaver !== undefined) world.graph.dir.restoreUser(leaver);
  return { managers: lateManagerId === null ? 0 : 1, restored: leaver === undefined ? 0 : 1 };
};
