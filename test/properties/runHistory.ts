import fc from 'fast-check';
import type { Tables } from '../../lib/state/tables.js';
import { liveThrough } from './history.js';
import { plots } from './plots.js';
import type { Plot } from './step.js';

export interface HistoryOptions {
  /** The same seed is the same history. */
  readonly seed: number;
  readonly maxSteps: number;
  /** Fresh tables for each time the history, or a shorter one of its kind, is lived through; memory by default. */
  readonly openTables?: () => Tables;
  /** What histories are drawn from. */
  readonly draw?: (maxSteps: number) => fc.Arbitrary<Plot>;
}

export type HistoryResult =
  | { readonly kind: 'passed' }
  /** The shortest story found that goes wrong too. */
  | { readonly kind: 'failed'; readonly story: readonly string[]; readonly wrongs: readonly string[] };

const shrinkWithinMs = 180_000;

class WentWrong extends Error {
  override readonly name = 'WentWrong';
}

/** Draws one history, lives it through, and where it goes wrong makes it as short as it can be. */
export const runHistory = async ({
  seed,
  maxSteps,
  openTables,
  draw = plots,
}: HistoryOptions): Promise<HistoryResult> => {
  const property = fc.asyncProperty(draw(maxSteps), async (plot) => {
    const { wrongs } = await liveThrough(plot, openTables?.());
    if (wrongs.length > 0) throw new WentWrong(wrongs.join('\n'));
  });
  const details = await fc.check(property, {
    seed,
    numRuns: 1,
    unbiased: true,
    interruptAfterTimeLimit: shrinkWithinMs,
  });
  if (details.numRuns === 0 && details.interrupted) {
    return { kind: 'failed', story: [], wrongs: [`the history did not end within ${shrinkWithinMs / 1_000} s`] };
  }
  if (!details.failed) return { kind: 'passed' };
  if (!details.counterexample) throw details.errorInstance ?? new Error('The history could not be drawn.');
  const { story, wrongs } = await liveThrough(details.counterexample[0], openTables?.());
  return { kind: 'failed', story, wrongs };
};
