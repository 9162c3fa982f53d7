import type { GroupProperties, Properties, ServicePrincipalProperties, UserProperties } from './properties.js';
import type { AssignmentRecord, GroupRecord, MemberType, ServicePrincipalRecord, UserRecord } from './records.js';
import { isLive, type Store } from './store.js';

/** What is true of a user, whatever any page says; `properties` never change once handed out. */
export interface UserTruth {
  readonly id: string;
  readonly properties: UserProperties;
  readonly managerId: string | null;
  readonly deletedAtMs: number | null;
}

export interface GroupTruth {
  readonly id: string;
  readonly properties: GroupProperties;
  readonly memberCount: number;
  readonly deletedAtMs: number | null;
}

/** An edge as the directory keeps it; those of soft-deleted members are kept too. */
export interface MemberTruth {
  readonly groupId: string;
  readonly id: string;
  readonly type: MemberType;
  readonly softDeleted: boolean;
}

export interface ServicePrincipalTruth {
  readonly id: string;
  readonly properties: ServicePrincipalProperties;
  readonly deletedAtMs: number | null;
}

/** An assignment as the directory keeps it; those of soft-deleted principals are kept too. */
export interface AssignmentTruth {
  readonly id: string;
  readonly servicePrincipalId: string;
  readonly principalId: string;
  readonly principalType: 'User' | 'Group' | 'ServicePrincipal';
  readonly appRoleId: string;
  readonly softDeleted: boolean;
}

/** The properties of a record have been checked against the type's table when they were set. */
const asTyped = <Typed extends object>(properties: Properties): Typed & Properties => properties as Typed & Properties;

export const userTruth = (user: UserRecord): UserTruth => ({
  id: user.id,
  properties: asTyped<UserProperties>(user.properties),
  managerId: user.managerId,
  deletedAtMs: user.deletedAtMs,
});

export const groupTruth = (group: GroupRecord): GroupTruth => ({
  id: group.id,
  properties: asTyped<GroupProperties>(group.properties),
  memberCount: group.members.size,
  deletedAtMs: group.deletedAtMs,
});

export const servicePrincipalTruth = (resource: ServicePrincipalRecord): ServicePrincipalTruth => ({
  id: resource.id,
  properties: asTyped<ServicePrincipalProperties>(resource.properties),
  deletedAtMs: resource.deletedAtMs,
});

/** The type under which Graph shows an assignment's principal. */
export const principalTypeOf = (store: Store, principalId: string): AssignmentTruth['principalType'] => {
  if (store.users.has(principalId)) {
    return 'User';
  }
  return store.groups.has(principalId) ? 'Group' : 'ServicePrincipal';
};

export const assignmentTruth = (store: Store, row: AssignmentRecord): AssignmentTruth => ({
  id: row.id,
  servicePrincipalId: row.resourceId,
  principalId: row.principalId,
  principalType: principalTypeOf(store, row.principalId),
  appRoleId: row.appRoleId,
  softDeleted: !isLive(store, row.principalId),
});

export function* memberTruths(store: Store, group: GroupRecord): Iterable<MemberTruth> {
  for (const [id, edge] of group.members) {
    yield { groupId: group.id, id, type: edge.type, softDeleted: !isLive(store, id) };
  }
}

/** Passes live or soft-deleted records on, each as its truth. */
export function* mapRecords<Kept, Truth>(
  records: Iterable<Kept>,
  isWanted: (record: Kept) => boolean,
  toTruth: (record: Kept) => Truth,
): Iterable<Truth> {
  for (const record of records) {
    if (isWanted(record)) {
      yield toTruth(record);
    }
  }
}
