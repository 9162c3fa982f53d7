import type { ZoomSettings } from './settings.js';
import type { Simulation } from './simulation.js';

/** Empties everything and takes the first settings again; the clock and the random sequence go on. */
export const resetSimulation = (sim: Simulation, firstSettings: ZoomSettings): void => {
  sim.accounts.clear();
  sim.groups.clear();
  sim.foreignMails.clear();
  sim.tokens.clear();
  sim.limiter.clear();
  sim.faults.clear();
  sim.journal.clear();
  Object.assign(sim.settings, structuredClone(firstSettings));
};
