import { createRandomness } from '../../lib/sandbox/graph/random.js';
import { hasten, type KillPoint, planKills } from './killPoints.js';

const writes = { initial: 400, incremental: 90, second: 6 };
const draw = (kills: number, seed: number) => planKills(kills, writes, createRandomness(seed, 'kills'));
const thresholds = (points: readonly KillPoint[]) =>
  points.flatMap((point) => (point.kind === 'writes' ? [point.writes] : []));

describe('points at which the host is killed', () => {
  it('are as many as were asked for, in every cycle some', () => {
    for (const kills of [0, 1, 2, 3, 20, 47]) {
      const { initial, incremental, second } = draw(kills, 7);
      expect(initial.length + incremental.length + second.length).toBe(kills);
    }
    expect(Object.values(draw(20, 7)).every((points) => points.length >= 3)).toBe(true);
  });

  it('are the same for the same seed and others for another', () => {
    expect(draw(20, 7)).toEqual(draw(20, 7));
    expect(draw(20, 7)).not.toEqual(draw(20, 8));
  });

  it('go up through the writes of their cycle and never beyond', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const { initial } = draw(20, seed);
      const drawn = thresholds(initial);
      expect(drawn).toEqual([...drawn].sort((one, other) => one - other));
      expect(drawn.every((threshold) => threshold >= 0 && threshold < writes.initial)).toBe(true);
    }
  });

  it('come sooner each time a cycle outran them', () => {
    const once = hasten({ kind: 'writes', writes: 9, delayMs: 400 });
    expect(once).toEqual({ kind: 'lease', delayMs: 200 });
    expect(hasten(once).delayMs).toBe(100);
  });
});
