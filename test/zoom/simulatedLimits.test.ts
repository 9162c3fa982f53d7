import { jane, makeSimulatedTarget, never } from './simulatedTarget.js';

const seeded = { id: 'u1', userName: 'jane@contoso.example' };
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `u${index}`, userName: `p${index}@contoso.example` }));

describe('limits', () => {
  it.each([
    ['free', 'free', 20],
    ['pro', 'pro', 100],
    ['business', 'businessPlus', 200],
  ] as const)('meets no 429 under the plan %s and keeps most of its share', async (plan, rate, count) => {
    const { target, zoom, run } = makeSimulatedTarget({ rate }, { plan });
    zoom.seed({ users: many(count) });
    const startedMs = zoom.clock.nowMs();
    await run(Promise.all(many(count).map(({ id }) => target.updateUser(id, { title: 'New' }, never))));
    const perSecond = count / ((zoom.clock.nowMs() - startedMs) / 1_000);
    expect(zoom.journal.counts().byStatus['429']).toBeUndefined();
    expect(perSecond).toBeGreaterThan({ free: 4, pro: 30, business: 80 }[plan] * 0.8 * 0.9);
  });

  it('slows down on an account that allows far less than its plan, and everybody is served', async () => {
    const { target, zoom, run } = makeSimulatedTarget({ rate: 'legacy1rps' });
    zoom.seed({ users: many(40) });
    const results = await run(Promise.all(many(40).map(({ id }) => target.updateUser(id, { title: 'New' }, never))));
    expect(results.every(({ kind }) => kind === 'stored')).toBe(true);
    expect(target.readPace().light?.perSecond).toBeLessThan(1.1);
    expect(zoom.journal.counts().byStatus['429'] ?? 0).toBeLessThan(60);
  });

  it('lets one total stand over all endpoints, above the plan as well', async () => {
    const { target, zoom, run } = makeSimulatedTarget({ rate: 'off' }, { plan: 'free', requestsPerSecond: 100 });
    zoom.seed({ users: many(100) });
    const startedMs = zoom.clock.nowMs();
    await run(Promise.all(many(100).map(({ id }) => target.readUser(id, never))));
    expect(zoom.clock.nowMs() - startedMs).toBeLessThan(2_000);
  });

  it.each(['rate.perSecond', 'rate.noHeaders', 'lock.concurrent'] as const)(
    'waits for %s and carries a creation out once',
    async (mode) => {
      const { target, zoom, run, entries } = makeSimulatedTarget();
      zoom.addFault({ on: 'users.create', fault: { mode }, nth: [1, 2] });
      expect(await run(target.createUser(jane, true, never))).toMatchObject({ kind: 'stored' });
      expect(entries('users.create').map(({ status }) => status)).toEqual([429, 429, 201]);
      const [first, second, third] = entries('users.create').map(({ atMs }) => atMs);
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(200);
      expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(200);
    },
  );

  it('says when to come back from a spent day, sends nothing until then, and goes on afterwards', async () => {
    const { target, zoom, run, calls } = makeSimulatedTarget();
    zoom.seed({ users: many(3) });
    zoom.addFault({ on: 'users.put', fault: { mode: 'rate.daily' }, times: 1 });
    const update = (id: string) => run(target.updateUser(id, { title: 'New' }, never));
    const fault = { code: 'TooManyRequests', whose: 'target', retry: 'at', retryAt: '2026-11-24T00:00:00.000Z' };
    expect(await update('u0')).toMatchObject({ kind: 'fault', fault });
    expect(await update('u1')).toMatchObject({ kind: 'fault', fault: { code: 'TooManyRequests', retry: 'at' } });
    expect(calls()).toHaveLength(1);
    zoom.clock.advance(Date.parse('2026-11-24T00:00:01Z') - zoom.clock.nowMs());
    expect(await update('u0')).toMatchObject({ kind: 'stored' });
  });

  it('ends a wait for a limit with the caller’s signal', async () => {
    const { target, zoom, run } = makeSimulatedTarget();
    zoom.seed({ users: [seeded] });
    zoom.addFault({ on: 'users.get', fault: { mode: 'rate.daily', retryAfterMs: 50_000 }, times: 1 });
    const leaver = new AbortController();
    const reading = target.readUser('u1', leaver.signal);
    const left = expect(reading).rejects.toThrow('enough');
    zoom.clock.sleep(5_000, never).then(() => leaver.abort(new Error('enough')));
    await run(left);
    expect(zoom.clock.monotonicMs()).toBeLessThan(6_000);
  });

  it('meets no lock although two writes to one account are asked for at once', async () => {
    const { target, zoom, run } = makeSimulatedTarget({ latencyMs: 400 });
    zoom.seed({ users: [seeded] });
    const both = [target.updateUser('u1', { title: 'A' }, never), target.setUserActive('u1', false, never)];
    expect((await run(Promise.all(both))).map(({ kind }) => kind)).toEqual(['stored', 'stored']);
    expect(zoom.journal.counts().byStatus['429']).toBeUndefined();
  });
});

