import type { AppRole, Attributes } from '../expressions/attributes.js';
import type { Scope } from './model.js';

/** Licensed before On-Prem before Basic, old names included; other roles follow by value. */
const precedence = ['licensed', 'pro', 'on-prem', 'corp', 'basic'];

const roleName = (role: AppRole): string => role.value || role.displayName;

const rank = (role: AppRole): number => {
  const place = precedence.indexOf(roleName(role).toLowerCase());
  return place < 0 ? precedence.length : place;
};

/** Orders roles so that the first is the one to send; the order of rows in the directory changes nothing. */
export const orderRoles = (roles: readonly AppRole[]): readonly AppRole[] =>
  [...roles].sort((a, b) => rank(a) - rank(b) || compareText(roleName(a), roleName(b)) || compareText(a.id, b.id));

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The default access role, which no application declares (Graph, appRoleAssignment). */
export const defaultAccessRoleId = '00000000-0000-0000-0000-000000000000';

/**
 * A guest's userPrincipalName as Microsoft's service reads it: without `#EXT#` and the home domain
 * (entra-provisioning, assignment). `jane_contoso.com#EXT#@home.onmicrosoft.com` is `jane_contoso.com`.
 */
export const stripGuestSuffix = (userPrincipalName: string): string => {
  const at = userPrincipalName.toUpperCase().indexOf('#EXT#');
  return at < 0 ? userPrincipalName : userPrincipalName.slice(0, at);
};

/** Adds what no feed holds: IsSoftDeleted, appRoleAssignments, originalUserPrincipalName. */
export const addComputedAttributes = (
  attributes: Attributes,
  scope: Scope,
  appRoles: ReadonlyMap<string, AppRole>,
): Attributes => {
  const original = attributes['userPrincipalName'];
  const roles = scope.roleIds.flatMap((id) => appRoles.get(id) ?? []);
  return {
    ...attributes,
    ...(typeof original === 'string'
      ? { userPrincipalName: stripGuestSuffix(original), originalUserPrincipalName: original }
      : {}),
    IsSoftDeleted: scope.verdict === 'out',
    appRoleAssignments: orderRoles(roles),
  };
};
