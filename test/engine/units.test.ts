import { advanceUnits } from '../../lib/engine/units.js';

const none = { done: 0, total: null, msEach: null };

describe('units', () => {
  it('stay as they are by a step that says nothing of them', () => {
    expect(advanceUnits(none, undefined, 1_000)).toBe(none);
  });

  it('know their total once somebody has counted', () => {
    expect(advanceUnits(none, { done: 0, left: 10 }, 50)).toEqual({ done: 0, total: 10, msEach: null });
    expect(advanceUnits({ done: 4, total: 10, msEach: 100 }, { done: 2, left: 1 }, 200).total).toBe(7);
    expect(advanceUnits({ done: 4, total: 10, msEach: 100 }, { done: 2, left: null }, 200).total).toBeNull();
  });

  it('never have more done than there are', () => {
    expect(advanceUnits({ done: 9, total: 10, msEach: 100 }, { done: 5 }, 500)).toMatchObject({ done: 14, total: 14 });
  });

  it('follow the pace, and no single step alone', () => {
    const first = advanceUnits(none, { done: 10 }, 1_000);
    expect(first.msEach).toBe(100);
    expect(advanceUnits(first, { done: 10 }, 11_000).msEach).toBeCloseTo(400);
  });
});
