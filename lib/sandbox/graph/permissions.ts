import { GraphError } from './errors.js';
import type { RouteName } from './routes.js';
import type { GraphSettings } from './settings.js';

/** Alternatives, each a set of application roles that is enough together. */
type Needed = readonly (readonly string[])[];

const readUsers: Needed = [['User.Read.All'], ['User.ReadWrite.All'], ['Directory.Read.All']];
const readMembers: Needed = [['GroupMember.Read.All'], ['Group.Read.All'], ['Directory.Read.All']];
const readGroups: Needed = [['Group.Read.All'], ['Directory.Read.All']];
const readApplications: Needed = [['Application.Read.All'], ['Directory.Read.All']];

const neededFor = (route: RouteName, settings: GraphSettings): Needed => {
  switch (route) {
    case 'usersDelta':
    case 'users':
    case 'user':
    case 'deletedUsers':
      return readUsers;
    case 'groupsDelta':
    case 'group':
    case 'members':
    case 'transitiveMembers':
    case 'groupMemberOf':
      return readMembers;
    case 'deletedGroups':
      return readGroups;
    case 'deletedItem':
      return [...readUsers, ...readGroups];
    case 'servicePrincipal':
    case 'appRoleAssignedTo':
      return readApplications;
    case 'memberOf':
      return settings.memberOfPermission === 'directory'
        ? [['Directory.Read.All']]
        : [['User.Read.All', 'GroupMember.Read.All'], ['Directory.Read.All']];
    case 'sendMail':
      return [['Mail.Send']];
    case 'batch':
    case 'unknown':
      return [[]];
  }
};

const grants = (roles: ReadonlySet<string>, needed: Needed): boolean =>
  needed.some((together) => together.every((role) => roles.has(role)));

const denied = (): GraphError =>
  new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

/** Throws the 403 that a token without the roles for this route gets. */
export const authorise = (route: RouteName, roles: ReadonlySet<string>, settings: GraphSettings): void => {
  if (!grants(roles, neededFor(route, settings))) {
    throw denied();
  }
};

/** Whether the token may see what users hold; without, lists name them by type and id only. */
export const canReadUsers = (roles: ReadonlySet<string>): boolean => grants(roles, readUsers);

/** Throws the 403 for an object of the recycle bin whose type the token may not read. */
export const authoriseDeleted = (type: 'user' | 'group', roles: ReadonlySet<string>): void => {
  if (!grants(roles, type === 'user' ? readUsers : readGroups)) {
    throw denied();
  }
};
