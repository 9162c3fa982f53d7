import { cycleStalled } from './faults.js';
import type { PhasesEnd } from './runPhases.js';
import type { Lease } from './state.js';
import type { World } from './world.js';

/** So many slices in a row may end in an unexpected error at the same checkpoint before the cycle is given up. */
const mostStalledSlices = 5;

/**
 * A slice ended in an error that nobody foresaw. Where the checkpoint has not moved in five slices, the cycle ends as
 * failed and the job is quarantined; else null, and the error goes on to the host, which delivers the message again.
 */
export const settleStall = async (lease: Lease, world: World): Promise<PhasesEnd | null> => {
  const { cycle, counters } = await world.state.jobs.read();
  if (!cycle || lease.isLost()) return null;
  const stalledSlices = cycle.stalledSlices + 1;
  if (stalledSlices >= mostStalledSlices)
    return { kind: 'finished', cycle, counters, fault: cycleStalled(cycle.phase) };
  await world.state.jobs.checkpoint(lease, { cycle: { ...cycle, stalledSlices } });
  return null;
};
