import fc from 'fast-check';
import { acknowledge, drawToken, type Rate, refuse, startRate } from '../../lib/http/rate.js';

const limits = { ceilingPerSecond: 10, burst: 2 };
const middle = () => 0.5;
const at = (nowMs: number) => ({ sentMs: nowMs, nowMs });

/** Draws as often as it is allowed to until `untilMs` and answers the instants. */
const drawAll = (rate: Rate, fromMs: number, untilMs: number): { instants: number[]; rate: Rate } => {
  const instants: number[] = [];
  let current = rate;
  for (let nowMs = fromMs; nowMs < untilMs; ) {
    const draw = drawToken(current, nowMs);
    current = draw.rate;
    if (draw.kind === 'go') {
      instants.push(nowMs);
    } else {
      nowMs += draw.delayMs;
    }
  }
  return { instants, rate: current };
};

describe('rate', () => {
  it('lets the burst through at once and then keeps the pace', () => {
    expect(drawAll(startRate(limits, 0), 0, 500).instants.map(Math.round)).toEqual([0, 0, 100, 200, 300, 400]);
  });

  it('never lets more than a second’s allowance and the burst through in any second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 300 }),
        (ceilingPerSecond, burst, gaps) => {
          let rate = startRate({ ceilingPerSecond, burst }, 0);
          let nowMs = 0;
          const gone: number[] = [];
          for (const gap of gaps) {
            nowMs += gap / 10;
            const draw = drawToken(rate, nowMs);
            rate = draw.rate;
            if (draw.kind === 'go') {
              gone.push(nowMs);
            }
          }
          for (const start of gone) {
            const inSecond = gone.filter((instant) => instant >= start && instant < start + 1_000).length;
            expect(inSecond).toBeLessThanOrEqual(ceilingPerSecond + burst + 1e-6);
          }
        },
      ),
      { seed: 7, numRuns: 60 },
    );
  });

  it('sends nothing during the pause that a refusal asks for, and no burst after it', () => {
    const refused = refuse(startRate(limits, 0), at(0), { pauseMs: 2_000, lowers: false }, middle);
    expect(drawAll(refused, 0, 2_350).instants.map(Math.round)).toEqual([2_100, 2_200, 2_300]);
  });

  it('lowers the pace by a quarter for a refusal that says too fast, and not for a spent day', () => {
    const rate = startRate(limits, 0);
    expect(refuse(rate, at(0), { pauseMs: 1_000, lowers: true }, middle).perSecond).toBe(7.5);
    expect(refuse(rate, at(0), { pauseMs: 1_000, lowers: false }, middle).perSecond).toBe(10);
  });

  it('takes refusals of requests that were under way at once for one', () => {
    let rate = startRate(limits, 0);
    for (let atMs = 0; atMs < 50; atMs += 10) {
      rate = refuse(rate, { sentMs: 0, nowMs: atMs }, { pauseMs: null, lowers: true }, middle);
    }
    expect(rate).toMatchObject({ perSecond: 7.5, refusals: 1, pausedUntilMs: 750 });
  });

  it('doubles the pause that was not named, with jitter, up to a minute', () => {
    let rate = startRate(limits, 0);
    let nowMs = 0;
    const pauses: number[] = [];
    for (let refusal = 0; refusal < 8; refusal += 1) {
      rate = refuse(rate, at(nowMs), { pauseMs: null, lowers: true }, middle);
      pauses.push(rate.pausedUntilMs - nowMs);
      nowMs = rate.pausedUntilMs + 1_000;
    }
    expect(pauses).toEqual([750, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000]);
  });

  it('pauses longer each time although clocks that disagree make the named pause look over', () => {
    let rate = startRate(limits, 0);
    let nowMs = 0;
    const pauses: number[] = [];
    for (let refusal = 0; refusal < 3; refusal += 1) {
      rate = refuse(rate, at(nowMs), { pauseMs: 0, lowers: true }, middle);
      pauses.push(rate.pausedUntilMs - nowMs);
      nowMs += 1_000;
    }
    expect(pauses).toEqual([75, 150, 300]);
  });

  it('does not fall below half a request a second', () => {
    let rate = startRate(limits, 0);
    for (let nowMs = 0; nowMs < 100_000; nowMs += 2_000) {
      rate = refuse(rate, at(nowMs), { pauseMs: 1_000, lowers: true }, middle);
    }
    expect(rate.perSecond).toBe(0.5);
  });

  it('recovers by a twentieth each five quiet seconds, up to its ceiling', () => {
    const refused = refuse(startRate(limits, 0), at(0), { pauseMs: 1_000, lowers: true }, middle);
    expect(drawToken(refused, 5_999).rate.perSecond).toBe(7.5);
    expect(drawToken(refused, 6_000).rate.perSecond).toBeCloseTo(7.875);
    expect(drawToken(refused, 3_600_000).rate.perSecond).toBe(10);
  });

  it('takes only a request that was sent after the refusal for a sign that refusals are over', () => {
    const refused = refuse(startRate(limits, 0), { sentMs: 5, nowMs: 10 }, { pauseMs: null, lowers: true }, middle);
    const nothing = { perSecond: null, isExhausted: false };
    expect(acknowledge(refused, 10, nothing).refusals).toBe(1);
    expect(acknowledge(refused, 11, nothing).refusals).toBe(0);
  });

  it('takes the service’s own figure where it is lower, and spends no burst in an exhausted window', () => {
    const rate = startRate(limits, 0);
    expect(acknowledge(rate, 0, { perSecond: 3, isExhausted: false })).toMatchObject({ perSecond: 3, tokens: 2 });
    expect(acknowledge(rate, 0, { perSecond: 30, isExhausted: true })).toMatchObject({ perSecond: 10, tokens: 0 });
  });
});
