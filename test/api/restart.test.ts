import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { createDyingTables } from '../fakes/dyingTables.js';
import { operate } from '../fakes/operator.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';

const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `user${n}`);
const quarantineOf = async (tenant: Tenant) => (await tenant.world.state.jobs.read()).job?.quarantine?.reason ?? null;
const linkStates = async (tenant: Tenant): Promise<readonly (string | undefined)[]> =>
  (await tenant.world.state.objects.list(null)).rows
    .filter(({ row }) => row.type === 'user')
    .map(({ row }) => row.link?.state);

const settled = async (users: number, options: Parameters<typeof createTenant>[0] = {}) => {
  const tenant = await createTenant(options);
  const ids = names(users).map((name) => tenant.join(name));
  await tenant.runCycle();
  tenant.takeCalls();
  return { tenant, ids, operator: operate(tenant) };
};

describe('a restart', () => {
  it('that clears no watermark runs an incremental cycle', async () => {
    const { operator } = await settled(2);
    await operator.restart('Escrows');
    expect(await operator.drain()).toMatchObject([{ kind: 'incremental' }]);
  });

  it('replaces a running cycle at the next object, under its id', async () => {
    const tenant = await createTenant({ engine: { concurrency: 1 }, zoom: { latencyMs: 1_000 } });
    const operator = operate(tenant);
    for (const name of names(30)) tenant.join(name);
    const running = tenant.runMessage({ jobId: 'job', cycleId: null, slice: 1 });
    const restart = (async () => {
      while (tenant.zoom.state().accounts.size < 3) await tenant.clock.sleep(500, new AbortController().signal);
      await operator.restart();
    })();
    const stopped = await running;
    await restart;
    expect(stopped).toMatchObject({ kind: 'paused' });
    expect(tenant.zoom.state().accounts.size).toBeLessThan(15);
    const [summary] = await operator.drain();
    expect(summary).toMatchObject({ kind: 'initial', cycleId: stopped.kind === 'paused' ? stopped.cycleId : '' });
    expect(tenant.zoom.state().accounts.size).toBe(30);
  });

  it('starts a job that was paused, whose running slice had not stopped yet', async () => {
    const tenant = await createTenant({ engine: { concurrency: 1 }, zoom: { latencyMs: 5_000 } });
    const operator = operate(tenant);
    for (const name of names(10)) tenant.join(name);
    const running = tenant.runMessage({ jobId: 'job', cycleId: null, slice: 1 });
    const flip = (async () => {
      while (tenant.zoom.state().accounts.size < 3) await tenant.clock.sleep(500, new AbortController().signal);
      await operator.pause();
      await tenant.clock.sleep(1_200, new AbortController().signal);
      await operator.start();
    })();
    expect(await running).toMatchObject({ kind: 'paused' });
    await tenant.clock.settle(flip);
    await operator.drain();
    expect(tenant.zoom.state().accounts.size).toBe(10);
  });
});

describe('a full restart', () => {
  it('matches everybody anew and takes nothing from anybody', async () => {
    const { tenant, operator } = await settled(4);
    await operator.restart('Full');
    const [summary] = await operator.drain();
    expect(summary?.counts).toMatchObject({ adopted: 4 });
    expect(tenant.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual([]);
    expect(await linkStates(tenant)).toEqual(Array(4).fill('active'));
    expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 4, linkedDisabled: 0 });
  });

  it('leaves the accounts of people who are out of scope as they are, and counts them', async () => {
    const { tenant, ids, operator } = await settled(3);
    tenant.graph.dir.updateUser(ids[0] ?? '', { accountEnabled: false });
    await operator.restart('ConnectorDataStore');
    const [summary] = await operator.drain();
    expect(summary?.counts).toMatchObject({ adopted: 2, unmanaged: 1 });
    expect(summary?.counts['disabled']).toBeUndefined();
    expect(tenant.account('user0')?.status).toBe('active');
    const [record] = (await tenant.records(summary?.cycleId ?? '')).filter(
      ({ sourceIdentity }) => sourceIdentity.id === ids[0],
    );
    expect(JSON.stringify(record)).toContain('no longer managed');
  });

  it('comes to the same end however often the process dies while it clears', async () => {
    for (const write of [1, 2, 3, 4, 6, 8]) {
      for (const carryOut of [false, true]) {
        const tables = createDyingTables(createMemoryTables());
        const { tenant, operator } = await settled(5, { tables });
        await operator.restart('Full');
        tables.dieAt(write, carryOut);
        await tenant.deliver().catch(() => undefined);
        tables.revive();
        tenant.clock.advance(200_000);
        await tenant.runCycle();
        await operator.drain();
        expect(await linkStates(tenant)).toEqual(Array(5).fill('active'));
        expect((await tenant.world.state.jobs.read()).job?.reset).toBeNull();
        expect(tenant.zoom.state().accounts.size).toBe(5);
      }
    }
  });
});

describe('forced deletions', () => {
  it('accept an empty list of assignments once, past the guard', async () => {
    const { tenant, ids, operator } = await settled(30, { engine: { deletionThreshold: 5 } });
    for (const id of ids) tenant.graph.dir.unassign({ principalId: id });
    expect((await tenant.runCycle()).fault?.code).toBe('IngestionInterrupted');
    expect(await quarantineOf(tenant)).toBe('IngestionInterrupted');
    await operator.restart('ForceDeletes');
    const [summary] = await operator.drain();
    expect(summary?.counts).toMatchObject({ disabled: 30 });
    expect(await quarantineOf(tenant)).toBeNull();
    expect((await tenant.world.state.jobs.read()).job?.forced).toBeNull();
  });

  it('carry out only what is still due, and arm the guard again', async () => {
    const { tenant, ids, operator } = await settled(6, {
      engine: { deletionThreshold: 1, deletionThresholdPercent: 100 },
    });
    for (const id of ids.slice(0, 3)) tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(ids[0] ?? '', { accountEnabled: true });
    await operator.restart('ForceDeletes');
    expect((await operator.drain())[0]?.counts).toMatchObject({ disabled: 2 });
    for (const id of ids.slice(3, 6)) tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ held: 3 });
  });
});
