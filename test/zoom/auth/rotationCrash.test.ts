import { FaultError } from '../../../lib/engine/model.js';
import { createConsentedZoom, never } from '../../fakes/consentedZoom.js';
import { createKillSwitch, type KillPoint } from '../../fakes/killSwitch.js';

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** A process that dies when Zoom has rotated the token and before the new one is kept. */
const dieBetween = async (refreshToleranceMs: number) => {
  const world = createConsentedZoom({ refreshToleranceMs });
  await world.consentBy(world.open());
  // Renewed before it ends, so that it would still serve.
  world.clock.advance(hourMs - 30 * minuteMs);
  const old = await world.clock.settle(world.open().source.getToken(never));
  const dying = createKillSwitch({ at: 2, moment: 'after' });
  const victim = world.open({ wrapTables: dying.wrapTables, wrapSend: dying.wrapSend });
  victim.source.invalidate(old);
  void victim.source.getToken(never);
  await world.clock.settle(dying.stopped);
  expect(dying.steps).toEqual([expect.stringContaining('turn'), 'POST /oauth/token']);
  return { world, old };
};

describe('a process that dies between Zoom’s rotation and the keeping of it', () => {
  it('costs nothing while Zoom bears with the used token: the next one asks again as soon as the turn runs out', async () => {
    const { world, old } = await dieBetween(10 * minuteMs);
    world.clock.advance(4 * minuteMs);
    const token = await world.clock.settle(world.open().source.getToken(never));
    expect(token).not.toBe(old);
    expect(await world.takes(token)).toBe(true);
    expect(world.tokenStatuses()).toEqual([200, 200, 200]);
    world.clock.advance(hourMs);
    expect(await world.takes(await world.clock.settle(world.open().source.getToken(never)))).toBe(true);
  });

  it('leaves the old access token in use until it ends, where Zoom bears with nothing; then a consent is needed', async () => {
    const { world, old } = await dieBetween(0);
    world.clock.advance(4 * minuteMs);
    const next = world.open();
    expect(await world.clock.settle(next.source.getToken(never))).toBe(old);
    expect(await world.takes(old)).toBe(true);
    world.clock.advance(30 * minuteMs);
    await expect(world.clock.settle(next.source.getToken(never))).rejects.toMatchObject({
      fault: { code: 'RefreshTokenReused', whose: 'job' },
    });
  });

  it('keeps others waiting no longer than its turn', async () => {
    const { world, old } = await dieBetween(10 * minuteMs);
    const next = world.open();
    next.source.invalidate(old);
    const startedMs = world.clock.nowMs();
    expect(await world.takes(await world.clock.settle(next.source.getToken(never)))).toBe(true);
    expect(world.clock.nowMs() - startedMs).toBeLessThanOrEqual(181_000);
  });
});

describe('wherever a process stops while it renews the tokens', () => {
  const toleranceMs = 10 * minuteMs;

  const renewUntil = async (point: KillPoint | null) => {
    const world = createConsentedZoom({ refreshToleranceMs: toleranceMs });
    await world.consentBy(world.open());
    world.clock.advance(hourMs);
    const killSwitch = createKillSwitch(point);
    const victim = world.open({ wrapTables: killSwitch.wrapTables, wrapSend: killSwitch.wrapSend });
    const renewing = victim.source.getToken(never).catch(() => undefined);
    await world.clock.settle(Promise.race([renewing, killSwitch.stopped]));
    return { world, killSwitch, renewing };
  };
  /** The turn, Zoom, the tokens, their age, and the turn given back. */
  const stepCount = 5;

  it('there are this many steps', async () => {
    const { killSwitch } = await renewUntil(null);
    expect(killSwitch.steps).toHaveLength(stepCount);
  });

  const steps = Array.from({ length: stepCount }, (_none, index) => index + 1);
  it.each(steps.flatMap((at) => [{ at, moment: 'before' } as const, { at, moment: 'after' } as const]))(
    'the next process has tokens that Zoom takes: $moment step $at',
    async (point) => {
      const { world } = await renewUntil(point);
      const next = world.open();
      expect(await world.takes(await world.clock.settle(next.source.getToken(never)))).toBe(true);
      world.clock.advance(hourMs);
      expect(await world.takes(await world.clock.settle(next.source.getToken(never)))).toBe(true);
    },
  );

  it.each(steps)('one that wakes after its turn leaves what others kept: frozen before step %d', async (at) => {
    const { world, killSwitch, renewing } = await renewUntil({ at, moment: 'frozen' });
    const next = world.open();
    const token = await world.clock.settle(next.source.getToken(never));
    killSwitch.wake();
    await world.clock.settle(renewing);
    world.clock.advance(hourMs);
    const later = world.open();
    const renewed = await world.clock.settle(later.source.getToken(never));
    expect([await world.takes(renewed), renewed === token]).toEqual([true, false]);
  });
});

describe('a store that does not take the new tokens', () => {
  const refusal = new FaultError({
    code: 'KeyVaultUnavailable',
    message: 'No.',
    recommendedAction: 'None.',
    whose: 'job',
    retry: 'nextCycle',
  });

  it('is asked again, and what Zoom gave is not used before it is kept', async () => {
    const world = createConsentedZoom();
    let failures = 0;
    const process = world.open({
      wrapVault: (vault) => ({
        ...vault,
        replace: async (refreshToken, tokens) => {
          if (failures > 0) {
            failures -= 1;
            throw refusal;
          }
          return vault.replace(refreshToken, tokens);
        },
      }),
    });
    await world.consentBy(process);
    world.clock.advance(hourMs);
    failures = 6;
    await expect(world.clock.settle(process.source.getToken(never))).rejects.toMatchObject({ fault: refusal.fault });
    // The pair is still held by this process: two more failures, then it is kept, and Zoom is not asked again.
    const token = await world.clock.settle(process.source.getToken(never));
    expect((await process.vault.read())?.accessToken).toBe(token);
    expect(world.tokenStatuses()).toEqual([200, 200]);
  });
});

describe('a caller that leaves', () => {
  it('does not break off a rotation that has begun', async () => {
    const world = createConsentedZoom();
    const process = world.open();
    await world.consentBy(process);
    world.clock.advance(hourMs);
    world.zoom.addFault({ on: 'oauth.token', fault: { mode: 'latency.slow', delayMs: 5_000 } });
    const leaver = new AbortController();
    const left = process.source.getToken(leaver.signal);
    while (world.tokenStatuses().length < 2) await new Promise(setImmediate);
    leaver.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    const token = await world.clock.settle(process.source.getToken(never));
    expect((await process.vault.read())?.accessToken).toBe(token);
    expect(world.tokenStatuses()).toEqual([200, 200]);
  });
});
