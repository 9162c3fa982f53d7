import { isMissing } from './scope.js';
import { appParent, type ObjectRow, type Via } from './stored.js';

/** Rows of groups by id; undefined where nothing is known of the group. */
export type RowOfGroup = (groupId: string) => ObjectRow | undefined;

/** What the members of a group have from it. */
export interface Reach {
  /** Roles of every assigned group that is reached, itself included. */
  readonly roleIds: readonly string[];
  /** One of the paths at least has no edge that the last list or read lacked. */
  readonly isCertain: boolean;
  /** The assigned groups that are reached through others, in order of id. */
  readonly through: readonly string[];
}

/** Parents of a row that are groups. */
export const groupParents = (row: ObjectRow): readonly string[] =>
  Object.keys(row.via).filter((parent) => parent !== appParent);

/**
 * Whether an edge from this group gives its member anything: the group is there, is a security group, and its members
 * are known to the end, unless a call on demand saw this one (Entra assigns applications to security groups only).
 */
export const givesMember = (group: ObjectRow, edge: Via, ready: ReadonlySet<string>): boolean =>
  isGiving(group) && (ready.has(group.id) || Object.values(edge).some(({ seenOnDemand }) => seenOnDemand === true));

const isGiving = ({ gone, group }: ObjectRow): boolean => gone === null && group?.securityEnabled !== false;

/** The group and all above it over edges that may be followed, each once: groups may be members of one another in a circle. */
const walkUp = (
  groupId: string,
  rowOf: RowOfGroup,
  mayFollow: (parent: ObjectRow, edge: Via) => boolean,
): readonly ObjectRow[] => {
  const first = rowOf(groupId);
  const reached = new Map(first ? [[first.id, first]] : []);
  for (const row of reached.values()) {
    for (const id of groupParents(row)) {
      const parent = reached.has(id) ? undefined : rowOf(id);
      if (parent && mayFollow(parent, row.via[id] ?? {})) reached.set(id, parent);
    }
  }
  return [...reached.values()];
};

/** Whether any chain of edges, granting or not, leads from the group up to the application. */
export const leadsToApp = (groupId: string, rowOf: RowOfGroup): boolean =>
  walkUp(groupId, rowOf, () => true).some(({ via }) => via[appParent] !== undefined);

/** What the group would give its members, if it gives them anything itself. */
export const reachOf = (groupId: string, rowOf: RowOfGroup, ready: ReadonlySet<string>): Reach => {
  const reached = walkUp(groupId, rowOf, (parent, edge) => givesMember(parent, edge, ready));
  const assigned = reached.filter(({ via }) => via[appParent] !== undefined);
  const certain = walkUp(groupId, rowOf, (parent, edge) => givesMember(parent, edge, ready) && !isMissing(edge));
  return {
    roleIds: [...new Set(assigned.flatMap(({ via }) => Object.keys(via[appParent] ?? {})))].sort(),
    isCertain: certain.some(({ via }) => via[appParent] !== undefined && !isMissing(via[appParent])),
    through: assigned.flatMap(({ id }) => (id === groupId ? [] : [id])).sort(),
  };
};

/**
 * All that the members' scope takes from the group, as one text. While it stays the same nobody below the group has to
 * be looked at: also where the paths to the group changed.
 */
export const describeReach = (group: ObjectRow, { roleIds, isCertain }: Reach): string =>
  isGiving(group) && roleIds.length > 0 ? `${isCertain ? '' : '?'}${roleIds.join(',')}` : '';
