import { setImmediate as turn } from 'node:timers/promises';
import { createVirtualClock, type SimulatorClock } from '../../lib/sandbox/zoom/clock.js';

/** A clock that stands still, and moves only when nothing else can happen. */
export interface SettlingClock extends SimulatorClock {
  /** Runs work to its end; where it only waits for time, the clock is moved to the next instant somebody waits for. */
  settle<T>(work: Promise<T>): Promise<T>;
  /** As long as such work is under way, something else can happen: time stands still. */
  hold<T>(work: Promise<T>): Promise<T>;
}

/** Turns of the event loop without an answer after which work is taken to wait for time. */
const idleTurns = 40;

export const createSettlingClock = (startMs: number): SettlingClock => {
  const clock = createVirtualClock(startMs);
  const dues = new Map<symbol, number>();
  let held = 0;
  const moveOn = (): void => {
    if (held > 0 || dues.size === 0) return;
    clock.advance(Math.max(0, Math.min(...dues.values()) - clock.nowMs()));
  };
  return {
    ...clock,
    sleep: async (delayMs, signal) => {
      const key = Symbol();
      dues.set(key, clock.nowMs() + delayMs);
      try {
        await clock.sleep(delayMs, signal);
      } finally {
        dues.delete(key);
      }
    },
    async hold(work) {
      held += 1;
      try {
        return await work;
      } finally {
        held -= 1;
      }
    },
    async settle(work) {
      let isSettled = false;
      const settled = work.finally(() => {
        isSettled = true;
      });
      settled.catch(() => undefined);
      for (let turns = 0; !isSettled; turns += 1) {
        await turn();
        if (turns % idleTurns === idleTurns - 1) moveOn();
      }
      return settled;
    },
  };
};
