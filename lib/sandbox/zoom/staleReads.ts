import type { Account } from './account.js';
import type { Call, Simulation } from './simulation.js';

const findDelay = (sim: Simulation, call: Call): number =>
  call.strikes.find('eventual.readAfterWrite')?.forMs ?? sim.settings.readAfterWriteMs;

const copy = (account: Account): Account => ({ ...account, groupIds: new Set(account.groupIds), stale: null });

const hide = (sim: Simulation, call: Call, account: Account, was: Account | null): void => {
  const delayMs = findDelay(sim, call);
  if (delayMs > 0) account.stale = { untilMs: sim.clock.nowMs() + delayMs, was };
};

/** Reads do not find a new account for as long as the service is said to be behind. */
export const hideCreation = (sim: Simulation, call: Call, account: Account): void => hide(sim, call, account, null);

/** Carries a change out; reads show what was before for as long as the service is said to be behind. */
export const changeAccount = (sim: Simulation, call: Call, account: Account, change: () => void): void => {
  const was = findDelay(sim, call) > 0 ? (account.stale?.was ?? copy(account)) : null;
  change();
  account.modifiedMs = sim.clock.nowMs();
  hide(sim, call, account, was);
};

/** The account as a read sees it now; null while its creation is not visible yet. */
export const readAccount = (sim: Simulation, account: Account): Account | null =>
  account.stale !== null && sim.clock.nowMs() < account.stale.untilMs ? account.stale.was : account;
