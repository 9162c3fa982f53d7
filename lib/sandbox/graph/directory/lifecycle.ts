import { DirectoryError } from './errors.js';
import { liveGroup, unlinkMember } from './groups.js';
import type { GroupRecord, UserRecord } from './records.js';
import { dropAssignment } from './servicePrincipals.js';
import { logGroupChange, logUserChange, removeFrom, type Store } from './store.js';
import { claimName, forgetManager, freeName, liveUser } from './users.js';

/** Into the recycle bin: edges, manager and assignments stay, hidden; the groups feed says nothing. */
export const deleteUser = (store: Store, id: string): void => {
  const user = liveUser(store, id);
  user.deletedAtMs = store.clock.nowMs();
  freeName(store, user);
  user.deletedSeq = logUserChange(store, user, { kind: 'deleted' });
  store.deletedUsers.set(id, user);
};

const deletedFrom = <Kept>(bin: ReadonlyMap<string, Kept>, id: string): Kept => {
  const found = bin.get(id);
  if (found === undefined) {
    throw new DirectoryError('NotDeleted', `${id} is not in the recycle bin.`);
  }
  return found;
};

/** Throws where a live user has taken the userPrincipalName meanwhile. */
export const restoreUser = (store: Store, id: string): void => {
  const user = deletedFrom(store.deletedUsers, id);
  claimName(store, id, user.properties);
  user.deletedAtMs = null;
  store.deletedUsers.delete(id);
  logUserChange(store, user, { kind: 'restored' });
};

const isSilent = (store: Store): boolean => !store.random.chance(store.settings.purgedEdgeProbability);

const forgetObject = (store: Store, id: string): void => {
  for (const groupId of [...(store.groupsOf.get(id) ?? [])]) {
    const group = store.groups.get(groupId);
    const edge = group?.members.get(id);
    if (group !== undefined && edge !== undefined) {
      unlinkMember(store, group, { id, type: edge.type }, isSilent(store));
    }
  }
  for (const row of [...(store.assignmentsOf.get(id) ?? [])]) {
    dropAssignment(store, row);
  }
  store.purgedIds.add(id);
};

const forgetUser = (store: Store, user: UserRecord): void => {
  forgetObject(store, user.id);
  forgetManager(store, user.id, () => isSilent(store));
  if (user.managerId !== null) {
    removeFrom(store.reportsOf, user.managerId, user.id);
  }
  store.deletedUsers.delete(user.id);
  store.users.delete(user.id);
  logUserChange(store, user, { kind: 'purged' });
};

const forgetGroup = (store: Store, group: GroupRecord): void => {
  forgetObject(store, group.id);
  for (const memberId of group.members.keys()) {
    removeFrom(store.groupsOf, memberId, group.id);
  }
  store.deletedGroups.delete(group.id);
  store.groups.delete(group.id);
  logGroupChange(store, group, { kind: 'purged' });
};

/** Out of the recycle bin for good. */
export const purgeUser = (store: Store, id: string): void => forgetUser(store, deletedFrom(store.deletedUsers, id));

/** Into the recycle bin, or for good where the settings say that groups go that way. */
export const deleteGroup = (store: Store, id: string): void => {
  const group = liveGroup(store, id);
  if (store.settings.groupDeletion === 'deleted') {
    forgetGroup(store, group);
    return;
  }
  group.deletedAtMs = store.clock.nowMs();
  group.deletedSeq = logGroupChange(store, group, { kind: 'deleted' });
  store.deletedGroups.set(id, group);
};

export const restoreGroup = (store: Store, id: string): void => {
  const group = deletedFrom(store.deletedGroups, id);
  group.deletedAtMs = null;
  store.deletedGroups.delete(id);
  logGroupChange(store, group, { kind: 'restored' });
};

/** Out of the recycle bin for good. */
export const purgeGroup = (store: Store, id: string): void => forgetGroup(store, deletedFrom(store.deletedGroups, id));

const expireFrom = <Kept extends { deletedAtMs: number | null }>(
  store: Store,
  bin: ReadonlyMap<string, Kept>,
  forget: (store: Store, record: Kept) => void,
): void => {
  const dueMs = store.clock.nowMs() - store.settings.recycleBinMs;
  for (const record of bin.values()) {
    if (record.deletedAtMs === null || record.deletedAtMs > dueMs) {
      return;
    }
    forget(store, record);
  }
};

/** Purges what has been in the recycle bin for longer than it is kept; costs nothing where nothing is due. */
export const expireRecycleBin = (store: Store): void => {
  expireFrom(store, store.deletedUsers, forgetUser);
  expireFrom(store, store.deletedGroups, forgetGroup);
};
