import type { Simulation } from './simulation.js';

/** The invited person accepts and is active from now on. Throws where nobody invited has this id. */
export const acceptInvitation = (sim: Simulation, id: string): void => {
  const account = sim.accounts.get(id);
  if (account?.status !== 'pending') throw new Error(`There is no pending user ${id}.`);
  sim.accounts.setStatus(account, 'active');
  account.modifiedMs = sim.clock.nowMs();
};
