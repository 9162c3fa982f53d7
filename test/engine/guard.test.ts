import { createFailingTables } from '../fakes/failingTables.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';

const blockAll = (tenant: Tenant, ids: readonly string[]): void => {
  for (const id of ids) tenant.graph.dir.updateUser(id, { accountEnabled: false });
};

const peopleOf = (tenant: Tenant, count: number): string[] =>
  Array.from({ length: count }, (_, n) => tenant.join(`user${n}`));

const inactive = (tenant: Tenant): number =>
  [...tenant.zoom.state().accounts.values()].filter(({ status }) => status === 'inactive').length;

const stagedStates = async (tenant: Tenant): Promise<readonly string[]> =>
  (await tenant.world.state.objects.listStaged(null)).rows.map(({ state }) => state);

describe('the deletion guard', () => {
  it('lets exactly the threshold go and holds one more', async () => {
    const tenant = await createTenant({ engine: { deletionThreshold: 3, deletionThresholdPercent: 100 } });
    const ids = peopleOf(tenant, 10);
    await tenant.runCycle();
    blockAll(tenant, ids.slice(0, 3));
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 3 });
    blockAll(tenant, ids.slice(3, 7));
    const held = await tenant.runCycle();
    expect(held.counts).toMatchObject({ held: 4, zoomRequests: 0 });
    expect(held.counts.disabled).toBeUndefined();
    expect(inactive(tenant)).toBe(3);
  });

  it('holds by share where more than twenty are active, and not below', async () => {
    const few = await createTenant({ engine: { deletionThresholdPercent: 10 } });
    const fewIds = peopleOf(few, 20);
    await few.runCycle();
    blockAll(few, fewIds.slice(0, 5));
    expect((await few.runCycle()).counts).toMatchObject({ disabled: 5 });

    const many = await createTenant({ engine: { deletionThresholdPercent: 10 } });
    const ids = peopleOf(many, 30);
    await many.runCycle();
    blockAll(many, ids.slice(0, 3));
    expect((await many.runCycle()).counts).toMatchObject({ disabled: 3 });
    blockAll(many, ids.slice(3, 6));
    expect((await many.runCycle()).counts).toMatchObject({ held: 3 });
  });

  it('lets joiners and updates go on, tells it once, and leaves a record for each', async () => {
    const tenant = await createTenant({ engine: { deletionThreshold: 1, deletionThresholdPercent: 100 } });
    const ids = peopleOf(tenant, 6);
    await tenant.runCycle();
    blockAll(tenant, ids.slice(0, 3));
    tenant.graph.dir.updateUser(ids[5] ?? '', { department: 'Legal' });
    tenant.join('joiner');
    const summary = await tenant.runCycle();
    expect(summary.counts).toMatchObject({ held: 3, created: 1, updated: 1 });
    expect(tenant.notices).toMatchObject([{ subject: '3 removals are held' }]);
    const records = await tenant.records(summary.cycleId);
    expect(records.filter(({ provisioningAction }) => provisioningAction === 'stagedDelete')).toHaveLength(3);
    expect((await tenant.world.state.jobs.read()).job?.quarantine).toMatchObject({ reason: 'TooManyDeletes' });

    const next = await tenant.runCycle();
    expect(next.counts).toMatchObject({ zoomRequests: 0 });
    expect(tenant.notices).toHaveLength(1);
    expect(await stagedStates(tenant)).toEqual(['held', 'held', 'held']);
    expect((await tenant.world.state.jobs.read()).job?.quarantine).toMatchObject({ reason: 'TooManyDeletes' });
  });

  it('does not count held removals again', async () => {
    const tenant = await createTenant({ engine: { deletionThreshold: 1, deletionThresholdPercent: 100 } });
    const ids = peopleOf(tenant, 6);
    await tenant.runCycle();
    blockAll(tenant, ids.slice(0, 3));
    await tenant.runCycle();
    blockAll(tenant, ids.slice(3, 4));
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    expect(inactive(tenant)).toBe(1);
  });

  it('forgets a held removal that is no longer due, and the job’s status with the last of them', async () => {
    const tenant = await createTenant({ engine: { deletionThreshold: 1, deletionThresholdPercent: 100 } });
    const ids = peopleOf(tenant, 4);
    await tenant.runCycle();
    blockAll(tenant, ids.slice(0, 2));
    await tenant.runCycle();
    for (const id of ids.slice(0, 2)) tenant.graph.dir.updateUser(id, { accountEnabled: true });
    await tenant.runCycle();
    expect(await stagedStates(tenant)).toEqual([]);
    expect((await tenant.world.state.jobs.read()).job?.quarantine).toBeNull();
    expect(inactive(tenant)).toBe(0);
  });

  it('holds all of a cycle, those that a row proved and those that two lists did', async () => {
    const tenant = await createTenant({ engine: { deletionThreshold: 3, deletionThresholdPercent: 100 } });
    const ids = peopleOf(tenant, 8);
    await tenant.runCycle();
    for (const id of ids.slice(0, 2)) tenant.graph.dir.unassign({ principalId: id });
    await tenant.runCycle();
    blockAll(tenant, ids.slice(2, 4));
    expect((await tenant.runCycle()).counts).toMatchObject({ held: 4 });
    expect(inactive(tenant)).toBe(0);
    expect(tenant.notices).toHaveLength(1);
  });

  it('holds every one of very many, and carries none out in a later cycle', async () => {
    const tenant = await createTenant({
      engine: { deletionThreshold: 5, concurrency: 32 },
      graph: { usersPerPage: 200 },
      zoom: { licensedSeats: 5_000 },
    });
    const ids = peopleOf(tenant, 1_060);
    await tenant.runCycle();
    blockAll(tenant, ids.slice(0, 1_040));
    expect((await tenant.runCycle()).counts).toMatchObject({ held: 1_040 });
    expect(tenant.notices).toMatchObject([{ subject: '1040 removals are held' }]);
    expect((await tenant.runCycle()).counts.disabled).toBeUndefined();
    expect(inactive(tenant)).toBe(0);
  });

  it('counts what a cycle staged that ended before the guard saw it', async () => {
    const tenant = await createTenant({
      engine: { deletionThreshold: 2, deletionThresholdPercent: 100 },
      graph: { repeatProbability: 0 },
    });
    const ids = peopleOf(tenant, 6);
    await tenant.runCycle();
    blockAll(tenant, ids.slice(0, 4));
    tenant.graph.dir.updateUser(ids[5] ?? '', { department: 'Legal' });
    tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'account.ssoOff' }, times: 1 });
    expect(await tenant.runCycle()).toMatchObject({ state: 'Failed' });
    expect(await stagedStates(tenant)).toHaveLength(4);
    expect((await tenant.runCycle()).counts).toMatchObject({ held: 4 });
    expect(inactive(tenant)).toBe(0);
  });

  it('does not count removals again that it let through and that failed', async () => {
    const tenant = await createTenant({ engine: { deletionThreshold: 2, deletionThresholdPercent: 100 } });
    const ids = peopleOf(tenant, 6);
    await tenant.runCycle();
    blockAll(tenant, ids.slice(0, 2));
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'user.adminNoop' } });
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 2 });
    tenant.zoom.clearFaults();
    blockAll(tenant, ids.slice(2, 4));
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 4 });
  });

  it('counts what a worker carried out that died before it could tell, also where the cycle starts anew', async () => {
    const storage = createFailingTables();
    const tenant = await createTenant({
      tables: storage.tables,
      engine: { deletionThreshold: 3, deletionThresholdPercent: 100 },
    });
    const ids = peopleOf(tenant, 10);
    await tenant.runCycle();
    blockAll(tenant, ids.slice(0, 3));
    storage.failWhere((table) => (table === 'Jobs' && inactive(tenant) === 3 ? 'refused' : null));
    await expect(tenant.runCycle()).rejects.toThrow('a write to Jobs failed');
    storage.heal();
    tenant.configure({ skipOutOfScopeDeletions: true });
    blockAll(tenant, ids.slice(3, 5));
    expect((await tenant.runCycle()).counts).toMatchObject({ held: 2, removalsCarriedOut: 3 });
    expect(inactive(tenant)).toBe(3);
  });
});
