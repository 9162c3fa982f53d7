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

/** Ids of people who are assigned, themselves or as direct members of an assigned security group, and their roles. */
const readReached = (dir: TenantTruth, servicePrincipalId: string): ReadonlyMap<string, readonly string[]> => {
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
    if (principalType !== 'Group' || dir.group(principalId)?.properties.securityEnabled === false) continue;
    for (const member of dir.members(principalId)) {
      // A group inside the group is a member like a device: its own members are not reached.
      if (member.type === 'user') reach(member.id, role);
    }
  }
  return reached;
};

/** What each live person of the tenant should have in Zoom, by id. */
export const readExpectations = (
  dir: TenantTruth,
  servicePrincipalId: string,
  expect: Expect = expectAccount,
): ReadonlyMap<string, Expectation> => {
  const reached = readReached(dir, servicePrincipalId);
  const expectations = new Map<string, Expectation>();
  for (const person of dir.users()) {
    const roles = reached.get(person.id);
    expectations.set(person.id, expect(person, roles !== undefined, roles ?? []));
  }
  return expectations;
};
