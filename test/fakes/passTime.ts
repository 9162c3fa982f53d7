import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns of the event loop that an in-memory request may need before it waits for the clock. */
const turnsEachStep = 4;

/** Moves a held clock on, step by step, until `work` has ended. Throws where it has not after an hour of its time. */
export const passTime = async <Result>(
  clock: { advance(byMs: number): void },
  work: Promise<Result>,
  stepMs = 50,
): Promise<Result> => {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  work.then(end, end);
  for (let passedMs = 0; passedMs <= 3_600_000; passedMs += stepMs) {
    for (let turn = 0; turn < turnsEachStep; turn += 1) {
      await nextTurn();
    }
    if (hasEnded) {
      return work;
    }
    clock.advance(stepMs);
  }
  throw new Error('The work did not end within an hour of the clock.');
};
