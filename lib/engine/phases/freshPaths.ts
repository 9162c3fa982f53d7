import type { Directory } from '../ports.js';
import type { State } from '../state.js';

/** The groups above some people as the directory shows them now. */
export interface FreshNesting {
  /** Group → the groups that it is a direct member of; one that could not be seen has no entry. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** Groups that are known to be no security groups: they give their members nothing. */
  readonly withoutRights: ReadonlySet<string>;
}

/** A user's ways to the application through groups, as they were read just now. */
export interface FreshPaths {
  /** The groups that the user is a direct member of and that lead to the application, with the roles they bring. */
  readonly groupRoles: ReadonlyMap<string, readonly string[]>;
  /** Every group on such a way, with the groups on a way that it is a direct member of. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** A group above the user could not be seen: what is missing proves nothing. */
  readonly isIncomplete: boolean;
}

export const noPaths: FreshPaths = { groupRoles: new Map(), parents: new Map(), isIncomplete: false };

/** Nothing above the groups counts: only those that are assigned themselves. */
export const withoutNesting = (groupIds: Iterable<string>): FreshNesting => ({
  parents: new Map([...groupIds].map((id) => [id, []])),
  withoutRights: new Set(),
});

interface NestingReader {
  readonly world: {
    readonly directory: Pick<Directory, 'readGroupMemberships'>;
    readonly state: Pick<State, 'objects'>;
  };
  readonly signal: AbortSignal;
}

/**
 * Reads what is above these groups, level by level, each group once. The assigned groups are asked as well, since what
 * they are nested in may bring further roles.
 */
export const readNesting = async (
  groupIds: Iterable<string>,
  { world, signal }: NestingReader,
): Promise<FreshNesting> => {
  const parents = new Map<string, readonly string[]>();
  const asked = new Set<string>();
  let wanted = [...new Set(groupIds)];
  while (wanted.length > 0) {
    for (const id of wanted) asked.add(id);
    const level = await world.directory.readGroupMemberships(wanted, signal);
    for (const [id, above] of level) parents.set(id, above);
    wanted = [...new Set([...level.values()].flat())].filter((id) => !asked.has(id));
  }
  const rows = asked.size > 0 ? [...(await world.state.objects.read([...asked])).values()] : [];
  const withoutRights = rows.flatMap(({ row }) => (row.group?.securityEnabled === false ? [row.id] : []));
  return { parents, withoutRights: new Set(withoutRights) };
};

/** The ways of one user who is a direct member of these groups. */
export const findPaths = (
  memberOf: readonly string[],
  { groupRoles }: { readonly groupRoles: ReadonlyMap<string, readonly string[]> },
  nesting: FreshNesting,
): FreshPaths => {
  const above = collect(memberOf, (id) => givenOn(id, nesting));
  const leading = new Map(
    [...above].map((id) => [
      id,
      [...collect([id], (one) => givenOn(one, nesting))].filter((one) => groupRoles.has(one)),
    ]),
  );
  const leads = (id: string): boolean => (leading.get(id) ?? []).length > 0;
  const rolesOf = (id: string): readonly string[] => [
    ...new Set((leading.get(id) ?? []).flatMap((one) => groupRoles.get(one) ?? [])),
  ];
  return {
    groupRoles: new Map(memberOf.filter(leads).map((id) => [id, rolesOf(id)])),
    parents: new Map([...above].filter(leads).map((id) => [id, givenOn(id, nesting).filter(leads)])),
    isIncomplete: [...above].some((id) => !nesting.parents.has(id)),
  };
};

/** The groups above this one whose rights it passes on to its members. */
const givenOn = (groupId: string, { parents, withoutRights }: FreshNesting): readonly string[] =>
  (parents.get(groupId) ?? []).filter((id) => !withoutRights.has(id));

const collect = (first: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> => {
  const reached = new Set(first);
  for (const id of reached) for (const one of next(id)) reached.add(one);
  return reached;
};
