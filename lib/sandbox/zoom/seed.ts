import type { Account } from './account.js';
import { setActive } from './activation.js';
import { isTaken, makeAccount } from './createUser.js';
import { checkSize, storeMembers } from './groupMembers.js';
import type { Group } from './groupStore.js';
import { seedSchema, type ZoomSeed, type ZoomSeedGroup, type ZoomSeedUser } from './seedSchema.js';
import { applySettings } from './settings.js';
import type { Simulation } from './simulation.js';

/** The ids of what was seeded, by the names that were given. */
export interface SeedResult {
  readonly userIds: Readonly<Record<string, string>>;
  readonly groupIds: Readonly<Record<string, string>>;
}

const findSeeded = (sim: Simulation, seed: ZoomSeedUser): Account | undefined =>
  (seed.id === undefined ? undefined : sim.accounts.get(seed.id)) ?? sim.accounts.findByUserName(seed.userName);

const insertSeeded = (sim: Simulation, seed: ZoomSeedUser): Account => {
  const { userName, email = userName, id } = seed;
  if ([userName, email].some((address) => isTaken(sim, address, null))) {
    throw new Error(`Seed user ${userName}: its userName or email is taken already.`);
  }
  const account = makeAccount(sim, {
    ...(id === undefined ? {} : { id }),
    userName,
    email,
    status: seed.status ?? 'active',
    userType: seed.userType ?? 'Basic',
    loginType: seed.loginType ?? { sso: true, workEmail: false },
  });
  sim.accounts.insert(account);
  return account;
};

const moveAddresses = (sim: Simulation, account: Account, seed: ZoomSeedUser): void => {
  const email = seed.email ?? account.email;
  if ([seed.userName, email].some((address) => isTaken(sim, address, account))) {
    throw new Error(`Seed user ${seed.userName}: its userName or email is taken already.`);
  }
  if (seed.userName !== account.userName) sim.accounts.setUserName(account, seed.userName);
  if (email !== account.email) sim.accounts.setEmail(account, email);
};

const changeStatus = (sim: Simulation, account: Account, status: Account['status']): void => {
  if (status === 'pending' || account.status === 'pending') sim.accounts.setStatus(account, status);
  else setActive(sim, null, account, status === 'active');
};

const seedOneUser = (sim: Simulation, seed: ZoomSeedUser): Account => {
  const found = findSeeded(sim, seed);
  const account = found ?? insertSeeded(sim, seed);
  if (found !== undefined) {
    moveAddresses(sim, found, seed);
    if (seed.status !== undefined) changeStatus(sim, found, seed.status);
    if (seed.userType !== undefined) sim.accounts.setUserType(found, seed.userType);
    found.modifiedMs = sim.clock.nowMs();
  }
  account.role = seed.role ?? account.role;
  account.givenName = seed.givenName ?? account.givenName;
  account.familyName = seed.familyName ?? account.familyName;
  if (seed.displayName !== undefined) account.displayName = seed.displayName;
  if (seed.title !== undefined) account.title = seed.title;
  if (seed.locale !== undefined) account.locale = seed.locale;
  account.phoneNumbers = seed.phoneNumbers ?? account.phoneNumbers;
  account.loginType = seed.loginType ?? account.loginType;
  account.enterprise = {
    ...account.enterprise,
    ...seed.enterprise,
    ...(seed.department === undefined ? {} : { department: seed.department }),
  };
  account.extension = { ...account.extension, ...seed.extension };
  return account;
};

const findMember = (sim: Simulation, name: string, group: string): string => {
  const account = sim.accounts.get(name) ?? sim.accounts.findByUserName(name);
  if (account === undefined) throw new Error(`Seed group ${group}: there is no user ${name}.`);
  return account.id;
};

const seedOneGroup = (sim: Simulation, seed: ZoomSeedGroup): Group => {
  const found =
    (seed.id === undefined ? undefined : sim.groups.get(seed.id)) ?? sim.groups.findByName(seed.displayName)[0];
  const nowMs = sim.clock.nowMs();
  const group: Group = found ?? {
    id: seed.id ?? sim.newId(),
    displayName: seed.displayName,
    emailAlias: null,
    isDefault: false,
    memberIds: new Set(),
    createdMs: nowMs,
    modifiedMs: nowMs,
  };
  if (found === undefined) sim.groups.insert(group);
  else if (found.displayName !== seed.displayName) sim.groups.rename(group, seed.displayName);
  if (seed.emailAlias !== undefined) group.emailAlias = seed.emailAlias;
  group.isDefault = seed.isDefault ?? group.isDefault;
  if (seed.members !== undefined) {
    const ids = new Set(seed.members.map((name) => findMember(sim, name, seed.displayName)));
    checkSize(sim, ids.size);
    storeMembers(sim, group, ids);
  }
  return group;
};

/** Puts settings, users, groups and foreign addresses in; throws a `ZodError` or an error that names the entry. */
export const applySeed = (sim: Simulation, seed: ZoomSeed): SeedResult => {
  const { settings, users = [], groups = [], foreign = [] } = seedSchema.parse(seed);
  if (settings !== undefined) applySettings(sim.settings, settings);
  for (const address of foreign) sim.foreignMails.add(address.toLowerCase());
  const userIds = users.map((user) => [user.userName, seedOneUser(sim, user).id]);
  const groupIds = groups.map((group) => [group.displayName, seedOneGroup(sim, group).id]);
  return { userIds: Object.fromEntries(userIds), groupIds: Object.fromEntries(groupIds) };
};
