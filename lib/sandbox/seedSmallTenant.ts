import { type AppRoleName, managedDomain, type SeedWorld } from './startSimulators.js';

export interface TenantSize {
  readonly users: number;
  readonly groups: number;
}

const givenNames = ['Ana', 'Björn', 'Chidi', 'Dilnoza', 'Émile', 'Fatima', 'Giulia', 'Haruto', 'Ingrid', 'João'];
const familyNames = ['Okafor', 'Nguyễn', 'Schmidt', "O'Neill", 'García', 'Yılmaz', 'Kowalski', 'Sato', 'Haddad'];
const departments = ['Sales', 'Engineering', 'Support', 'Finance'];
const roleOf = (index: number): AppRoleName => (index % 3 === 0 ? 'Licensed' : 'Basic');
const takeTurn = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % items.length];

/**
 * A plain tenant: everybody enabled and with mail. Users take turns over the groups, which are assigned to the
 * application; where there is no group, each user is assigned.
 */
export function seedSmallTenant({ users, groups }: TenantSize): (world: SeedWorld) => void {
  return ({ graph: { dir }, servicePrincipalId, appRoleIds }) => {
    const assign = (principalId: string, role: AppRoleName): void => {
      dir.assign({ principalId, servicePrincipalId, appRoleId: appRoleIds[role] });
    };
    const groupIds = Array.from({ length: groups }, (_, index) => {
      const id = dir.createGroup({ displayName: `Zoom users ${index + 1}` });
      assign(id, roleOf(index));
      return id;
    });
    for (let index = 0; index < users; index += 1) {
      const id = dir.createUser(describeUser(index));
      const groupId = takeTurn(groupIds, index);
      if (groupId === undefined) assign(id, roleOf(index));
      else dir.addMember(groupId, id);
    }
  };
}

function describeUser(index: number) {
  const givenName = takeTurn(givenNames, index) ?? '';
  const surname = takeTurn(familyNames, Math.floor(index / givenNames.length)) ?? '';
  const address = `user${index + 1}@${managedDomain}`;
  return {
    userPrincipalName: address,
    mail: address,
    givenName,
    surname,
    displayName: `${givenName} ${surname}`,
    department: takeTurn(departments, index) ?? '',
  };
}
