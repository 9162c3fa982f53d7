import type { Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import { appParent, memberRole, type ObjectRow, type Via } from '../stored.js';

/** The assignment list as it is now, as far as these users and any group need it. Memory grows with the groups only. */
export interface FreshAssignments {
  readonly userRoles: ReadonlyMap<string, readonly string[]>;
  readonly groupRoles: ReadonlyMap<string, readonly string[]>;
}

/** Reads the whole list once; rows of other users stream by. */
export const readFreshAssignments = async (userIds: ReadonlySet<string>, slice: Slice): Promise<FreshAssignments> => {
  const userRoles = new Map<string, string[]>();
  const groupRoles = new Map<string, string[]>();
  let link: string | null = null;
  do {
    const page = await slice.world.directory.listAssignments(link, slice.signal);
    for (const row of page.rows) {
      const roles = row.principalType === 'group' ? groupRoles : userRoles;
      if (row.principalType === 'user' && !userIds.has(row.principalId)) continue;
      roles.set(row.principalId, [...(roles.get(row.principalId) ?? []), row.roleId]);
    }
    link = page.next;
  } while (link !== null);
  return { userRoles, groupRoles };
};

/** The row with the edges that were read just now in place of the stored ones. */
export const withFreshEdges = (
  stored: StoredObject,
  fresh: FreshAssignments,
  memberOf: readonly string[],
): StoredObject => {
  const via: Record<string, Via> = {};
  const direct = fresh.userRoles.get(stored.row.id) ?? [];
  if (direct.length > 0) via[appParent] = rolesOf(direct);
  for (const group of memberOf) if (fresh.groupRoles.has(group)) via[group] = rolesOf([memberRole]);
  return { ...stored, row: { ...stored.row, via } satisfies ObjectRow };
};

const rolesOf = (roles: readonly string[]): Via =>
  Object.fromEntries(roles.map((role) => [role, { missingSince: null }]));
