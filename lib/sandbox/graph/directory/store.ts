import type { SimulatorClock } from '../clock.js';
import type { Randomness } from '../random.js';
import type { GraphSettings } from '../settings.js';
import { appendChange, type ChangeLog, createChangeLog } from './changeLog.js';
import { DirectoryError } from './errors.js';
import type {
  AssignmentRecord,
  ChangeFact,
  GroupRecord,
  MemberRef,
  OtherRecord,
  ServicePrincipalRecord,
  UserRecord,
} from './records.js';

/** All that the directory holds, with the indexes that keep every change and every page cheap. */
export interface Store {
  readonly clock: SimulatorClock;
  readonly settings: GraphSettings;
  readonly random: Randomness;
  /** Live and soft-deleted users. */
  readonly users: Map<string, UserRecord>;
  readonly groups: Map<string, GroupRecord>;
  readonly others: Map<string, OtherRecord>;
  readonly servicePrincipals: Map<string, ServicePrincipalRecord>;
  /** Every user id that ever was, in order of creation; positions in it never change. */
  readonly userIds: string[];
  readonly groupIds: string[];
  readonly purgedIds: Set<string>;
  /** Soft-deleted objects, the earliest deletion first. */
  readonly deletedUsers: Map<string, UserRecord>;
  readonly deletedGroups: Map<string, GroupRecord>;
  /** Live users by lower-case userPrincipalName. */
  readonly idByUserPrincipalName: Map<string, string>;
  readonly groupsOf: Map<string, Set<string>>;
  readonly reportsOf: Map<string, Set<string>>;
  readonly assignmentsOf: Map<string, Set<AssignmentRecord>>;
  readonly userLog: ChangeLog;
  readonly groupLog: ChangeLog;
  /** The last sequence number given. */
  seq: number;
}

export const createStore = (clock: SimulatorClock, settings: GraphSettings, random: Randomness): Store => ({
  clock,
  settings,
  random,
  users: new Map(),
  groups: new Map(),
  others: new Map(),
  servicePrincipals: new Map(),
  userIds: [],
  groupIds: [],
  purgedIds: new Set(),
  deletedUsers: new Map(),
  deletedGroups: new Map(),
  idByUserPrincipalName: new Map(),
  groupsOf: new Map(),
  reportsOf: new Map(),
  assignmentsOf: new Map(),
  userLog: createChangeLog(),
  groupLog: createChangeLog(),
  seq: 0,
});

const trimEvery = 4_096;

const logChange = (store: Store, log: ChangeLog, object: UserRecord | GroupRecord, fact: ChangeFact): number => {
  store.seq += 1;
  if (store.seq % trimEvery === 0) {
    const keptMs = Math.max(store.settings.deltaTokenLifetimeMs, store.settings.lagMaxMs);
    log.trimBefore(store.clock.nowMs() - keptMs);
  }
  appendChange(log, object, store.seq, store.clock.nowMs(), fact);
  return store.seq;
};

/** Enters a change of a user and returns its sequence number. */
export const logUserChange = (store: Store, user: UserRecord, fact: ChangeFact): number =>
  logChange(store, store.userLog, user, fact);

/** Enters a change of a group and returns its sequence number. */
export const logGroupChange = (store: Store, group: GroupRecord, fact: ChangeFact): number =>
  logChange(store, store.groupLog, group, fact);

/** The member as groups see it, whether live or soft-deleted; null for an id that is nobody's. */
export const findMember = (store: Store, id: string): MemberRef | null => {
  if (store.users.has(id)) {
    return { id, type: 'user' };
  }
  if (store.groups.has(id)) {
    return { id, type: 'group' };
  }
  const other = store.others.get(id);
  if (other !== undefined) {
    return { id, type: other.type };
  }
  return store.servicePrincipals.has(id) ? { id, type: 'servicePrincipal' } : null;
};

/** Whether the object can be seen at all: it is there and not in the recycle bin. */
export const isLive = (store: Store, id: string): boolean => {
  const deletable = store.users.get(id) ?? store.groups.get(id) ?? store.servicePrincipals.get(id);
  return deletable === undefined ? store.others.has(id) : deletable.deletedAtMs === null;
};

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new id, or the wished one if it is a GUID in lower case that was never used. */
export const takeId = (store: Store, wished: string | undefined): string => {
  if (wished === undefined) {
    return store.random.guid();
  }
  if (!idForm.test(wished)) {
    throw new DirectoryError('BadValue', `An object id is a GUID in lower case, which '${wished}' is not.`);
  }
  if (store.purgedIds.has(wished) || findMember(store, wished) !== null) {
    throw new DirectoryError('AlreadyExists', `Object id ${wished} is or was in use; ids are never used twice.`);
  }
  return wished;
};

/** Adds `value` to the set under `key`. */
export const addTo = <Value>(index: Map<string, Set<Value>>, key: string, value: Value): void => {
  const values = index.get(key);
  if (values === undefined) {
    index.set(key, new Set([value]));
  } else {
    values.add(value);
  }
};

/** Removes `value` from the set under `key`, and the set when it is empty. */
export const removeFrom = <Value>(index: Map<string, Set<Value>>, key: string, value: Value): void => {
  const values = index.get(key);
  if (values?.delete(value) && values.size === 0) {
    index.delete(key);
  }
};
