import { createMeter } from '../../../lib/sandbox/progress/meter.js';

describe('rate and time left', () => {
  it('are unknown at first', () => {
    expect(createMeter().read(0, 100, 0)).toEqual({ done: 0, total: 100, perSecond: null, leftMs: null });
  });

  it('follow from what was done when', () => {
    const meter = createMeter();
    meter.read(0, 100, 0);
    expect(meter.read(20, 100, 1_000)).toEqual({ done: 20, total: 100, perSecond: 20, leftMs: 4_000 });
  });

  it('forget what was longer ago than five seconds', () => {
    const meter = createMeter();
    meter.read(0, 1_000, 0);
    meter.read(500, 1_000, 4_000);
    expect(meter.read(510, 1_000, 9_000)).toMatchObject({ perSecond: 2, leftMs: 245_000 });
  });

  it('leave the time open while nothing moves', () => {
    const meter = createMeter();
    meter.read(5, 10, 0);
    expect(meter.read(5, 10, 1_000)).toMatchObject({ perSecond: 0, leftMs: null });
  });

  it('take more than was expected as the new total', () => {
    const meter = createMeter();
    meter.read(0, 10, 0);
    expect(meter.read(12, 10, 1_000)).toMatchObject({ done: 12, total: 12, leftMs: 0 });
  });
});
