import { clearReset } from '../../lib/engine/clearReset.js';
import { chooseClearing, deleteJob, restartJob } from '../../lib/engine/restart.js';
import { tick } from '../../lib/engine/tick.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { createGroupTenant } from '../fakes/groupTenant.js';
import { operate } from '../fakes/operator.js';
import { createTenant } from '../fakes/tenant.js';
import { linkTo } from '../state/samples.js';
import { watchTables } from '../state/watchedTables.js';

const synchronised = async () => {
  const { tables, dump } = watchTables(createMemoryTables());
  const tenant = await createGroupTenant(undefined, { tables });
  tenant.group('Sales', [tenant.join('ada'), tenant.join('ben', { assigned: false })]);
  tenant.join('cleo');
  await tenant.runCycle();
  const stranger = { userName: 'zoe@contoso.com', displayName: 'By hand' };
  await tenant.clock.settle(tenant.world.target.createUser(stranger, true, new AbortController().signal));
  await tenant.runCycle('reconcile');
  return { tenant, dump, operator: operate(tenant) };
};

describe('a job that is deleted', () => {
  it('is off, and nothing is left but itself, its lease and the audit', async () => {
    const { tenant, dump, operator } = await synchronised();
    const filled = Object.keys(await dump()).map((place) => place.split(' ')[0]);
    expect(filled).toEqual(expect.arrayContaining(['Objects', 'Targets', 'Edges', 'GroupMembers', 'Drift', 'Cycles']));
    await operator.delete();
    expect(await operator.drain()).toEqual([]);
    const places = Object.keys(await dump()).map((place) => {
      const [table, , ...row] = place.split(' ');
      return table === 'Audit' ? 'Audit' : `${table} ${row.join(' ')}`;
    });
    expect([...new Set(places)].sort()).toEqual(['Audit', 'Jobs job', 'Jobs lease']);
    expect((await tenant.world.state.jobs.read()).job).toMatchObject({
      status: 'off',
      lastExecution: null,
      assignmentsDigest: null,
      reset: null,
    });
    expect(tenant.zoom.state().accounts.size).toBe(4);
    expect(tenant.membersOf('Sales')).toEqual(['ada', 'ben']);
  });

  it('takes the accounts over again once it is started', async () => {
    const { tenant, operator } = await synchronised();
    await operator.delete();
    await operator.drain();
    tenant.takeCalls();
    await operator.start();
    expect(await operator.drain()).toMatchObject([{ kind: 'initial', counts: { adopted: 3 } }]);
    // Who is a member in Zoom already is added once more, which changes nothing.
    expect(tenant.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual(['PATCH groups.patch']);
    expect(tenant.membersOf('Sales')).toEqual(['ada', 'ben']);
  });

  it('is erased although its running slice was at work, and before a start goes on', async () => {
    const tenant = await createTenant({ engine: { concurrency: 1 }, zoom: { latencyMs: 1_000 } });
    const operator = operate(tenant);
    for (let n = 0; n < 20; n += 1) tenant.join(`user${n}`);
    const running = tenant.runMessage({ jobId: 'job', cycleId: null, slice: 1 });
    const remove = (async () => {
      while (tenant.zoom.state().accounts.size < 3) await tenant.clock.sleep(500, new AbortController().signal);
      await operator.delete();
      await operator.start();
    })();
    expect(await running).toMatchObject({ kind: 'paused' });
    await remove;
    const created = tenant.zoom.state().accounts.size;
    const [summary] = await operator.drain();
    expect(summary).toMatchObject({ kind: 'initial', counts: { adopted: created, created: 20 - created } });
  });

  it('is erased by a tick where the message was lost', async () => {
    const { tenant, operator } = await synchronised();
    await tenant.world.state.jobs.updateJob((job) => deleteJob(job, 'reset-1'));
    expect(await tick(tenant.world)).toMatchObject({ kind: 'queued' });
    await operator.drain();
    expect((await tenant.world.state.jobs.read()).job?.reset).toBeNull();
    expect(await tick(tenant.world)).toEqual({ kind: 'idle', reason: 'the job is off' });
  });
});

describe('clearing', () => {
  it('goes on in the next slice where the last one had to stop', async () => {
    const tenant = await createTenant();
    const { state, clock } = tenant.world;
    const ids = Array.from({ length: 1_200 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    const change = (row: Parameters<Parameters<typeof state.objects.update>[0][number]['change']>[0]) => ({
      ...row,
      link: linkTo(row.id),
    });
    await state.objects.update(ids.map((id) => ({ id, type: 'user' as const, change })));
    const release = { by: 'ada', at: new Date(clock.nowMs()).toISOString() };
    await state.jobs.updateJob((job) => restartJob(job, chooseClearing(['ConnectorDataStore']), 'reset-1', release));
    const lease = await state.jobs.takeLease('worker', 90_000);
    const ends: string[] = [];
    for (let slices = 0; slices < 10 && ends.at(-1) !== 'done'; slices += 1) {
      const reset = (await state.jobs.readJob())?.reset;
      if (!lease || !reset) throw new Error('Nothing is to be cleared.');
      let pages = 0;
      ends.push(await clearReset(reset, lease, tenant.world, () => ++pages > 1));
    }
    expect(ends).toEqual(['stopped', 'stopped', 'done']);
    expect((await state.jobs.read()).counters).toEqual({ linkedActive: 0, linkedDisabled: 0 });
    const rows = await state.objects.read(ids);
    expect([...rows.values()].every(({ row }) => row.link?.state === 'detached')).toBe(true);
  });

  it('writes nothing once the lease is lost', async () => {
    const { tenant } = await synchronised();
    const { state } = tenant.world;
    const lease = await state.jobs.takeLease('worker', 90_000);
    const release = { by: 'ada', at: '2026-11-23T09:00:00.000Z' };
    const { reset } = await state.jobs.updateJob((job) =>
      restartJob(job, chooseClearing(['Full']), 'reset-1', release),
    );
    if (!lease || !reset) throw new Error('Nothing is to be cleared.');
    await lease.release();
    expect(await clearReset(reset, lease, tenant.world, () => false)).toBe('fenced');
    expect((await state.jobs.readJob())?.reset).toEqual(reset);
  });
});
