import fc from 'fast-check';
import { guardRemovals } from '../../lib/engine/deletionGuard.js';

const verdict = (removals: number, linkedActive: number, threshold = 100, thresholdPercent = 10): string =>
  guardRemovals({ removals, linkedActive, threshold, thresholdPercent }).kind;

describe('the guard of removals', () => {
  it.each([
    [0, 1_000, 'go'],
    [100, 1_000, 'go'],
    [101, 1_000_000, 'hold'],
    [2, 20, 'go'],
    [20, 20, 'go'],
    [2, 21, 'go'],
    [3, 21, 'hold'],
    [10, 100, 'go'],
    [11, 100, 'hold'],
  ])('of %i out of %i active: %s', (removals, linkedActive, wanted) => {
    expect(verdict(removals, linkedActive)).toBe(wanted);
  });

  it('lets nobody go where the number is zero', () => {
    expect(verdict(1, 10, 0)).toBe('hold');
    expect(verdict(0, 10, 0)).toBe('go');
  });

  it('never lets more go than it would hold of fewer', () => {
    const count = fc.nat(5_000);
    fc.assert(
      fc.property(
        count,
        count,
        count,
        fc.integer({ min: 0, max: 100 }),
        (removals, linkedActive, threshold, percent) => {
          if (verdict(removals, linkedActive, threshold, percent) === 'hold') {
            expect(verdict(removals + 1, linkedActive, threshold, percent)).toBe('hold');
          }
        },
      ),
      { seed: 7 },
    );
  });

  it('names the number or the share that it went by', () => {
    const input = { removals: 11, linkedActive: 100, threshold: 100, thresholdPercent: 10 };
    expect(guardRemovals(input)).toMatchObject({ reason: expect.stringContaining('10 % of 100') });
    expect(guardRemovals({ ...input, threshold: 5 })).toMatchObject({ reason: expect.stringContaining('more than 5') });
  });
});
