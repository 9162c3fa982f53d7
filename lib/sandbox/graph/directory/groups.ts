import { checkProperties } from './checkProperties.js';
import { DirectoryError } from './errors.js';
import { type GroupProperties, groupProperties, type Properties } from './properties.js';
import type { GroupRecord, MemberRef } from './records.js';
import { addTo, findMember, isLive, logGroupChange, removeFrom, type Store, takeId } from './store.js';
import { changedNames } from './users.js';

/** A group to be created. Absent: `id` is drawn, it is a security group and not mail-enabled, `createdDateTime` is now. */
export type NewGroup = GroupProperties & { readonly id?: string; readonly displayName: string };

/** A device or contact to be created, so that it can be a member. */
export interface NewMemberObject {
  readonly id?: string;
  readonly type: 'device' | 'orgContact';
  readonly displayName: string;
}

const formerMembersKept = 20;

export const liveGroup = (store: Store, id: string): GroupRecord => {
  const group = store.groups.get(id);
  if (group === undefined || group.deletedAtMs !== null) {
    throw new DirectoryError('NotFound', `There is no live group ${id}.`);
  }
  return group;
};

export const createGroup = (store: Store, group: NewGroup): string => {
  const { id: wished, ...given } = group;
  checkProperties(groupProperties, 'group', given);
  const id = takeId(store, wished);
  const properties: Properties = {
    createdDateTime: new Date(store.clock.nowMs()).toISOString(),
    groupTypes: [],
    mailEnabled: false,
    securityEnabled: true,
    ...given,
  };
  const record: GroupRecord = {
    id,
    properties,
    members: new Map(),
    formerMembers: new Map(),
    deletedAtMs: null,
    deletedSeq: 0,
    lastChange: null,
  };
  store.groups.set(id, record);
  store.groupIds.push(id);
  logGroupChange(store, record, { kind: 'created' });
  return id;
};

/** Sets the given properties and leaves the rest; what changes nothing is not a change. */
export const updateGroup = (store: Store, id: string, changes: GroupProperties): void => {
  checkProperties(groupProperties, 'group', changes);
  const group = liveGroup(store, id);
  const before = group.properties;
  const names = changedNames(before, changes);
  if (names.length === 0) {
    return;
  }
  group.properties = { ...before, ...changes };
  logGroupChange(store, group, { kind: 'updated', names, before });
};

export const createMemberObject = (store: Store, object: NewMemberObject): string => {
  const id = takeId(store, object.id);
  store.others.set(id, { id, type: object.type, displayName: object.displayName });
  return id;
};

export const addMember = (store: Store, groupId: string, memberId: string): void => {
  const group = liveGroup(store, groupId);
  const member = findMember(store, memberId);
  if (member === null || !isLive(store, memberId)) {
    throw new DirectoryError('NotFound', `There is no live object ${memberId} to be a member.`);
  }
  if (memberId === groupId) {
    throw new DirectoryError('BadValue', `Group ${groupId} cannot be a member of itself.`);
  }
  if (group.members.has(memberId)) {
    throw new DirectoryError('AlreadyMember', `${memberId} is a member of group ${groupId} already.`);
  }
  group.formerMembers.delete(memberId);
  const seq = logGroupChange(store, group, { kind: 'memberAdded', member, silent: false });
  group.members.set(memberId, { type: member.type, seq });
  addTo(store.groupsOf, memberId, groupId);
};

/** Takes the edge away; `silent`: the groups feed does not tell. */
export const unlinkMember = (store: Store, group: GroupRecord, member: MemberRef, silent: boolean): void => {
  group.members.delete(member.id);
  removeFrom(store.groupsOf, member.id, group.id);
  group.formerMembers.set(member.id, member.type);
  const [oldest] = group.formerMembers.keys();
  if (group.formerMembers.size > formerMembersKept && oldest !== undefined) {
    group.formerMembers.delete(oldest);
  }
  logGroupChange(store, group, { kind: 'memberRemoved', member, silent });
};

export const removeMember = (store: Store, groupId: string, memberId: string): void => {
  const group = liveGroup(store, groupId);
  const edge = group.members.get(memberId);
  if (edge === undefined) {
    throw new DirectoryError('NotAMember', `${memberId} is no member of group ${groupId}.`);
  }
  unlinkMember(store, group, { id: memberId, type: edge.type }, false);
};
