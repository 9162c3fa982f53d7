import type { AppRole, Attributes } from '../expressions/attributes.js';
import type { Scope } from './model.js';

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
  return {
    ...attributes,
    ...(typeof original === 'string'
      ? { userPrincipalName: stripGuestSuffix(original), originalUserPrincipalName: original }
      : {}),
    IsSoftDeleted: scope.verdict === 'out',
    appRoleAssignments: scope.roleIds.flatMap((id) => appRoles.get(id) ?? []),
  };
};
