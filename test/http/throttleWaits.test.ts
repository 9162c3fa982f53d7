import { createPace, type PaceNews } from '../../lib/http/pace.js';
import { onThrottleWait, retryLayer } from '../../lib/http/retry.js';
import { createHeldClock } from '../fakes/heldClock.js';

const state = { attempts: 1, waitedMs: 0, request: { url: new URL('https://api.example/'), method: 'GET' } };
const answered = (status: number) => ({ kind: 'response' as const, response: new Response(null, { status }) });

describe('waits that throttling causes', () => {
  it('are those after a refusal for the rate, not those while a service is unwell', () => {
    const waits: number[] = [];
    const onWait = onThrottleWait((waitMs) => waits.push(waitMs));
    onWait(state, 3_000, answered(429));
    onWait(state, 0, answered(429));
    onWait(state, 5_000, answered(503));
    onWait(state, 7_000, { kind: 'error', error: new Error('reset') });
    expect(waits).toEqual([3_000]);
  });

  it('are told by the layer that waits', async () => {
    const clock = createHeldClock();
    const waits: number[] = [];
    const layer = retryLayer({
      strategy: (outcome) =>
        outcome.kind === 'response' && outcome.response.status === 429
          ? { kind: 'retry', afterMs: 20 }
          : { kind: 'accept' },
      clock,
      maxTotalWaitMs: 1_000,
      onWait: onThrottleWait((waitMs) => {
        waits.push(waitMs);
        queueMicrotask(() => clock.advance(waitMs));
      }),
    });
    const statuses = [429, 429, 200];
    const response = await layer(async () => new Response(null, { status: statuses.shift() ?? 500 }))(
      'https://api.example/',
    );
    expect(response.status).toBe(200);
    expect(waits).toEqual([20, 20]);
  });

  it('are the pauses of a pace, each counted once however many were refused', async () => {
    const clock = createHeldClock();
    const pauses: number[] = [];
    const refused: PaceNews = { kind: 'refused', refusal: { pauseMs: 4_000, lowers: true } };
    const pace = createPace({
      limits: { light: { ceilingPerSecond: 100, burst: 10 } },
      chooseBucket: () => 'light',
      readAnswer: async () => refused,
      maxPauseMs: 60_000,
      onPause: (addedMs) => pauses.push(addedMs),
      clock,
      random: () => 0.5,
    });
    const send = pace.layer(async () => new Response(null, { status: 429 }));
    await Promise.all([send('https://api.example/1'), send('https://api.example/2')]);
    const paused = pace.read()['light']?.pausedMs ?? 0;
    expect(paused).toBeGreaterThanOrEqual(4_000);
    expect(pauses.reduce((sum, one) => sum + one, 0)).toBe(paused);
  });
});
