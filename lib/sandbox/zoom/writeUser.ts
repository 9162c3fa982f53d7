import type { Account } from './account.js';
import { renderAccount } from './accountResource.js';
import { setActive } from './activation.js';
import { isManaged, isTaken, refuseDuplicate } from './createUser.js';
import { eraseAccount, findTarget } from './findTarget.js';
import { grantUserType } from './licences.js';
import { applyNames, applyProfile, checkPlans, takesLicences } from './profile.js';
import { notBelonging, scimError } from './refusal.js';
import { readRequestBody } from './requestBody.js';
import type { Call, Simulation } from './simulation.js';
import { changeAccount } from './staleReads.js';
import { readUserBody, type UserBody } from './userBody.js';
import { replyEmpty, replyJson, type WireReply } from './wire.js';

/** The address that a PUT makes the account's e-mail; null where it stays. Throws where it is refused. */
const chooseEmail = (sim: Simulation, call: Call, account: Account, body: UserBody): string | null => {
  const { emailChange } = sim.settings;
  const { email } = body;
  if (email === undefined || email === account.email || call.strikes.has('user.renameIgnored')) return null;
  const managed = isManaged(sim, email);
  if (emailChange === 'ignore' || (emailChange === 'auto' && !managed)) return null;
  if (emailChange === 'rejectUnmanagedDomain' && !managed) {
    throw scimError(400, "Domain name doesn't match the associated domains of the account.");
  }
  if (isTaken(sim, email, account)) throw refuseDuplicate(sim, email);
  return email;
};

const applyEmail = (sim: Simulation, account: Account, email: string): void => {
  sim.accounts.setEmail(account, email);
  if (sim.settings.userNameFollowsEmail) sim.accounts.setUserName(account, email);
};

/**
 * `PUT /Users/{id}`: merges what is given. `userName` and `loginType` are ignored with 200; so is everything for a
 * pending account.
 */
export const putUser = (sim: Simulation, call: Call): WireReply => {
  const account = findTarget(sim, call);
  const body = readUserBody(readRequestBody(sim, call), sim.settings);
  const pending = account.status === 'pending' || call.strikes.has('user.pending');
  if (pending || call.strikes.has('write.ignored')) return replyJson(200, renderAccount(sim, account));
  checkPlans(sim.settings, body.extension);
  const email = chooseEmail(sim, call, account, body);
  const active = body.active ?? account.status === 'active';
  const userType = takesLicences(sim.settings, active ? 'active' : 'inactive')
    ? grantUserType(sim, call, body.userType, account)
    : account.userType;
  changeAccount(sim, call, account, () => {
    setActive(sim, call, account, active);
    if (takesLicences(sim.settings, account.status)) applyUserType(sim, account, body, userType);
    if (email !== null) applyEmail(sim, account, email);
    if (!call.strikes.has('user.renameIgnored')) applyNames(sim.settings, account, body);
    applyProfile(sim, account, body);
  });
  return replyJson(200, renderAccount(sim, account));
};

const applyUserType = (sim: Simulation, account: Account, body: UserBody, granted: Account['userType']): void => {
  if (body.userType !== undefined) sim.accounts.setUserType(account, granted);
};

/** `DELETE /Users/{id}`: 204, memberships gone with the account. */
export const deleteUser = (sim: Simulation, call: Call): WireReply => {
  const account = findTarget(sim, call);
  if (account.status === 'pending' || call.strikes.has('user.pending')) {
    throw notBelonging(sim.settings.notBelongingStatus, account.id);
  }
  if (account.role === 'Owner') throw scimError(400, 'The account owner cannot be deleted.');
  if (call.strikes.has('write.ignored')) return replyEmpty(204);
  const unlinks = sim.settings.deleteMode === 'unlink';
  if (unlinks && isManaged(sim, account.email)) {
    throw scimError(400, 'A user of an associated domain cannot be unlinked.');
  }
  eraseAccount(sim, account);
  if (unlinks) sim.foreignMails.add(account.email.toLowerCase());
  return replyEmpty(204);
};
