import { setTimeout as wait } from 'node:timers/promises';
import { type Launched, stopProgram } from '../bench/processes.js';
import type { KillPoint } from './killPoints.js';
import type { ChaosWorld } from './world.js';

const pollMs = 50;
/** Both hosts run for so long, the one that was frozen before it wakes up and after. */
const bothRunMs = 1_000;

/** The host under fire, and the cycle it is to bring to an end. */
export interface Victim {
  /** Kills the host at the point; false where the cycle had ended before, and the host lives on. */
  killAt(point: KillPoint, cycle: WatchedCycle): Promise<boolean>;
  /** Lets the host end the cycle. Throws where it does not within the limit. */
  waitForEnd(cycle: WatchedCycle, limitMs: number): Promise<void>;
  stop(): Promise<void>;
}

export interface WatchedCycle {
  readonly cycleId: string;
  /** Writes that Zoom had stored when the cycle was asked for. */
  readonly writesBefore: number;
}

export const createVictim = (world: ChaosWorld): Victim => {
  let host: Launched | null = null;
  let frozen: Launched | null = null;
  let fenceBefore = 0;

  const launch = (): Launched => {
    if (host !== null) return host;
    host = world.launchHost();
    // Killed before it was ready, or never asked again.
    host.ready.catch(() => undefined);
    return host;
  };

  const look = async (cycle: WatchedCycle) => {
    const { job, lease } = await world.state.jobs.read();
    return {
      hasEnded: job?.lastExecution?.cycleId === cycle.cycleId,
      hasLease: lease !== null && lease.fence > fenceBefore,
      fence: lease?.fence ?? fenceBefore,
    };
  };

  const kill = async (cycle: WatchedCycle): Promise<true> => {
    if (host !== null) await stopProgram(host, 'SIGKILL');
    host = null;
    fenceBefore = (await look(cycle)).fence;
    return true;
  };

  /** Another host takes over while this one stands still; then both run, and the one that lost the lease dies. */
  const freeze = async (cycle: WatchedCycle): Promise<true> => {
    frozen = host;
    frozen?.child.kill('SIGSTOP');
    host = null;
    fenceBefore = (await look(cycle)).fence;
    await launch().ready;
    for (;;) {
      const { hasEnded, hasLease } = await look(cycle);
      if (hasEnded || hasLease) break;
      await wait(pollMs);
    }
    await wait(bothRunMs);
    frozen?.child.kill('SIGCONT');
    await wait(bothRunMs);
    if (frozen !== null) await stopProgram(frozen, 'SIGKILL');
    frozen = null;
    return true;
  };

  /** False where the cycle ended first. */
  const reach = async (point: KillPoint, cycle: WatchedCycle): Promise<boolean> => {
    if (point.kind === 'start') return true;
    await launch().ready;
    for (;;) {
      const { hasEnded, hasLease } = await look(cycle);
      if (hasEnded) return false;
      const isThere =
        hasLease &&
        (point.kind !== 'writes' || (await world.control.countWrites()) - cycle.writesBefore >= point.writes);
      if (isThere) return true;
      await wait(pollMs);
    }
  };

  return {
    killAt: async (point, cycle) => {
      launch();
      if (!(await reach(point, cycle))) return false;
      await wait(point.delayMs);
      if ((await look(cycle)).hasEnded) return false;
      return point.kind === 'freeze' ? freeze(cycle) : kill(cycle);
    },
    waitForEnd: async (cycle, limitMs) => {
      await launch().ready;
      const until = Date.now() + limitMs;
      while (!(await look(cycle)).hasEnded) {
        if (Date.now() > until) throw new Error(`The cycle did not end within ${limitMs / 1_000} s of the last kill.`);
        await wait(pollMs);
      }
    },
    stop: async () => {
      for (const one of [host, frozen]) if (one !== null) await stopProgram(one, 'SIGKILL');
    },
  };
};
