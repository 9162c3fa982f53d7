import type { JsonObject } from '../../../mapping/json.js';
import { checkProperties } from './checkProperties.js';
import { DirectoryError } from './errors.js';
import { type Properties, type ServicePrincipalProperties, servicePrincipalProperties } from './properties.js';
import type { AssignmentChange, AssignmentRecord, ServicePrincipalRecord } from './records.js';
import { addTo, findMember, isLive, removeFrom, type Store, takeId } from './store.js';

/** A service principal to be created. Absent: `id` and `appId` are drawn, it is enabled and has no app roles. */
export type NewServicePrincipal = ServicePrincipalProperties & { readonly id?: string; readonly displayName: string };

/** An app role as an administrator defines it; absent members take the portal's defaults. */
export interface NewAppRole {
  readonly id: string;
  readonly displayName: string;
  readonly value: string | null;
  readonly description?: string;
  readonly isEnabled?: boolean;
  readonly allowedMemberTypes?: readonly string[];
}

/** `appRoleId` absent: the default access role. `servicePrincipalId` absent: the only service principal there is. */
export interface NewAssignment {
  readonly principalId: string;
  readonly appRoleId?: string;
  readonly servicePrincipalId?: string;
  /** Makes the row show another principal type or name than the principal has. */
  readonly shownAs?: { readonly principalType?: string; readonly principalDisplayName?: string | null };
}

/** The role of an assignment without a role (Graph, appRoleAssignment). */
export const defaultAccessRoleId = '00000000-0000-0000-0000-000000000000';
const recentChangesKept = 10_000;

export const createServicePrincipal = (store: Store, given: NewServicePrincipal): string => {
  const { id: wished, ...properties } = given;
  checkProperties(servicePrincipalProperties, 'servicePrincipal', properties);
  const id = takeId(store, wished);
  store.servicePrincipals.set(id, {
    id,
    properties: {
      accountEnabled: true,
      appDisplayName: given.displayName,
      appId: store.random.guid(),
      appRoleAssignmentRequired: true,
      appRoles: [],
      servicePrincipalType: 'Application',
      tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
      ...properties,
    },
    deletedAtMs: null,
    assignments: new Map(),
    recentChanges: [],
  });
  return id;
};

export const liveServicePrincipal = (store: Store, id: string | undefined): ServicePrincipalRecord => {
  const [only, ...rest] = store.servicePrincipals.keys();
  const found = store.servicePrincipals.get(id ?? (rest.length === 0 ? (only ?? '') : ''));
  if (found === undefined || found.deletedAtMs !== null) {
    throw new DirectoryError('NotFound', `There is no live service principal ${id ?? 'that could be meant'}.`);
  }
  return found;
};

export const updateServicePrincipal = (store: Store, id: string, changes: ServicePrincipalProperties): void => {
  checkProperties(servicePrincipalProperties, 'servicePrincipal', changes);
  const found = liveServicePrincipal(store, id);
  found.properties = { ...found.properties, ...changes };
};

/** Takes the service principal away with its assignments, as a deletion into the recycle bin does. */
export const deleteServicePrincipal = (store: Store, id: string): void => {
  liveServicePrincipal(store, id).deletedAtMs = store.clock.nowMs();
};

export const restoreServicePrincipal = (store: Store, id: string): void => {
  const found = store.servicePrincipals.get(id);
  if (found === undefined || found.deletedAtMs === null) {
    throw new DirectoryError('NotDeleted', `There is no deleted service principal ${id}.`);
  }
  found.deletedAtMs = null;
};

const describeRole = (role: NewAppRole): JsonObject => ({
  allowedMemberTypes: role.allowedMemberTypes ?? ['User'],
  description: role.description ?? role.displayName,
  displayName: role.displayName,
  id: role.id,
  isEnabled: role.isEnabled ?? true,
  origin: 'Application',
  value: role.value,
});

/** Replaces the application's roles. Assignments of a role that goes stay, as dangling ones do in the service. */
export const defineAppRoles = (store: Store, id: string, roles: readonly NewAppRole[]): void => {
  const found = liveServicePrincipal(store, id);
  found.properties = { ...found.properties, appRoles: roles.map(describeRole) };
};

const hasRole = (properties: Properties, roleId: string): boolean => {
  const roles: unknown = properties.appRoles;
  return (
    Array.isArray(roles) &&
    roles.some((role: unknown) => typeof role === 'object' && role !== null && 'id' in role && role.id === roleId)
  );
};

const enterChange = (resource: ServicePrincipalRecord, change: AssignmentChange): void => {
  resource.recentChanges.push(change);
  if (resource.recentChanges.length > 2 * recentChangesKept) {
    resource.recentChanges = resource.recentChanges.slice(-recentChangesKept);
  }
};

const isRow = (row: AssignmentRecord, resourceId: string, appRoleId: string): boolean =>
  row.resourceId === resourceId && row.appRoleId === appRoleId;

/** Assigns a user, group or service principal and returns the row's id. */
export const assign = (store: Store, wanted: NewAssignment): string => {
  const resource = liveServicePrincipal(store, wanted.servicePrincipalId);
  const appRoleId = wanted.appRoleId ?? defaultAccessRoleId;
  const principal = findMember(store, wanted.principalId);
  if (principal === null || principal.type === 'device' || !isLive(store, principal.id)) {
    throw new DirectoryError('NotFound', `There is no live principal ${wanted.principalId} to be assigned.`);
  }
  if (appRoleId !== defaultAccessRoleId && !hasRole(resource.properties, appRoleId)) {
    throw new DirectoryError('NotFound', `Service principal ${resource.id} defines no app role ${appRoleId}.`);
  }
  const held = [...(store.assignmentsOf.get(principal.id) ?? [])];
  if (held.some((row) => isRow(row, resource.id, appRoleId))) {
    throw new DirectoryError('AlreadyAssigned', `${principal.id} holds app role ${appRoleId} already.`);
  }
  store.seq += 1;
  const row: AssignmentRecord = {
    id: Buffer.from(`${store.random.guid()}${store.random.guid()}`.replaceAll('-', ''), 'hex').toString('base64url'),
    seq: store.seq,
    createdAtMs: store.clock.nowMs(),
    appRoleId,
    principalId: principal.id,
    resourceId: resource.id,
    shownAs: wanted.shownAs ?? {},
  };
  resource.assignments.set(row.id, row);
  addTo(store.assignmentsOf, principal.id, row);
  enterChange(resource, { atMs: row.createdAtMs, kind: 'assigned', row });
  return row.id;
};

/** Takes one assignment row away. */
export const dropAssignment = (store: Store, row: AssignmentRecord): void => {
  removeFrom(store.assignmentsOf, row.principalId, row);
  const resource = store.servicePrincipals.get(row.resourceId);
  if (resource?.assignments.delete(row.id)) {
    enterChange(resource, { atMs: store.clock.nowMs(), kind: 'unassigned', row });
  }
};

/** Takes the principal's row of this role away; all its rows on the service principal where no role is given. */
export const unassign = (store: Store, wanted: Omit<NewAssignment, 'shownAs'>): void => {
  const resource = liveServicePrincipal(store, wanted.servicePrincipalId);
  const rows = [...(store.assignmentsOf.get(wanted.principalId) ?? [])].filter((row) =>
    isRow(row, resource.id, wanted.appRoleId ?? row.appRoleId),
  );
  if (rows.length === 0) {
    throw new DirectoryError('NotAssigned', `${wanted.principalId} is not assigned as asked.`);
  }
  for (const row of rows) {
    dropAssignment(store, row);
  }
};
