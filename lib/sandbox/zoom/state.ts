import type { JsonObject } from '../../mapping/json.js';
import { type Account, readDisplayName } from './account.js';
import { formatSeconds } from './clock.js';
import type { Group } from './groupStore.js';
import type { Simulation } from './simulation.js';

/** One account as it truly stands, what the API never shows included. A copy. */
export interface AccountState {
  readonly id: string;
  readonly userName: string;
  readonly email: string;
  readonly status: 'active' | 'inactive' | 'pending';
  readonly userType: string;
  readonly role: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly title: string | null;
  readonly locale: string | null;
  readonly phoneNumbers: readonly { readonly type: string; readonly value: string }[];
  readonly loginType: { readonly sso: boolean; readonly workEmail: boolean };
  readonly enterprise: JsonObject;
  readonly extension: JsonObject;
  readonly groupIds: readonly string[];
  readonly created: string;
  readonly lastModified: string;
}

export interface GroupState {
  readonly id: string;
  readonly displayName: string;
  readonly emailAlias: string | null;
  readonly isDefault: boolean;
  readonly memberIds: readonly string[];
}

/** Zoom as it truly stands. A copy: later requests do not change it. */
export interface ZoomState {
  readonly accounts: ReadonlyMap<string, AccountState>;
  readonly groups: ReadonlyMap<string, GroupState>;
  /** E-mails of other Zoom accounts, in lower case. */
  readonly foreign: readonly string[];
  /** userNames of invited people. */
  readonly pending: readonly string[];
  readonly licences: { readonly licensedUsed: number; readonly licensedSeats: number; readonly basicUsed: number };
}

export const describeAccount = (account: Account): AccountState => ({
  id: account.id,
  userName: account.userName,
  email: account.email,
  status: account.status,
  userType: account.userType,
  role: account.role,
  givenName: account.givenName,
  familyName: account.familyName,
  displayName: readDisplayName(account),
  title: account.title,
  locale: account.locale,
  phoneNumbers: account.phoneNumbers.map((phone) => ({ ...phone })),
  loginType: { ...account.loginType },
  enterprise: { ...account.enterprise },
  extension: { ...account.extension },
  groupIds: [...account.groupIds],
  created: formatSeconds(account.createdMs),
  lastModified: formatSeconds(account.modifiedMs),
});

export const describeGroup = (group: Group): GroupState => ({
  id: group.id,
  displayName: group.displayName,
  emailAlias: group.emailAlias,
  isDefault: group.isDefault,
  memberIds: [...group.memberIds],
});

export const describeLicences = (sim: Simulation): ZoomState['licences'] => ({
  licensedUsed: sim.accounts.countType('Licensed'),
  licensedSeats: sim.settings.licensedSeats,
  basicUsed: sim.accounts.countType('Basic'),
});

export const describeState = (sim: Simulation): ZoomState => {
  const accounts = [...sim.accounts.all()];
  return {
    accounts: new Map(accounts.map((account) => [account.id, describeAccount(account)])),
    groups: new Map([...sim.groups.all()].map((group) => [group.id, describeGroup(group)])),
    foreign: [...sim.foreignMails],
    pending: accounts.filter((account) => account.status === 'pending').map((account) => account.userName),
    licences: describeLicences(sim),
  };
};
