import type { ZoomSimulator } from '../../../lib/sandbox/zoom/simulator.js';
import { call, newUser, patchActive, startZoom, userPath } from './zoomCalls.js';

const listOnce = (zoom: ZoomSimulator) => call(zoom, 'GET', '/scim2/Users');
const getOnce = (zoom: ZoomSimulator) => call(zoom, 'GET', '/scim2/Users/x');

const callMany = async (count: number, once: () => Promise<{ status: number }>): Promise<number[]> => {
  const answers = await Promise.all(Array.from({ length: count }, once));
  return answers.map((answer) => answer.status);
};

const countOf = (statuses: readonly number[], status: number) => statuses.filter((other) => other === status).length;

describe('limits per second', () => {
  test('count by category for the whole account, with headers on every reply', async () => {
    const zoom = startZoom({ settings: { rate: 'businessPlus' } });
    const first = await listOnce(zoom);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-ratelimit-category': 'Medium',
      'x-ratelimit-type': 'QPS',
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '59',
    });
    expect(first.headers.has('x-ratelimit-reset')).toBe(false);
    expect(countOf(await callMany(60, () => listOnce(zoom)), 200)).toBe(59);
    expect(countOf(await callMany(81, () => getOnce(zoom)), 429)).toBe(1);
  });

  test('a 429 names the second in which to go on, and then one may', async () => {
    const zoom = startZoom({ settings: { rate: 'free' } });
    zoom.clock.advance(300);
    await callMany(2, () => listOnce(zoom));
    const refused = await listOnce(zoom);
    expect(refused.status).toBe(429);
    expect(refused.json).toEqual({
      code: 429,
      message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
    });
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    const resetMs = Number(refused.headers.get('x-ratelimit-reset')) * 1000;
    expect(resetMs - zoom.clock.nowMs()).toBe(700);
    zoom.clock.advance(699);
    expect((await listOnce(zoom)).status).toBe(429);
    zoom.clock.advance(1);
    expect((await listOnce(zoom)).status).toBe(200);
  });

  test('a sliding second does not forget at the full second', async () => {
    const zoom = startZoom({ settings: { rate: 'free', rateWindow: 'sliding' } });
    zoom.clock.advance(900);
    await callMany(2, () => listOnce(zoom));
    zoom.clock.advance(999);
    const refused = await listOnce(zoom);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(zoom.clock.nowMs());
    zoom.clock.advance(1);
    expect((await listOnce(zoom)).status).toBe(200);
  });

  test('the older rule is one request a second for each endpoint', async () => {
    const zoom = startZoom({ settings: { rate: 'legacy1rps' } });
    expect(await callMany(2, () => listOnce(zoom))).toEqual([200, 429]);
    expect(await callMany(2, () => getOnce(zoom))).toEqual([404, 429]);
  });

  test('limits of one own can be set, and none gives no headers', async () => {
    const limits = { perSecond: 1, perDay: null };
    const zoom = startZoom({ settings: { rate: { Light: limits, Medium: limits, perEndpoint: false } } });
    expect(await callMany(2, () => listOnce(zoom))).toEqual([200, 429]);
    zoom.settings.rate = 'off';
    expect((await listOnce(zoom)).headers.has('x-ratelimit-limit')).toBe(false);
  });
});

describe('limits per day', () => {
  test('answer an ISO instant, the next UTC midnight, and end then', async () => {
    const limits = { perSecond: 100, perDay: 2 };
    const zoom = startZoom({ settings: { rate: { Light: limits, Medium: limits, perEndpoint: false } } });
    await callMany(2, () => listOnce(zoom));
    const refused = await listOnce(zoom);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('2026-11-24T00:00:00Z');
    expect(refused.headers.get('x-ratelimit-type')).toBe('Daily-limit');
    expect(refused.json.message).toMatch('maximum daily rate limit');
    zoom.clock.advance(16 * 3_600_000);
    expect((await listOnce(zoom)).status).toBe(200);
  });

  test('may count creations', async () => {
    const zoom = startZoom({ settings: { dailyCreateCap: 1 } });
    expect((await call(zoom, 'POST', '/scim2/Users', newUser('a@contoso.example'))).status).toBe(201);
    const refused = await call(zoom, 'POST', '/scim2/Users', newUser('b@contoso.example'));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2026-11-24T00:00:00Z']);
    expect(zoom.state().accounts.size).toBe(1);
  });
});

describe('one write at a time for each user', () => {
  const startSlow = () => {
    const zoom = startZoom({ settings: { latencyMs: 200 } });
    const { userIds } = zoom.seed({ users: [{ userName: 'a@contoso.example' }, { userName: 'b@contoso.example' }] });
    return { zoom, a: userPath(userIds['a@contoso.example'] ?? ''), b: userPath(userIds['b@contoso.example'] ?? '') };
  };

  /** Lets every request begin before time goes on. */
  const settle = async (zoom: ZoomSimulator) => {
    await new Promise(setImmediate);
    zoom.clock.advance(200);
  };

  test('a second write that overlaps is refused; another user and a read are not', async () => {
    const { zoom, a, b } = startSlow();
    const answers = Promise.all([
      call(zoom, 'PATCH', a, patchActive(false)),
      call(zoom, 'PATCH', a, patchActive(true)),
      call(zoom, 'PATCH', b, patchActive(false)),
      call(zoom, 'GET', a),
    ]);
    await settle(zoom);
    const [first, second, other, read] = await answers;
    expect([first.status, second.status, other.status, read.status]).toEqual([200, 429, 200, 200]);
    expect(second.json).toEqual({
      code: 429,
      message: 'Too many concurrent requests. A request to disassociate this user has already been made.',
    });
    const later = call(zoom, 'PATCH', a, patchActive(true));
    await settle(zoom);
    expect((await later).status).toBe(200);
  });

  test('two creations of one userName overlap as well', async () => {
    const { zoom } = startSlow();
    const create = (userName: string) => call(zoom, 'POST', '/scim2/Users', newUser(userName));
    const answers = Promise.all([create('n@contoso.example'), create('N@contoso.example')]);
    await settle(zoom);
    expect((await answers).map((answer) => answer.status)).toEqual([201, 429]);
  });

  test('a caller that gives up does not stop what is under way', async () => {
    const { zoom, a } = startSlow();
    const giveUp = new AbortController();
    const answer = zoom.send(`https://api.zoom.us${a}`, {
      method: 'PATCH',
      headers: { Authorization: 'Bearer static-1', 'Content-Type': 'application/json' },
      body: JSON.stringify(patchActive(false)),
      signal: giveUp.signal,
    });
    await new Promise(setImmediate);
    giveUp.abort(new Error('too slow'));
    await expect(answer).rejects.toThrow('too slow');
    await settle(zoom);
    await new Promise(setImmediate);
    expect([...zoom.state().accounts.values()][0]?.status).toBe('inactive');
  });
});
