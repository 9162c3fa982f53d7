import fc from 'fast-check';
import { scheduleNext } from '../../lib/engine/cycleStart.js';
import { newJob } from '../../lib/engine/newJob.js';
import { isDue, nextRunAt } from '../../lib/engine/schedule.js';

const minuteMs = 60_000;
const eight = Date.UTC(2026, 10, 23, 8);

describe('the grid of cycles', () => {
  it('counts from the scheduled instant, so that 40 minutes stay 40', () => {
    expect(nextRunAt(eight, 40 * minuteMs, eight + 3 * minuteMs)).toBe(eight + 40 * minuteMs);
  });

  it('skips what has passed', () => {
    expect(nextRunAt(eight, 40 * minuteMs, eight + 90 * minuteMs)).toBe(eight + 120 * minuteMs);
  });

  it('is always ahead, on the grid, and no further than one interval', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: -1e9, max: 1e9 }), (intervalMs, lateMs) => {
        const nowMs = eight + lateMs;
        const next = nextRunAt(eight, intervalMs, nowMs);
        expect(next).toBeGreaterThan(nowMs);
        expect((next - eight) % intervalMs).toBe(0);
        if (lateMs >= 0) expect(next - nowMs).toBeLessThanOrEqual(intervalMs);
      }),
      { seed: 7 },
    );
  });

  it('is due from its instant on, and at once where there was none', () => {
    const at = new Date(eight).toISOString();
    expect([isDue(null, eight), isDue(at, eight - 1), isDue(at, eight)]).toEqual([true, false, true]);
  });

  it('starts anew with a cycle that was asked for', () => {
    const job = { ...newJob('job', 'on', 40 * minuteMs), nextRunAt: new Date(eight).toISOString() };
    const nowMs = eight + 7 * minuteMs;
    expect(scheduleNext(job, false, nowMs)).toBe(new Date(eight + 40 * minuteMs).toISOString());
    expect(scheduleNext(job, true, nowMs)).toBe(new Date(nowMs + 40 * minuteMs).toISOString());
  });
});
