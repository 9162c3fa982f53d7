import fc from 'fast-check';
import { computeBackoffMs } from '../../lib/http/backoff.js';

const options = { baseMs: 1_000, maxMs: 60_000 };

describe('back-off', () => {
  it('doubles with each attempt', () => {
    expect([1, 2, 3, 4].map((attempt) => computeBackoffMs(attempt, options, () => 1))).toEqual([
      1_000, 2_000, 4_000, 8_000,
    ]);
  });

  it('leaves half of the wait to chance', () => {
    expect(computeBackoffMs(3, options, () => 0)).toBe(2_000);
    expect(computeBackoffMs(3, options, () => 0.5)).toBe(3_000);
  });

  it('never exceeds its maximum nor falls below half the base', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, draw) => {
          const waitMs = computeBackoffMs(attempt, options, () => draw);
          expect(waitMs).toBeGreaterThanOrEqual(500);
          expect(waitMs).toBeLessThanOrEqual(60_000);
        },
      ),
      { seed: 7 },
    );
  });
});
