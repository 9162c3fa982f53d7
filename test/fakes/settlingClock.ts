import { setImmediate as turn } from 'node:timers/promises';
import { createVirtualClock, type SimulatorClock } from '../../lib/sandbox/zoom/clock.js';

/** A clock that stands still, and moves only when nothing else can happen. */
export interface SettlingClock extends SimulatorClock {
  /** Runs work to its end; where it only waits for time, the clock is moved to the next instant somebody waits for. */
  settle<T>(work: Promise<T>): Promise<T>;
}

/** Turns of the event loop without an answer after which work is taken to wait for time. */
const idleTurns = 40;
const stepMs = 250;

export const createSettlingClock = (startMs: number): SettlingClock => {
  const clock = createVirtualClock(startMs);
  return {
    ...clock,
    async settle(work) {
      let isSettled = false;
      const settled = work.finally(() => {
        isSettled = true;
      });
      settled.catch(() => undefined);
      for (let turns = 0; !isSettled; turns += 1) {
        await turn();
        if (turns % idleTurns === idleTurns - 1) clock.advance(stepMs);
      }
      return settled;
    },
  };
};
