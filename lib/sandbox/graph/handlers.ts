import type { Handler } from './context.js';
import { answerDelta } from './delta/page.js';
import { GraphError, notImplemented, unknownSegment } from './errors.js';
import { answerDeletedGroups, answerDeletedItem, answerDeletedUsers } from './reads/deletedItems.js';
import {
  answerGroup,
  answerGroupMemberOf,
  answerMemberOf,
  answerMembers,
  answerTransitiveMembers,
} from './reads/groups.js';
import { answerAppRoleAssignedTo, answerServicePrincipal } from './reads/servicePrincipals.js';
import { answerUser, answerUsers } from './reads/users.js';
import type { RouteName } from './routes.js';
import { answerSendMail } from './sendMail.js';

/** Resources that Graph has and the simulator has not. */
const otherResources = new Set([
  'administrativeUnits',
  'applications',
  'auditLogs',
  'contacts',
  'devices',
  'directory',
  'directoryObjects',
  'groups',
  'oauth2PermissionGrants',
  'organization',
  'servicePrincipals',
  'subscribedSkus',
  'subscriptions',
  'users',
]);

const refuseUnknown: Handler = (_context, call) => {
  const [first] = call.route.id.split('/');
  const resource = first || call.route.id;
  throw otherResources.has(resource)
    ? notImplemented(`'${call.route.id}' is not served here.`)
    : unknownSegment(resource);
};

const methodNotAllowed = (method: string): GraphError =>
  new GraphError(405, 'Request_BadRequest', `Specified HTTP method '${method}' is not allowed for the request target.`);

/** The two resources that are posted to; everything else is read. */
const posted: ReadonlySet<RouteName> = new Set(['batch', 'sendMail']);

/** Whether the request tries to change the directory, which the service under test must never do. */
export const isViolation = (method: string, route: RouteName): boolean =>
  !['GET', 'HEAD', 'OPTIONS'].includes(method) && !(method === 'POST' && posted.has(route));

/** Throws the 403 or 405 for a method that the resource is not served by. */
export const checkMethod = (method: string, route: RouteName): void => {
  if (isViolation(method, route) && route !== 'unknown') {
    throw new GraphError(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation: the directory is read-only here.',
    );
  }
  if (method !== (posted.has(route) ? 'POST' : 'GET')) {
    throw methodNotAllowed(method);
  }
};

/** Who serves which resource; `$batch` is not among them, since it serves others in turn. */
export const handlers: Readonly<Record<Exclude<RouteName, 'batch'>, Handler>> = {
  usersDelta: (context, call) => answerDelta(context, call, 'users'),
  groupsDelta: (context, call) => answerDelta(context, call, 'groups'),
  users: answerUsers,
  user: answerUser,
  memberOf: answerMemberOf,
  sendMail: answerSendMail,
  group: answerGroup,
  members: answerMembers,
  transitiveMembers: answerTransitiveMembers,
  groupMemberOf: answerGroupMemberOf,
  servicePrincipal: answerServicePrincipal,
  appRoleAssignedTo: answerAppRoleAssignedTo,
  deletedUsers: answerDeletedUsers,
  deletedGroups: answerDeletedGroups,
  deletedItem: answerDeletedItem,
  unknown: refuseUnknown,
};
