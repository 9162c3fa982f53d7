import type { DirectoryAdmin } from '../graph/directory/admin.js';
import { type Expect, type Expectation, expectAccount } from './expectation.js';

/** What of the Graph simulator's truth the oracle looks at; nothing of the engine. */
export type TenantTruth = Pick<DirectoryAdmin, 'users' | 'group' | 'members' | 'assignments' | 'servicePrincipal'>;

/** Role names of the application by id; default access is no role and has no name. */
const readRoleNames = (dir: TenantTruth, servicePrincipalId: string): ReadonlyMap<string, string> => {
  const roles = dir.servicePrincipal(servicePrincipalId)?.properties.appRoles ?? [];
  return new Map(
    roles.flatMap(({ id, value, displayName }): [string, string][] => {
      const name = typeof value === 'string' && value !== '' ? value : displayName;
      return typeof id === 'string' && typeof name === 'string' ? [[id, name]] : [];
    }),
  );
};

/** Whom the assignment of a group reaches: its direct members alone, or all below it. */
export type Nesting = 'off' | 'on';

/** The people in a group, or in any security group below it, each once. */
function* peopleBelow(dir: TenantTruth, groupId: string, nesting: Nesting): Iterable<string> {
  const reached = new Set([groupId]);
  const people = new Set<string>();
  for (const id of reached) {
    const group = dir.group(id);
    if (!group || group.deletedAtMs !== null || group.properties.securityEnabled === false) continue;
    for (const member of dir.members(id)) {
      if (member.type === 'user') people.add(member.id);
      // With nesting off a group inside the group is a member like a device: its own members are not reached.
      else if (member.type === 'group' && nesting === 'on') reached.add(member.id);
    }
  }
  yield* people;
}

/** Ids of people who are assigned, themselves or through an assigned security group, and their roles. */
const readReached = (
  dir: TenantTruth,
  servicePrincipalId: string,
  nesting: Nesting,
): ReadonlyMap<string, readonly string[]> => {
  const roleNames = readRoleNames(dir, servicePrincipalId);
  const reached = new Map<string, string[]>();
  const reach = (personId: string, role: string | undefined): void => {
    const roles = reached.get(personId) ?? [];
    reached.set(personId, role === undefined ? roles : [...roles, role]);
  };
  for (const { principalId, principalType, appRoleId, softDeleted } of dir.assignments(servicePrincipalId)) {
    if (softDeleted) continue;
    const role = roleNames.get(appRoleId);
    if (principalType === 'User') reach(principalId, role);
    if (principalType === 'Group') for (const id of peopleBelow(dir, principalId, nesting)) reach(id, role);
  }
  return reached;
};

/** What each live person of the tenant should have in Zoom, by id. */
export const readExpectations = (
  dir: TenantTruth,
  servicePrincipalId: string,
  expect: Expect = expectAccount,
  nesting: Nesting = 'off',
): ReadonlyMap<string, Expectation> => {
  const reached = readReached(dir, servicePrincipalId, nesting);
  const expectations = new Map<string, Expectation>();
  for (const person of dir.users()) {
    const roles = reached.get(person.id);
    expectations.set(person.id, expect(person, roles !== undefined, roles ?? []));
  }
  return expectations;
};
