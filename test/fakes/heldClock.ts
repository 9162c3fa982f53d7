import type { Clock } from '../../lib/clock.js';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it, and remembers what was slept. */
export interface HeldClock extends Clock {
  /** Every delay asked for, in order. */
  readonly sleeps: readonly number[];
  /** Moves time on and wakes whoever is due. */
  advance(byMs: number): void;
  /** How many sleep now. */
  sleeping(): number;
}

export interface HeldClockOptions {
  readonly nowMs?: number;
  /** Sleeps for which it says true are over at once, and time moves by them. None by default. */
  readonly passes?: (delayMs: number) => boolean;
}

export const createHeldClock = ({ nowMs = Date.UTC(2026, 10, 23), passes }: HeldClockOptions = {}): HeldClock => {
  let elapsedMs = 0;
  const sleeps: number[] = [];
  const sleepers = new Set<Sleeper>();
  const advance = (byMs: number) => {
    elapsedMs += byMs;
    for (const sleeper of [...sleepers].filter(({ dueMs }) => dueMs <= elapsedMs)) {
      sleepers.delete(sleeper);
      sleeper.wake();
    }
  };
  return {
    nowMs: () => nowMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    sleeps,
    advance,
    sleeping: () => sleepers.size,
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        sleeps.push(delayMs);
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        if (passes?.(delayMs) === true) {
          advance(delayMs);
          resolve();
          return;
        }
        const sleeper = { dueMs: elapsedMs + delayMs, wake: resolve };
        sleepers.add(sleeper);
        signal.addEventListener(
          'abort',
          () => {
            sleepers.delete(sleeper);
            reject(signal.reason);
          },
          { once: true },
        );
      }),
  };
};
