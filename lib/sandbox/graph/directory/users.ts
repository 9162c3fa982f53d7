import { checkProperties } from './checkProperties.js';
import { DirectoryError } from './errors.js';
import { type Properties, type UserProperties, userProperties } from './properties.js';
import type { UserRecord } from './records.js';
import { addTo, logUserChange, removeFrom, type Store, takeId } from './store.js';

/** A user to be created. Absent: `id` is drawn, `accountEnabled` is true, `userType` is Member, `createdDateTime` is now. */
export type NewUser = UserProperties & {
  readonly id?: string;
  readonly userPrincipalName: string;
  readonly managerId?: string | null;
};

export const liveUser = (store: Store, id: string): UserRecord => {
  const user = store.users.get(id);
  if (user === undefined || user.deletedAtMs !== null) {
    throw new DirectoryError('NotFound', `There is no live user ${id}.`);
  }
  return user;
};

export const nameOf = (properties: Properties): string => {
  const name = properties.userPrincipalName;
  return typeof name === 'string' ? name.toLowerCase() : '';
};

/** Registers the user under its userPrincipalName; throws where another live user has it. */
export const claimName = (store: Store, id: string, properties: Properties): void => {
  const name = nameOf(properties);
  if (name === '') {
    throw new DirectoryError('BadValue', `User ${id} needs a userPrincipalName.`);
  }
  const holder = store.idByUserPrincipalName.get(name);
  if (holder !== undefined && holder !== id) {
    throw new DirectoryError('UserPrincipalNameTaken', `User ${holder} has the userPrincipalName '${name}'.`);
  }
  store.idByUserPrincipalName.set(name, id);
};

/** Frees the user's name unless somebody else has it by now. */
export const freeName = (store: Store, user: UserRecord): void => {
  const name = nameOf(user.properties);
  if (store.idByUserPrincipalName.get(name) === user.id) {
    store.idByUserPrincipalName.delete(name);
  }
};

export const createUser = (store: Store, user: NewUser): string => {
  const { id: wished, managerId, ...given } = user;
  checkProperties(userProperties, 'user', given);
  const id = takeId(store, wished);
  const properties: Properties = {
    accountEnabled: true,
    userType: 'Member',
    createdDateTime: new Date(store.clock.nowMs()).toISOString(),
    ...given,
  };
  if (managerId !== undefined && managerId !== null) {
    liveUser(store, managerId);
  }
  claimName(store, id, properties);
  const record: UserRecord = { id, properties, managerId: null, deletedAtMs: null, deletedSeq: 0, lastChange: null };
  store.users.set(id, record);
  store.userIds.push(id);
  logUserChange(store, record, { kind: 'created' });
  setManager(store, id, managerId ?? null);
  return id;
};

const mergeExtensions = (before: Properties, changes: Properties): Properties => {
  const held = before.onPremisesExtensionAttributes;
  const given = changes.onPremisesExtensionAttributes;
  const bothObjects = typeof held === 'object' && held !== null && typeof given === 'object' && given !== null;
  return bothObjects ? { ...changes, onPremisesExtensionAttributes: { ...held, ...given } } : changes;
};

/** Names whose value differs; a null over what was never set is no difference. */
export const changedNames = (before: Properties, changes: Properties): string[] =>
  Object.keys(changes).filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(changes[name] ?? null));

const enterUpdate = (store: Store, user: UserRecord, changes: Properties): void => {
  const before = user.properties;
  const names = changedNames(before, changes);
  if (names.length === 0) {
    return;
  }
  user.properties = { ...before, ...changes };
  logUserChange(store, user, { kind: 'updated', names, before });
};

/** Sets the given properties and leaves the rest; what changes nothing is not a change. */
export const updateUser = (store: Store, id: string, changes: UserProperties): void => {
  checkProperties(userProperties, 'user', changes);
  const user = liveUser(store, id);
  const merged = mergeExtensions(user.properties, changes);
  if (merged.userPrincipalName !== undefined) {
    claimName(store, id, merged);
    if (nameOf(merged) !== nameOf(user.properties)) {
      freeName(store, user);
    }
  }
  enterUpdate(store, user, merged);
};

/** Exchanges userPrincipalName and mail of two users in one step. */
export const swapUserPrincipalNames = (store: Store, firstId: string, secondId: string): void => {
  const first = liveUser(store, firstId);
  const second = liveUser(store, secondId);
  const takeOver = (from: Properties): Properties => ({
    userPrincipalName: from.userPrincipalName ?? null,
    mail: from.mail ?? null,
  });
  const [forFirst, forSecond] = [takeOver(second.properties), takeOver(first.properties)];
  enterUpdate(store, first, forFirst);
  enterUpdate(store, second, forSecond);
  store.idByUserPrincipalName.set(nameOf(first.properties), firstId);
  store.idByUserPrincipalName.set(nameOf(second.properties), secondId);
};

const linkManager = (store: Store, user: UserRecord, managerId: string | null, silent: boolean): void => {
  const before = user.managerId;
  if (before === managerId) {
    return;
  }
  if (before !== null) {
    removeFrom(store.reportsOf, before, user.id);
  }
  user.managerId = managerId;
  if (managerId !== null) {
    addTo(store.reportsOf, managerId, user.id);
  }
  logUserChange(store, user, { kind: 'managerSet', before, silent });
};

export const setManager = (store: Store, id: string, managerId: string | null): void => {
  const user = liveUser(store, id);
  if (managerId === id) {
    throw new DirectoryError('BadValue', `User ${id} cannot be its own manager.`);
  }
  linkManager(store, user, managerId === null ? null : liveUser(store, managerId).id, false);
};

/** Clears the manager of everybody who reported to a purged user; whether the feed tells is up to `isSilent`. */
export const forgetManager = (store: Store, managerId: string, isSilent: () => boolean): void => {
  for (const reportId of [...(store.reportsOf.get(managerId) ?? [])]) {
    const report = store.users.get(reportId);
    if (report !== undefined) {
      linkManager(store, report, null, isSilent());
    }
  }
};
