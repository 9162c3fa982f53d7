import { DirectoryError } from './errors.js';
import * as groups from './groups.js';
import * as lifecycle from './lifecycle.js';
import type { GroupProperties, ServicePrincipalProperties, UserProperties } from './properties.js';
import * as servicePrincipals from './servicePrincipals.js';
import type { Store } from './store.js';
import * as truth from './truth.js';
import * as users from './users.js';

/**
 * Changes the directory as an administrator would, and tells the truth about it without HTTP. Creations return the new
 * object's id. Every method throws DirectoryError where the directory would refuse; it is then unchanged. Iterators
 * read as they go and never copy.
 */
export interface DirectoryAdmin {
  createUser(user: users.NewUser): string;
  updateUser(id: string, changes: UserProperties): void;
  /** null takes the manager away. */
  setManager(id: string, managerId: string | null): void;
  /** Exchanges userPrincipalName and mail of two users at once. */
  swapUserPrincipalNames(firstId: string, secondId: string): void;
  deleteUser(id: string): void;
  restoreUser(id: string): void;
  purgeUser(id: string): void;
  createGroup(group: groups.NewGroup): string;
  updateGroup(id: string, changes: GroupProperties): void;
  deleteGroup(id: string): void;
  restoreGroup(id: string): void;
  purgeGroup(id: string): void;
  /** A device or contact. */
  createMemberObject(object: groups.NewMemberObject): string;
  addMember(groupId: string, memberId: string): void;
  removeMember(groupId: string, memberId: string): void;
  createServicePrincipal(servicePrincipal: servicePrincipals.NewServicePrincipal): string;
  /** `accountEnabled: false` disables it. */
  updateServicePrincipal(id: string, changes: ServicePrincipalProperties): void;
  deleteServicePrincipal(id: string): void;
  restoreServicePrincipal(id: string): void;
  defineAppRoles(id: string, roles: readonly servicePrincipals.NewAppRole[]): void;
  /** Returns the id of the assignment row. */
  assign(assignment: servicePrincipals.NewAssignment): string;
  /** Without `appRoleId`: all rows of the principal. */
  unassign(assignment: Omit<servicePrincipals.NewAssignment, 'shownAs'>): void;

  /** Live or soft-deleted; null where nobody has the id. */
  user(id: string): truth.UserTruth | null;
  group(id: string): truth.GroupTruth | null;
  servicePrincipal(id: string): truth.ServicePrincipalTruth | null;
  /** Live users. */
  users(): Iterable<truth.UserTruth>;
  deletedUsers(): Iterable<truth.UserTruth>;
  /** Live groups. */
  groups(): Iterable<truth.GroupTruth>;
  deletedGroups(): Iterable<truth.GroupTruth>;
  servicePrincipals(): Iterable<truth.ServicePrincipalTruth>;
  /** Direct members of a live or soft-deleted group; throws DirectoryError where there is none. */
  members(groupId: string): Iterable<truth.MemberTruth>;
  /** Of one service principal, or of all. */
  assignments(servicePrincipalId?: string): Iterable<truth.AssignmentTruth>;
}

const isLiveRecord = (record: { readonly deletedAtMs: number | null }): boolean => record.deletedAtMs === null;
const isAny = (): boolean => true;

/** `readStore` is asked at every call, since a reset replaces the store. */
export const createDirectoryAdmin = (readStore: () => Store): DirectoryAdmin => {
  /** What is due for purging goes before anything is seen or changed. */
  const upToDate = (): Store => {
    const store = readStore();
    lifecycle.expireRecycleBin(store);
    return store;
  };
  return {
    createUser: (user) => users.createUser(upToDate(), user),
    updateUser: (id, changes) => users.updateUser(upToDate(), id, changes),
    setManager: (id, managerId) => users.setManager(upToDate(), id, managerId),
    swapUserPrincipalNames: (firstId, secondId) => users.swapUserPrincipalNames(upToDate(), firstId, secondId),
    deleteUser: (id) => lifecycle.deleteUser(upToDate(), id),
    restoreUser: (id) => lifecycle.restoreUser(upToDate(), id),
    purgeUser: (id) => lifecycle.purgeUser(upToDate(), id),
    createGroup: (group) => groups.createGroup(upToDate(), group),
    updateGroup: (id, changes) => groups.updateGroup(upToDate(), id, changes),
    deleteGroup: (id) => lifecycle.deleteGroup(upToDate(), id),
    restoreGroup: (id) => lifecycle.restoreGroup(upToDate(), id),
    purgeGroup: (id) => lifecycle.purgeGroup(upToDate(), id),
    createMemberObject: (object) => groups.createMemberObject(upToDate(), object),
    addMember: (groupId, memberId) => groups.addMember(upToDate(), groupId, memberId),
    removeMember: (groupId, memberId) => groups.removeMember(upToDate(), groupId, memberId),
    createServicePrincipal: (given) => servicePrincipals.createServicePrincipal(upToDate(), given),
    updateServicePrincipal: (id, changes) => servicePrincipals.updateServicePrincipal(upToDate(), id, changes),
    deleteServicePrincipal: (id) => servicePrincipals.deleteServicePrincipal(upToDate(), id),
    restoreServicePrincipal: (id) => servicePrincipals.restoreServicePrincipal(upToDate(), id),
    defineAppRoles: (id, roles) => servicePrincipals.defineAppRoles(upToDate(), id, roles),
    assign: (assignment) => servicePrincipals.assign(upToDate(), assignment),
    unassign: (assignment) => servicePrincipals.unassign(upToDate(), assignment),
    user: (id) => {
      const user = upToDate().users.get(id);
      return user === undefined ? null : truth.userTruth(user);
    },
    group: (id) => {
      const group = upToDate().groups.get(id);
      return group === undefined ? null : truth.groupTruth(group);
    },
    servicePrincipal: (id) => {
      const found = upToDate().servicePrincipals.get(id);
      return found === undefined ? null : truth.servicePrincipalTruth(found);
    },
    users: () => truth.mapRecords(upToDate().users.values(), isLiveRecord, truth.userTruth),
    deletedUsers: () => truth.mapRecords(upToDate().deletedUsers.values(), isAny, truth.userTruth),
    groups: () => truth.mapRecords(upToDate().groups.values(), isLiveRecord, truth.groupTruth),
    deletedGroups: () => truth.mapRecords(upToDate().deletedGroups.values(), isAny, truth.groupTruth),
    servicePrincipals: () =>
      truth.mapRecords(upToDate().servicePrincipals.values(), isAny, truth.servicePrincipalTruth),
    members: (groupId) => {
      const store = upToDate();
      const group = store.groups.get(groupId);
      if (group === undefined) {
        throw new DirectoryError('NotFound', `There is no group ${groupId}.`);
      }
      return truth.memberTruths(store, group);
    },
    assignments: (servicePrincipalId) => allAssignments(upToDate(), servicePrincipalId),
  };
};

function* allAssignments(store: Store, servicePrincipalId: string | undefined): Iterable<truth.AssignmentTruth> {
  for (const resource of store.servicePrincipals.values()) {
    if (servicePrincipalId === undefined || resource.id === servicePrincipalId) {
      for (const row of resource.assignments.values()) {
        yield truth.assignmentTruth(store, row);
      }
    }
  }
}