describe('the network', () => {
  it('never posts a second time after an answer that was lost, so that nobody is there twice', async () => {
    const { target, zoom, run, entries } = makeSimulatedTarget();
    zoom.addFault({ on: 'users.create', fault: { mode: 'net.timeoutAfterCommit' }, times: 1 });
    expect(await run(target.createUser(jane, true, never))).toMatchObject({ fault: { outcomeUnknown: true } });
    expect(entries('users.create')).toHaveLength(1);
    expect(await run(target.findUser('userName', 'jane@contoso.example', never))).toMatchObject({ kind: 'one' });
  });

  it('gives a slow answer up in time and says that the outcome is unknown', async () => {
    const { target, zoom, run } = makeSimulatedTarget();
    zoom.addFault({ on: 'users.create', fault: { mode: 'latency.slow', delayMs: 20_000 } });
    expect(await run(target.createUser(jane, true, never))).toMatchObject({
      fault: { code: 'Timeout', outcomeUnknown: true },
    });
    expect(zoom.clock.monotonicMs()).toBeLessThan(11_000);
  });

  it.each([
    { mode: 'net.reset' },
    { mode: 'net.timeoutAfterCommit' },
    { mode: 'status', code: 500 },
    { mode: 'status', code: 500, afterCommit: true },
    { mode: 'status', code: 502 },
    { mode: 'status', code: 503 },
  ] as const)('gets over %j on everything but a creation', async (fault) => {
    const { target, zoom, run } = makeSimulatedTarget();
    zoom.seed({ users: [seeded] });
    zoom.addFault({ on: 'users.*', fault, nth: [1, 2] });
    expect(await run(target.updateUser('u1', { title: 'New' }, never))).toMatchObject({ kind: 'stored' });
    zoom.clearFaults();
    zoom.addFault({ on: 'users.*', fault, nth: [1, 2] });
    expect(await run(target.setUserActive('u1', false, never))).toMatchObject({ account: { active: false } });
    zoom.clearFaults();
    zoom.addFault({ on: 'users.*', fault, nth: [1, 2] });
    expect(await run(target.readUser('u1', never))).toMatchObject({ kind: 'found' });
  });

  it.each(['body.malformed', 'body.empty200', 'body.html', 'body.missingId'] as const)(
    'takes %s for an unknown outcome of a creation and crashes on no operation',
    async (mode) => {
      const { target, zoom, run } = makeSimulatedTarget();
      zoom.seed({ users: [{ ...seeded, userName: 'other@contoso.example' }] });
      zoom.addFault({ on: 'users.*', fault: { mode } });
      expect(await run(target.createUser(jane, true, never))).toMatchObject({
        kind: 'fault',
        fault: { outcomeUnknown: true, whose: 'target' },
      });
      expect(await run(target.readUser('u1', never))).toMatchObject({ kind: 'fault' });
      const updated = await run(target.updateUser('u1', { title: 'X' }, never));
      expect(updated.kind).toBe(mode === 'body.empty200' ? 'stored' : 'fault');
      if (mode !== 'body.missingId') {
        await expect(run(target.listUsers(1, never))).rejects.toMatchObject({ fault: { whose: 'target' } });
        const found = await run(target.findUser('userName', 'jane@contoso.example', never));
        expect(found).toMatchObject({ kind: 'fault' });
      }
    },
  );

  it('does not hold a proxy’s 404 or an outage of the token endpoint against anybody', async () => {
    const { target, zoom, run } = makeSimulatedTarget();
    const fault = { mode: 'status', code: 502 } as const;
    zoom.addFault({ on: 'oauth.token', fault });
    expect(await run(target.readUser('u1', never))).toMatchObject({
      kind: 'fault',
      fault: { code: 'ServiceUnavailable', whose: 'target', request: { path: '/oauth/token' } },
    });
  });
});
