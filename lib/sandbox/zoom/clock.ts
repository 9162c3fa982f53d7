import type { Clock } from '../../clock.js';

/** A clock that a test or the control surface can push forward. */
export interface SimulatorClock extends Clock {
  advance(byMs: number): void;
}

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

const takeEarliest = (sleepers: Set<Sleeper>, untilMs: number): Sleeper | undefined => {
  let earliest: Sleeper | undefined;
  for (const sleeper of sleepers) {
    if (sleeper.dueMs <= untilMs && (earliest === undefined || sleeper.dueMs < earliest.dueMs)) earliest = sleeper;
  }
  if (earliest !== undefined) sleepers.delete(earliest);
  return earliest;
};

/** Time that stands still until `advance`; sleepers wake in the order in which they are due. */
export const createVirtualClock = (startMs: number): SimulatorClock => {
  let nowMs = startMs;
  const sleepers = new Set<Sleeper>();
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        };
        const sleeper: Sleeper = {
          dueMs: nowMs + delayMs,
          wake: () => {
            signal.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal.addEventListener('abort', onAbort, { once: true });
      }),
    advance: (byMs) => {
      const untilMs = nowMs + byMs;
      for (let next = takeEarliest(sleepers, untilMs); next; next = takeEarliest(sleepers, untilMs)) {
        nowMs = Math.max(nowMs, next.dueMs);
        next.wake();
      }
      nowMs = untilMs;
    },
  };
};

/** Another clock's time plus what was advanced here; it sleeps as the other does. */
export const createShiftedClock = (clock: Clock): SimulatorClock => {
  let aheadMs = 0;
  return {
    nowMs: () => clock.nowMs() + aheadMs,
    monotonicMs: () => clock.monotonicMs() + aheadMs,
    sleep: (delayMs, signal) => clock.sleep(delayMs, signal),
    advance: (byMs) => {
      aheadMs += byMs;
    },
  };
};

/** An instant as Zoom writes it: UTC, whole seconds. */
export const formatSeconds = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 19)}Z`;
