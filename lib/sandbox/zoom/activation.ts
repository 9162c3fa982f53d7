import { type Account, isLicenceKey } from './account.js';
import { grantUserType } from './licences.js';
import { scimError } from './refusal.js';
import type { Call, Simulation } from './simulation.js';

const dropLicences = (sim: Simulation, account: Account): void => {
  account.taken = { userType: account.userType, extension: account.extension };
  sim.accounts.setUserType(account, 'Basic');
  account.extension = Object.fromEntries(Object.entries(account.extension).filter(([key]) => !isLicenceKey(key)));
};

/** The licence type that activation gives back; throws where the pool refuses. */
const chooseRestoredType = (sim: Simulation, call: Call | null, account: Account): Account['userType'] => {
  const restores = sim.settings.activationRestoresLicence && !call?.strikes.has('reactivate.licenceLost');
  return restores && account.taken !== null ? grantUserType(sim, call, account.taken.userType, account) : 'Basic';
};

/** Whether deactivating this account does nothing; throws where it is refused instead (SCIM deactivates members only). */
const isKeptActive = (sim: Simulation, call: Call | null, account: Account): boolean => {
  if (call?.strikes.has('user.adminNoop')) return true;
  if (call === null || account.role === 'Member') return false;
  if (sim.settings.adminDeactivate === 'silentNoop') return true;
  throw scimError(Number(sim.settings.adminDeactivate), 'Only members can be deactivated.');
};

/**
 * Activates or deactivates an account that is not pending. Deactivation takes all licences, activation gives none back.
 * Without a call it is an administrator's own act in Zoom, which works for everybody.
 */
export const setActive = (sim: Simulation, call: Call | null, account: Account, active: boolean): void => {
  if (active === (account.status === 'active')) return;
  if (!active) {
    if (isKeptActive(sim, call, account)) return;
    sim.accounts.setStatus(account, 'inactive');
    dropLicences(sim, account);
    return;
  }
  const userType = chooseRestoredType(sim, call, account);
  sim.accounts.setStatus(account, 'active');
  sim.accounts.setUserType(account, userType);
  if (userType !== 'Basic') account.extension = { ...account.taken?.extension, ...account.extension };
};
