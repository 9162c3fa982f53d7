import fc from 'fast-check';
import { type GuardInput, guardRemovals, hourOf, sumOfDay } from '../../lib/engine/deletionGuard.js';

const inputOf = (
  newlyStaged: number,
  linkedActive: number,
  threshold: number,
  thresholdPercent: number,
): GuardInput => ({
  newlyStaged,
  linkedActive,
  threshold,
  thresholdPercent,
  carriedOut: 0,
  carriedOutToday: 0,
  thresholdDaily: 3 * threshold,
});

const verdict = (removals: number, linkedActive: number, threshold = 100, thresholdPercent = 10): string =>
  guardRemovals(inputOf(removals, linkedActive, threshold, thresholdPercent)).kind;

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
    const input = inputOf(11, 100, 100, 10);
    expect(guardRemovals(input)).toMatchObject({ reason: expect.stringContaining('10 % of 100') });
    expect(guardRemovals({ ...input, threshold: 5 })).toMatchObject({ reason: expect.stringContaining('more than 5') });
  });

  it('counts what the rolling day has carried out, by number and by three times the share', () => {
    const day = { ...inputOf(5, 1_000, 100, 10), thresholdDaily: 300 };
    expect(guardRemovals({ ...day, linkedActive: 10_000, carriedOutToday: 295 }).kind).toBe('go');
    expect(guardRemovals({ ...day, linkedActive: 10_000, carriedOutToday: 296 })).toMatchObject({
      reason: '301 removals in 24 hours are more than 300',
    });
    // A slow trickle: each cycle takes less than a tenth, the day more than three.
    expect(guardRemovals({ ...day, linkedActive: 75, carriedOutToday: 25 }).kind).toBe('go');
    expect(guardRemovals({ ...day, linkedActive: 74, carriedOutToday: 26 })).toMatchObject({
      reason: '31 removals in 24 hours are more than 30 % of 100 active users',
    });
  });

  it('forgets what is older than a day', () => {
    const nowMs = Date.UTC(2026, 10, 24, 9, 30);
    const removals = { '2026-11-23T08': 7, '2026-11-23T09': 1, '2026-11-24T09': 2 };
    expect(sumOfDay(removals, nowMs)).toBe(3);
    expect(hourOf(nowMs)).toBe('2026-11-24T09');
  });
});
