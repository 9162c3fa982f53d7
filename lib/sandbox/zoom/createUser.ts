import type { Account, LoginType } from './account.js';
import { renderAccount } from './accountResource.js';
import { grantUserType } from './licences.js';
import { applyNames, applyProfile, checkPlans } from './profile.js';
import { invalidField, type Refusal, scimError } from './refusal.js';
import { readRequestBody } from './requestBody.js';
import type { Call, Simulation } from './simulation.js';
import { hideCreation } from './staleReads.js';
import { isEmail, readUserBody, type UserBody } from './userBody.js';
import { replyJson, type WireReply } from './wire.js';

export const isManaged = (sim: Simulation, address: string): boolean => {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return sim.settings.associatedDomains.some((managed) => managed.toLowerCase() === domain);
};

export const refuseDuplicate = (sim: Simulation, address: string): Refusal =>
  scimError(sim.settings.duplicateStatus, `User already in the account: ${address}`);

/** Whether an address belongs to somebody else, here or in another Zoom account. */
export const isTaken = (sim: Simulation, address: string, own: Account | null): boolean => {
  if (sim.foreignMails.has(address.toLowerCase())) return true;
  const owner = sim.accounts.findOwner(address);
  return owner !== undefined && owner !== own;
};

const checkAddresses = (sim: Simulation, call: Call, userName: string, email: string): void => {
  const { strikes } = call;
  if (strikes.has('user.conflict') || strikes.has('user.foreign')) throw refuseDuplicate(sim, userName);
  for (const address of [userName, email]) {
    if (isTaken(sim, address, null)) throw refuseDuplicate(sim, address);
  }
};

/** Nothing said about the login type means single sign-on. */
const chooseLoginType = (body: UserBody): LoginType => {
  const loginType = body.loginType ?? { sso: true, workEmail: false };
  if (!loginType.sso && !loginType.workEmail) throw invalidField('LoginType');
  return loginType;
};

const isInvited = (sim: Simulation, call: Call, userName: string, loginType: LoginType): boolean =>
  call.strikes.has('user.pending') ||
  !isManaged(sim, userName) ||
  !loginType.sso ||
  (loginType.workEmail && sim.settings.mixedLoginIsPending);

const chooseStatus = (invited: boolean, active: boolean | undefined): Account['status'] =>
  invited ? 'pending' : active === false ? 'inactive' : 'active';

/** An account with nothing in its profile; not stored yet. */
export const makeAccount = (
  sim: Simulation,
  identity: Pick<Account, 'userName' | 'email' | 'status' | 'userType' | 'loginType'> & { readonly id?: string },
): Account => ({
  ...identity,
  id: identity.id ?? sim.newId(),
  sequence: sim.accounts.nextSequence(),
  role: 'Member',
  givenName: '',
  familyName: '',
  displayName: null,
  title: null,
  locale: null,
  phoneNumbers: [],
  enterprise: {},
  extension: {},
  groupIds: new Set(),
  createdMs: sim.clock.nowMs(),
  modifiedMs: sim.clock.nowMs(),
  taken: null,
  stale: null,
});

const renderCreated = (sim: Simulation, account: Account, body: UserBody) => {
  const resource = renderAccount(sim, account);
  if (account.status !== 'pending') return resource;
  return { ...resource, active: sim.settings.pendingShowsActive === 'asAsked' && body.active !== false };
};

/** `POST /Users`: 201 with the user, who is pending where the address or the login type calls for an invitation. */
export const createUser = (sim: Simulation, call: Call): WireReply => {
  const body = readUserBody(readRequestBody(sim, call), sim.settings);
  const { userName } = body;
  if (userName === undefined || !isEmail(userName)) throw invalidField('UserName');
  const email = body.email ?? userName;
  const loginType = chooseLoginType(body);
  checkPlans(sim.settings, body.extension);
  checkAddresses(sim, call, userName, email);
  const status = chooseStatus(isInvited(sim, call, userName, loginType), body.active);
  const wanted = status === 'inactive' ? 'Basic' : body.userType;
  const userType = grantUserType(sim, call, wanted, null);
  sim.limiter.admitCreation();
  const account = makeAccount(sim, { userName, email, status, userType, loginType });
  applyNames({ ...sim.settings, displayNameWritable: true }, account, body);
  applyProfile(sim, account, body);
  sim.accounts.insert(account);
  hideCreation(sim, call, account);
  return replyJson(201, renderCreated(sim, account, body));
};
