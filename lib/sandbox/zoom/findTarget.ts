import type { Account } from './account.js';
import { notBelonging, unknownUser } from './refusal.js';
import type { Call, Simulation } from './simulation.js';

/** Removes an account and its memberships. */
export const eraseAccount = (sim: Simulation, account: Account): void => {
  for (const groupId of account.groupIds) sim.groups.get(groupId)?.memberIds.delete(account.id);
  sim.accounts.remove(account);
};

/** The account that a path names, pending ones included; throws Zoom's answer where there is none. */
export const findTarget = (sim: Simulation, call: Call): Account => {
  const account = sim.accounts.get(call.id);
  if (call.strikes.has('user.foreign')) throw notBelonging(sim.settings.notBelongingStatus, call.id);
  if (account === undefined) throw unknownUser(call.id);
  if (!call.strikes.has('user.deletedInZoom')) return account;
  eraseAccount(sim, account);
  throw unknownUser(call.id);
};
