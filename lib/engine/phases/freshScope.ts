import { watchLinks } from '../linkWalk.js';
import type { Directory } from '../ports.js';
import type { StoredObject } from '../state.js';
import { appParent, memberRole, type ObjectRow, type Via } from '../stored.js';
import type { FreshPaths } from './freshPaths.js';

/** The assignment list as it is now, as far as these users and any group need it. Memory grows with the groups only. */
export interface FreshAssignments {
  readonly userRoles: ReadonlyMap<string, readonly string[]>;
  readonly groupRoles: ReadonlyMap<string, readonly string[]>;
  /** Not one row, of whatever principal. */
  readonly isEmpty: boolean;
}

/** Who reads the list, and for how long. */
export interface ListReader {
  readonly world: { readonly directory: Pick<Directory, 'listAssignments'> };
  readonly signal: AbortSignal;
}

/** Reads the whole list once; rows of other users stream by. */
export const readFreshAssignments = async (
  userIds: ReadonlySet<string>,
  { world, signal }: ListReader,
): Promise<FreshAssignments> => {
  const userRoles = new Map<string, string[]>();
  const groupRoles = new Map<string, string[]>();
  const watch = watchLinks();
  let link: string | null = null;
  let isEmpty = true;
  do {
    const page = await world.directory.listAssignments(link, signal);
    isEmpty &&= page.rows.length === 0;
    for (const row of page.rows) {
      const roles = row.principalType === 'group' ? groupRoles : userRoles;
      if (row.principalType === 'user' && !userIds.has(row.principalId)) continue;
      roles.set(row.principalId, [...(roles.get(row.principalId) ?? []), row.roleId]);
    }
    link = watch(page.next);
  } while (link !== null);
  return { userRoles, groupRoles, isEmpty };
};

/** The row with the edges that were read just now in place of the stored ones. */
export const withFreshEdges = (stored: StoredObject, fresh: FreshAssignments, paths: FreshPaths): StoredObject => {
  const via = freshEdges(stored.row.id, fresh, paths);
  return { ...stored, row: { ...stored.row, via } satisfies ObjectRow };
};

/** A user's edges towards the application, as they were read just now. */
export const freshEdges = (
  id: string,
  fresh: FreshAssignments,
  { groupRoles }: Pick<FreshPaths, 'groupRoles'>,
): ObjectRow['via'] => {
  const via: Record<string, Via> = {};
  const direct = fresh.userRoles.get(id) ?? [];
  if (direct.length > 0) via[appParent] = rolesOf(direct);
  for (const group of groupRoles.keys()) via[group] = rolesOf([memberRole]);
  return via;
};

const rolesOf = (roles: readonly string[]): Via =>
  Object.fromEntries(roles.map((role) => [role, { missingSince: null }]));
