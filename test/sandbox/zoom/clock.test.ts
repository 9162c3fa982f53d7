import { createShiftedClock, createVirtualClock } from '../../../lib/sandbox/zoom/clock.js';

const never = new AbortController().signal;

describe('the virtual clock', () => {
  test('wakes sleepers in the order in which they are due, each at its own instant', async () => {
    const clock = createVirtualClock(1000);
    const woken: number[] = [];
    const sleeps = [30, 10, 20].map((delayMs) => clock.sleep(delayMs, never).then(() => woken.push(delayMs)));
    clock.advance(25);
    await new Promise(setImmediate);
    expect(woken).toEqual([10, 20]);
    clock.advance(5);
    await Promise.all(sleeps);
    expect(woken).toEqual([10, 20, 30]);
    expect([clock.nowMs(), clock.monotonicMs()]).toEqual([1030, 30]);
  });

  test('a sleep ends with its signal', async () => {
    const clock = createVirtualClock(0);
    const giveUp = new AbortController();
    const sleep = clock.sleep(10, giveUp.signal);
    giveUp.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
    await expect(clock.sleep(10, giveUp.signal)).rejects.toThrow('enough');
  });
});

test('a shifted clock runs with the other one and can be pushed ahead', () => {
  const base = createVirtualClock(0);
  const clock = createShiftedClock(base);
  base.advance(10);
  clock.advance(100);
  expect([clock.nowMs(), base.nowMs()]).toEqual([110, 10]);
});
