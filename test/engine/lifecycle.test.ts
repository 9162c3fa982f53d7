import { createTenant } from '../fakes/tenant.js';

describe('a user who is deleted at the source', () => {
  it('is disabled when soft-deleted, left alone when purged', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(id);
    const deleted = await tenant.runCycle();
    expect(deleted.counts).toMatchObject({ disabled: 1, zoomRequests: 1 });
    expect(await tenant.records(deleted.cycleId)).toMatchObject([{ provisioningAction: 'disable' }]);
    tenant.graph.dir.purgeUser(id);
    const purged = await tenant.runCycle();
    expect(purged.counts.zoomRequests).toBe(0);
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });

  it('is enabled again when restored, with its licence', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(id);
    await tenant.runCycle();
    tenant.graph.dir.restoreUser(id);
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
  });

  it('is enabled again when restored, although its path is a group that sends no event', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada', { assigned: false });
    const other = tenant.join('ben', { assigned: false });
    tenant.group('Sales', [id, other]);
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    tenant.graph.dir.deleteUser(id);
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    tenant.graph.dir.restoreUser(id);
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });

  it('enters scope when restored although it was in the recycle bin before the first cycle', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada', { assigned: false });
    const other = tenant.join('ben', { assigned: false });
    tenant.group('Sales', [id, other]);
    tenant.graph.dir.deleteUser(id);
    await tenant.runCycle();
    expect(tenant.account('ada')).toBeUndefined();
    tenant.graph.dir.restoreUser(id);
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
  });

  it('is one removal when deleted and purged between two cycles', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(id);
    tenant.graph.dir.purgeUser(id);
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1, zoomRequests: 1 });
    expect((await tenant.row(id))?.removal?.trigger).toBe('hardDeleted');
  });

  it('is found by the sweep when the stream had to start anew and had not told of the deletion', async () => {
    const tenant = await createTenant();
    const soft = tenant.join('ada');
    const hard = tenant.join('ben');
    tenant.join('cem');
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(soft);
    tenant.graph.dir.deleteUser(hard);
    tenant.graph.dir.purgeUser(hard);
    tenant.graph.startTokenGeneration();
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 2 });
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('ben')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('cem')).toMatchObject({ status: 'active' });
  });

  it('is found where the first round of the users stream was begun in vain', async () => {
    const tenant = await createTenant();
    const soft = tenant.join('ada', { assigned: false });
    const hard = tenant.join('ben', { assigned: false });
    tenant.group('Everybody', [soft, hard, tenant.join('cem', { assigned: false })]);
    tenant.graph.addFault({ kind: 'status', status: 503 }, { routes: ['usersDelta'] });
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 3 });
    tenant.graph.clearFaults();
    tenant.graph.dir.deleteUser(soft);
    tenant.graph.dir.deleteUser(hard);
    tenant.graph.dir.purgeUser(hard);
    await tenant.runCycle('incremental');
    await tenant.runCycle('incremental');
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('ben')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('cem')).toMatchObject({ status: 'active' });
  });

  it('is found by an initial cycle although the recycle bin is noted before', async () => {
    const tenant = await createTenant({ graph: { tombstoneProbability: 0, softDeletedAssignments: 'shown' } });
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(id);
    const summary = await tenant.runCycle('initial');
    expect(summary).toMatchObject({ kind: 'initial', counts: { disabled: 1 } });
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('ben')).toMatchObject({ status: 'active' });
  });
});
