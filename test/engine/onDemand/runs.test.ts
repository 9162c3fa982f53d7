import { caller, createDemandTenant, type DemandTenant } from './demandTenant.js';

const call = (id: string, isDryRun = false) => ({ id, isDryRun, initiatedBy: caller });

const workOn = async (tenant: DemandTenant): Promise<void> => {
  for (let message = tenant.demands.shift(); message; message = tenant.demands.shift()) {
    await tenant.clock.settle(tenant.onDemand.workOnRun(message));
  }
};

/** An assigned group with so many members, none of whom has an account. */
const openGroup = async (members: number) => {
  const tenant = await createDemandTenant();
  const ids = Array.from({ length: members }, (_, n) => tenant.join(`user${n}`, { assigned: false }));
  return { tenant, ids, group: tenant.group('Zoom', ids) };
};

describe('a call for more people than one answer can wait for', () => {
  it('goes on in the queue, page by page, until all members of the group are done', async () => {
    const { tenant, group, ids } = await openGroup(101);
    tenant.graph.dir.updateUser(ids[0] ?? '', { accountEnabled: false });
    const run = await tenant.onDemand.startRun({ kind: 'members', groupId: group }, call('run-1'));
    expect(run).toMatchObject({ state: 'running', total: null, counts: { success: 0, skipped: 0, failure: 0 } });
    await workOn(tenant);
    expect(await tenant.onDemand.readRun('run-1')).toMatchObject({
      state: 'completed',
      total: 101,
      counts: { success: 100, skipped: 1, failure: 0 },
    });
    expect(tenant.zoom.state().accounts.size).toBe(100);
    expect(await tenant.records('run-1')).toHaveLength(101);
  });

  it('takes people by name, and counts whom nobody knows as a failure', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ada');
    const subjects = ['ada@contoso.example', 'nobody@contoso.example'];
    await tenant.onDemand.startRun({ kind: 'named', subjects }, call('run-1'));
    expect((await tenant.onDemand.readRun('run-1'))?.total).toBe(2);
    await workOn(tenant);
    expect(await tenant.onDemand.readRun('run-1')).toMatchObject({
      state: 'completed',
      counts: { success: 1, skipped: 0, failure: 1 },
    });
  });

  it('goes on at its checkpoint when its worker died, and sends nothing twice', async () => {
    const { tenant, group } = await openGroup(102);
    await tenant.onDemand.startRun({ kind: 'members', groupId: group }, call('run-1'));
    const [message] = tenant.demands;
    if (!message) throw new Error('No message waits.');
    tenant.graph.addFault({ kind: 'status', status: 500 }, { routes: ['members'], after: 1 });
    await expect(tenant.clock.settle(tenant.onDemand.workOnRun(message))).rejects.toThrow('SourceUnavailable');
    expect(await tenant.onDemand.readRun('run-1')).toMatchObject({
      state: 'running',
      page: 1,
      counts: { success: 100 },
    });
    tenant.graph.clearFaults();
    await tenant.clock.settle(tenant.openOther().workOnRun(message));
    expect(await tenant.onDemand.readRun('run-1')).toMatchObject({ state: 'completed', counts: { success: 102 } });
    expect(tenant.takeCalls().filter((one) => one === 'POST users.create')).toHaveLength(102);
  });

  it('is gone through by one of two workers, and its message may come again when it is over', async () => {
    const { tenant, group } = await openGroup(5);
    await tenant.onDemand.startRun({ kind: 'members', groupId: group }, call('run-1'));
    const message = { jobId: tenant.world.jobId, demandId: 'run-1' };
    const workers = [tenant.onDemand, tenant.openOther()];
    await tenant.clock.settle(Promise.all(workers.map((worker) => worker.workOnRun(message))));
    await tenant.clock.settle(tenant.onDemand.workOnRun(message));
    expect(await tenant.onDemand.readRun('run-1')).toMatchObject({ state: 'completed', total: 5 });
    expect(tenant.takeCalls().filter((one) => one === 'POST users.create')).toHaveLength(5);
  });

  it('ends as failed when its message is given up', async () => {
    const { tenant, group } = await openGroup(1);
    await tenant.onDemand.startRun({ kind: 'members', groupId: group }, call('run-1'));
    await tenant.onDemand.failRun({ jobId: tenant.world.jobId, demandId: 'run-1' });
    expect(await tenant.onDemand.readRun('run-1')).toMatchObject({ state: 'failed', faultCode: 'GivenUp' });
    await workOn(tenant);
    expect(tenant.takeCalls()).toEqual([]);
  });

  it('sends nothing in a dry run', async () => {
    const { tenant, group } = await openGroup(5);
    await tenant.onDemand.startRun({ kind: 'members', groupId: group }, call('run-1', true));
    await workOn(tenant);
    expect(await tenant.onDemand.readRun('run-1')).toMatchObject({ state: 'completed', counts: { skipped: 5 } });
    expect(tenant.zoom.state().accounts.size).toBe(0);
  });

  it('knows no group that does not exist', async () => {
    const tenant = await createDemandTenant();
    const members = tenant.onDemand.listMembers('99999999-9999-4999-8999-999999999999', 20);
    expect(await tenant.clock.settle(members)).toBeNull();
  });
});
