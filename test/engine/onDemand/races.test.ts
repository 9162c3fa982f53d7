import { createDemandTenant, type DemandTenant } from './demandTenant.js';

const writesOf = (calls: readonly string[]): readonly string[] => calls.filter((call) => !call.startsWith('GET'));
const isDone = ({ kind }: { readonly kind: string }): boolean => kind === 'done';

/** As a process that died while it was at the object. */
const lockFor = (tenant: DemandTenant, id: string, forMs: number) =>
  tenant.world.state.objects.update([
    {
      id,
      type: 'user',
      change: (row) => ({
        ...row,
        intent: {
          operation: 'update',
          userName: null,
          targetId: row.link?.targetId ?? null,
          token: 'another',
          until: new Date(tenant.clock.nowMs() + forMs).toISOString(),
          recordId: 'another',
          touch: 0,
        },
      }),
    },
  ]);

describe('calls on demand beside one another and beside a cycle', () => {
  it('a hundred at once for one object in one process make one write and share two runs', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    const asked = Array.from({ length: 100 }, () => tenant.ask(id));
    const ends = await tenant.clock.settle(Promise.all(asked));
    expect(ends.every(isDone)).toBe(true);
    expect(writesOf(tenant.takeCalls())).toEqual(['POST users.create']);
    const changes = new Set(ends.flatMap((end) => (end.kind === 'done' ? [end.report.record.changeId] : [])));
    expect(changes.size).toBe(2);
    expect(tenant.zoom.state().accounts.size).toBe(1);
  });

  it('from several processes at once make one write', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    const processes = Array.from({ length: 5 }, () => tenant.openOther());
    const ends = await tenant.clock.settle(Promise.all(processes.map((from) => tenant.ask(id, { from }))));
    expect(ends.every(isDone)).toBe(true);
    expect(writesOf(tenant.takeCalls())).toEqual(['POST users.create']);
  });

  it('for a hundred people at once make one write each', async () => {
    const tenant = await createDemandTenant();
    const ids = Array.from({ length: 100 }, (_, n) => tenant.join(`user${n}`));
    const ends = await tenant.clock.settle(Promise.all(ids.map((id) => tenant.ask(id))));
    expect(ends.every(isDone)).toBe(true);
    expect(writesOf(tenant.takeCalls())).toHaveLength(100);
    expect(tenant.zoom.state().accounts.size).toBe(100);
    await tenant.runCycle();
    expect(writesOf(tenant.takeCalls())).toEqual([]);
    expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 100, linkedDisabled: 0 });
  });

  it('beside a running cycle, one write is made for the object', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ben');
    await tenant.runCycle();
    const ids = Array.from({ length: 10 }, (_, n) => tenant.join(`user${n}`));
    tenant.takeCalls();
    tenant.zoom.settings.latencyMs = 300;
    const cycle = tenant.runCycle();
    const ends = await tenant.clock.settle(Promise.all(ids.map((id) => tenant.ask(id))));
    await cycle;
    tenant.zoom.settings.latencyMs = 0;
    expect(ends.every(isDone)).toBe(true);
    expect(writesOf(tenant.takeCalls())).toHaveLength(10);
    expect(tenant.zoom.state().accounts.size).toBe(11);
    expect((await tenant.runCycle()).counts).toMatchObject({ zoomRequests: 0 });
  });

  it('waits for an object that somebody is at, and gives up after a minute', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    await lockFor(tenant, id, 20_000);
    const startedMs = tenant.clock.nowMs();
    expect((await tenant.ask(id)).kind).toBe('done');
    expect(tenant.clock.nowMs() - startedMs).toBeGreaterThanOrEqual(20_000);
    await lockFor(tenant, id, 300_000);
    const lockedMs = tenant.clock.nowMs();
    expect(await tenant.ask(id)).toEqual({ kind: 'busy' });
    expect(tenant.clock.nowMs() - lockedMs).toBeLessThanOrEqual(60_000);
  });

  it('lose no deletion that the feed tells while somebody is at the person', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(id);
    await lockFor(tenant, id, 60 * 60_000);
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });

  it('lets a cycle that compared the list meanwhile compare it again', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ben');
    await tenant.runCycle();
    const { job } = await tenant.world.state.jobs.read();
    const id = tenant.join('ada');
    await tenant.provision(id);
    const digest = (await tenant.world.state.jobs.read()).job?.assignmentsDigest;
    expect(digest).toMatch(/^demand:/);
    expect(digest).not.toBe(job?.assignmentsDigest);
    await tenant.runCycle();
    expect((await tenant.world.state.jobs.read()).job?.assignmentsDigest).not.toMatch(/^demand:/);
  });
});
