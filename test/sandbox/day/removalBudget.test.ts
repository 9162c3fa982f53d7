import fc from 'fast-check';
import { guardRemovals } from '../../../lib/engine/deletionGuard.js';
import { removalBudget } from '../../../lib/sandbox/day/removalBudget.js';

describe('how many may leave on a working day', () => {
  it('never trips the guard, at any size of the company', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (linkedActive) => {
        const removals = removalBudget(linkedActive);
        const verdict = guardRemovals({
          newlyStaged: removals,
          carriedOut: 0,
          carriedOutToday: 0,
          linkedActive,
          threshold: 100,
          thresholdPercent: 10,
          thresholdDaily: 300,
        });
        expect(verdict).toEqual({ kind: 'go' });
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it.each([
    [0, 0],
    [1, 1],
    [20, 2],
    [23, 2],
    [250, 8],
    [50_000, 40],
  ])('of %d active people are %d', (active, removals) => {
    expect(removalBudget(active)).toBe(removals);
  });
});
