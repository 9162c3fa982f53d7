import { createTenant, domain, type Tenant } from '../fakes/tenant.js';

const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `user${n}`);

const stateOf = (tenant: Tenant) =>
  [...tenant.zoom.state().accounts.values()]
    .map(({ userName, status, userType, enterprise }) => ({ userName, status, userType, enterprise }))
    .sort((a, b) => (a.userName < b.userName ? -1 : 1));

const first = { jobId: 'job', cycleId: null, slice: 1 };

describe('a cycle in slices', () => {
  it('comes to the same end whatever the budget', async () => {
    const run = async (sliceBudgetMs: number) => {
      const tenant = await createTenant({ engine: { sliceBudgetMs }, zoom: { latencyMs: 200 } });
      const ids = names(25).map((name) => tenant.join(name));
      tenant.group(
        'Sales',
        names(5).map((name) => tenant.join(`g${name}`, { assigned: false })),
      );
      await tenant.runCycle();
      const slices = tenant.slices();
      for (const id of ids.slice(0, 2)) tenant.graph.dir.updateUser(id, { accountEnabled: false });
      for (const id of ids.slice(2, 9)) tenant.graph.dir.updateUser(id, { department: 'Legal' });
      await tenant.runCycle();
      return { state: stateOf(tenant), slices };
    };
    const whole = await run(8 * 60_000);
    const cut = await run(300);
    expect(whole.slices).toBe(1);
    expect(cut.slices).toBeGreaterThan(3);
    expect(cut.state).toEqual(whole.state);
    expect(cut.state).toHaveLength(30);
  });

  it('ends with the instant that a daily limit names, and goes on from there with whoever was left', async () => {
    const tenant = await createTenant();
    for (const name of names(12)) tenant.join(name);
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'rate.daily' }, nth: 4 });
    await expect(tenant.runCycle()).resolves.toMatchObject({ state: 'Succeeded', counts: { created: 12 } });
    expect(tenant.slices()).toBe(2);
    expect(tenant.clock.nowMs()).toBeGreaterThanOrEqual(Date.UTC(2026, 10, 24));
  });

  it('waits with the removals that a daily limit stopped, without counting them as failed', async () => {
    const tenant = await createTenant();
    const ids = names(4).map((name) => tenant.join(name));
    await tenant.runCycle();
    for (const id of ids.slice(0, 2)) tenant.graph.dir.updateUser(id, { accountEnabled: false });
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'rate.daily' }, nth: 1 });
    const summary = await tenant.runCycle();
    expect(summary).toMatchObject({ state: 'Succeeded', counts: { disabled: 2 } });
    expect(summary.counts.failed).toBeUndefined();
  });

  it('is not begun before the instant to wait for', async () => {
    const tenant = await createTenant();
    tenant.join('ada');
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'rate.daily' } });
    tenant.clock.advance(60_000);
    expect(await tenant.runMessage(first)).toMatchObject({ kind: 'continued' });
    const { cycle } = await tenant.world.state.jobs.read();
    expect(cycle?.notBefore).toBe('2026-11-24T00:00:00.000Z');
    const message = tenant.queue.at(-1) ?? first;
    expect(await tenant.runMessage(message)).toEqual({ kind: 'dropped', reason: `not before ${cycle?.notBefore}` });
  });

  it('drops a message that comes twice, late, or from another cycle', async () => {
    const tenant = await createTenant({ engine: { sliceBudgetMs: 1 }, zoom: { latencyMs: 100 } });
    for (const name of names(3)) tenant.join(name);
    expect(await tenant.runMessage(first)).toMatchObject({ kind: 'continued', slice: 2 });
    const { cycle } = await tenant.world.state.jobs.read();
    const cycleId = cycle?.cycleId ?? '';
    const late = { jobId: 'job', cycleId, slice: 1 };
    expect(await tenant.runMessage(late)).toEqual({ kind: 'dropped', reason: 'the message is behind the checkpoint' });
    expect(await tenant.runMessage({ ...late, cycleId: 'another' })).toMatchObject({ kind: 'dropped' });
    let result = await tenant.deliver();
    while (result.kind === 'continued') result = await tenant.deliver();
    expect(result.kind).toBe('finished');
    expect(await tenant.runMessage({ ...late, slice: 9 })).toEqual({ kind: 'dropped', reason: 'the cycle has ended' });
    expect(await tenant.runMessage(first)).toEqual({ kind: 'dropped', reason: 'no cycle is due' });
  });

  it('leaves the job to the worker that holds the lease', async () => {
    const tenant = await createTenant();
    tenant.join('ada');
    const lease = await tenant.world.state.jobs.takeLease('other', 90_000);
    expect(await tenant.runMessage(first)).toEqual({ kind: 'dropped', reason: 'another worker holds the lease' });
    expect(tenant.zoom.state().accounts.size).toBe(0);
    await lease?.release();
    expect(await tenant.runMessage(first)).toMatchObject({ kind: 'finished' });
  });

  it('sends nothing more once another worker has the lease', async () => {
    const tenant = await createTenant({ engine: { leaseDurationMs: 90_000 }, zoom: { latencyMs: 1_000 } });
    for (const name of names(30)) tenant.join(name);
    const running = tenant.runMessage(first);
    let isTaken = false;
    const thief = (async () => {
      while (tenant.zoom.state().accounts.size < 3) await tenant.clock.sleep(500, new AbortController().signal);
      const { lease } = await tenant.world.state.jobs.read();
      if (!lease) return;
      // As if this worker had stood still for longer than its lease lasts.
      tenant.clock.advance(200_000);
      isTaken = (await tenant.world.state.jobs.takeLease('other', 600_000)) !== null;
    })();
    const result = await running;
    await thief;
    if (!isTaken) throw new Error('The lease was not taken.');
    expect(result).toEqual({ kind: 'dropped', reason: 'the lease was lost' });
    const sent = tenant.zoom.journal.entries.length;
    expect(sent).toBeLessThan(40);
  });

  it('stops between objects when the job is paused, and goes on when it is started', async () => {
    const tenant = await createTenant({ engine: { concurrency: 1 }, zoom: { latencyMs: 1_000 } });
    for (const name of names(30)) tenant.join(name);
    const running = tenant.runMessage(first);
    const pause = (async () => {
      while (tenant.zoom.state().accounts.size < 3) await tenant.clock.sleep(500, new AbortController().signal);
      await tenant.world.state.jobs.updateJob((job) => ({ ...job, status: 'paused' }));
    })();
    expect(await running).toMatchObject({ kind: 'paused' });
    await pause;
    const created = tenant.zoom.state().accounts.size;
    expect(created).toBeLessThan(15);
    expect(await tenant.runMessage(first)).toEqual({ kind: 'dropped', reason: 'the job is paused' });
    await tenant.world.state.jobs.updateJob((job) => ({ ...job, status: 'on' }));
    expect(await tenant.runMessage(first)).toMatchObject({ kind: 'finished', summary: { kind: 'initial' } });
    expect(tenant.zoom.state().accounts.size).toBe(30);
    expect(tenant.zoom.journal.entries.filter(({ operation }) => operation === 'users.create')).toHaveLength(30);
  });

  it('is put on the queue again by a tick when its worker died', async () => {
    const tenant = await createTenant({ zoom: { latencyMs: 1_000 } });
    for (const name of names(10)) tenant.join(name);
    const dying = new AbortController();
    const running = tenant.runMessage(first, dying.signal);
    const kill = (async () => {
      while (tenant.zoom.state().accounts.size < 3) await tenant.clock.sleep(500, dying.signal);
      dying.abort(new Error('killed'));
    })();
    await expect(running).rejects.toThrow('killed');
    await kill;
    expect((await tenant.runCycle()).counts.failed).toBeUndefined();
    expect(tenant.zoom.state().accounts.size).toBe(10);
    expect(stateOf(tenant).map(({ userName }) => userName)).toContain(`user9@${domain}`);
  });
});
