import { bucketLimits, chooseBucket, readPaceNews } from '../../lib/zoom/rateLimits.js';

const url = (path: string) => new URL(`https://api.zoom.example/scim2${path}`);

describe('bucketLimits', () => {
  it.each([
    ['free', 0.8, 3.2, 1.6],
    ['pro', 0.8, 24, 16],
    ['business', 0.8, 64, 48],
    ['business', 0.2, 16, 12],
  ] as const)('takes a share of the plan %s: %d', (plan, share, light, medium) => {
    const limits = bucketLimits({ plan, share, requestsPerSecond: null });
    expect(limits.light?.ceilingPerSecond).toBeCloseTo(light);
    expect(limits.medium?.ceilingPerSecond).toBeCloseTo(medium);
  });

  it.each([0.5, 300])('puts one total of %d over all endpoints in the plan’s place', (requestsPerSecond) => {
    const limits = bucketLimits({ plan: 'business', share: 0.8, requestsPerSecond });
    expect(Object.keys(limits)).toEqual(['all']);
    expect(limits.all?.ceilingPerSecond).toBeCloseTo(requestsPerSecond * 0.8);
  });

  it.each(['free', 'pro', 'business'] as const)(
    'stays within a second’s allowance of the plan %s, burst included',
    (plan) => {
      const { light } = bucketLimits({ plan, share: 0.8, requestsPerSecond: null });
      const allowed = { free: 4, pro: 30, business: 80 }[plan];
      expect(Math.floor((light?.ceilingPerSecond ?? 0) + (light?.burst ?? 0))).toBeLessThanOrEqual(allowed);
    },
  );
});

describe('chooseBucket', () => {
  it.each([
    ['GET', '/Users?startIndex=1', 'medium'],
    ['GET', '/Groups', 'medium'],
    ['GET', '/Users/abc', 'light'],
    ['POST', '/Users', 'light'],
    ['PUT', '/Users/abc', 'light'],
    ['DELETE', '/Groups/abc', 'light'],
  ])('%s %s is %s', (method, path, bucket) => {
    expect(chooseBucket({ url: url(path), method }, { requestsPerSecond: null })).toBe(bucket);
    expect(chooseBucket({ url: url(path), method }, { requestsPerSecond: 3 })).toBe('all');
  });
});

describe('readPaceNews', () => {
  const read = (status: number, headers: Record<string, string>, body: string | null = null) =>
    readPaceNews(new Response(body, { status, headers }), 'light', { share: 0.8 }, 0);

  it('takes its share of the figure that an answer names for this category', async () => {
    const headers = { 'X-RateLimit-Category': 'Light', 'X-RateLimit-Type': 'QPS', 'X-RateLimit-Limit': '30' };
    expect(await read(200, { ...headers, 'X-RateLimit-Remaining': '0' })).toEqual({
      kind: 'allowed',
      allowance: { perSecond: 24, isExhausted: true },
    });
  });

  it.each([
    { 'X-RateLimit-Category': 'Medium', 'X-RateLimit-Type': 'QPS', 'X-RateLimit-Limit': '30' },
    { 'X-RateLimit-Category': 'Light', 'X-RateLimit-Type': 'Daily-limit', 'X-RateLimit-Limit': '6000' },
    { 'X-RateLimit-Category': 'Light', 'X-RateLimit-Type': 'QPS', 'X-RateLimit-Limit': 'many' },
    {},
  ])('leaves other figures aside: %j', async (headers) => {
    expect(await read(200, headers)).toEqual({ kind: 'allowed', allowance: { perSecond: null, isExhausted: false } });
  });

  it('lowers the pace for a rate, only pauses for a spent day, and does neither for a lock', async () => {
    expect(await read(429, { 'retry-after': '2' })).toEqual({
      kind: 'refused',
      refusal: { pauseMs: 2_000, lowers: true },
    });
    expect(await read(429, { 'retry-after': '2', 'x-ratelimit-type': 'Daily-limit' })).toEqual({
      kind: 'refused',
      refusal: { pauseMs: 2_000, lowers: false },
    });
    const lock = JSON.stringify({ code: 429, message: 'Too many concurrent requests. A request …' });
    expect((await read(429, {}, lock)).kind).toBe('allowed');
  });
});
