import { basicRoleId, createTenant, licensedRoleId } from '../fakes/tenant.js';

/** Two cycles: an assignment must be missing from two complete lists. */
const runTwo = async (tenant: Awaited<ReturnType<typeof createTenant>>) => {
  await tenant.runCycle();
  return tenant.runCycle();
};

describe('scope through groups', () => {
  it('brings the members of an assigned group, page after page', async () => {
    const tenant = await createTenant();
    const names = Array.from({ length: 40 }, (_, n) => `user${n}`);
    tenant.group(
      'Sales',
      names.map((name) => tenant.join(name, { assigned: false })),
    );
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 40 });
    const idle = await tenant.runCycle();
    expect(idle.counts).toMatchObject({ zoomRequests: 0, graphRequests: 3 });
  });

  it('adds a member who joins and disables one who leaves', async () => {
    const tenant = await createTenant();
    const stays = tenant.join('ada', { assigned: false });
    const leaves = tenant.join('ben', { assigned: false });
    const joins = tenant.join('cem', { assigned: false });
    const group = tenant.group('Sales', [stays, leaves]);
    await tenant.runCycle();
    tenant.graph.dir.addMember(group, joins);
    tenant.graph.dir.removeMember(group, leaves);
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1, disabled: 1 });
    expect(tenant.account('ben')).toMatchObject({ status: 'inactive' });
  });

  it('keeps who is in scope by a second path', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada', { assigned: false });
    const first = tenant.group('Sales', [id]);
    const second = tenant.group('Legal', [id]);
    await tenant.runCycle();
    tenant.graph.dir.removeMember(first, id);
    expect((await tenant.runCycle()).counts.disabled).toBeUndefined();
    tenant.graph.dir.removeMember(second, id);
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
  });

  it('disables the members of a group that is unassigned, and enables them when it is assigned again', async () => {
    const tenant = await createTenant();
    const ids = ['ada', 'ben'].map((name) => tenant.join(name, { assigned: false }));
    const group = tenant.group('Sales', ids);
    tenant.join('cem');
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: group });
    const first = await tenant.runCycle();
    expect(first.counts.disabled).toBeUndefined();
    const second = await tenant.runCycle();
    expect(second.counts).toMatchObject({ disabled: 2 });
    expect((await tenant.world.state.edges.list(group, null)).rows).toEqual([]);
    expect((await tenant.world.state.jobs.read()).marks.map(({ stream }) => stream)).toEqual(['users']);
    tenant.graph.dir.assign({ principalId: group, appRoleId: licensedRoleId });
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 2 });
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
  });

  it('disables the members of a group that is deleted and enables them when it is restored', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada', { assigned: false });
    const group = tenant.group('Sales', [id]);
    tenant.join('cem');
    await tenant.runCycle();
    tenant.graph.dir.deleteGroup(group);
    await runTwo(tenant);
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    tenant.graph.dir.restoreGroup(group);
    await runTwo(tenant);
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    expect(tenant.account('cem')).toMatchObject({ status: 'active' });
  });

  it('gives the higher of two roles, whatever the order they came in', async () => {
    const tenant = await createTenant();
    const ada = tenant.join('ada', { roleId: basicRoleId });
    const ben = tenant.join('ben', { roleId: licensedRoleId });
    tenant.group('Licensed people', [ada], { roleId: licensedRoleId });
    tenant.group('Basic people', [ben], { roleId: basicRoleId });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ userType: 'Licensed' });
    expect(tenant.account('ben')).toMatchObject({ userType: 'Licensed' });
  });

  it('sends the new licence when the role of a group changes', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada', { assigned: false });
    const group = tenant.group('Sales', [id], { roleId: basicRoleId });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ userType: 'Basic' });
    tenant.graph.dir.assign({ principalId: group, appRoleId: licensedRoleId });
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 1 });
    expect(tenant.account('ada')).toMatchObject({ userType: 'Licensed' });
    tenant.graph.dir.unassign({ principalId: group, appRoleId: licensedRoleId });
    await runTwo(tenant);
    expect(tenant.account('ada')).toMatchObject({ userType: 'Basic', status: 'active' });
  });

  it('tells a role that was defined after the roles were last read', async () => {
    const tenant = await createTenant();
    tenant.join('ada');
    await tenant.runCycle();
    const roleId = '55555555-5555-4555-8555-555555555555';
    const roles = [
      { id: licensedRoleId, displayName: 'Licensed', value: 'Licensed' },
      { id: basicRoleId, displayName: 'Basic', value: 'Basic' },
      { id: roleId, displayName: 'On-Prem', value: 'On-Prem' },
    ];
    tenant.graph.dir.defineAppRoles('22222222-2222-4222-8222-222222222222', roles);
    tenant.join('ben', { roleId });
    tenant.clock.advance(5 * 60_000);
    await tenant.world.state.jobs.request({
      cycleId: '99999999-9999-4999-8999-999999999999',
      kind: 'incremental',
      requestedAt: new Date(tenant.clock.nowMs()).toISOString(),
    });
    await tenant.runMessage({ jobId: tenant.world.jobId, cycleId: null, slice: 1 });
    expect(tenant.account('ben')).toMatchObject({ userType: 'On-Prem' });
  });

  it('brings a member again whom a stream told of out of order while the group was not assigned', async () => {
    const tenant = await createTenant();
    tenant.join('stays');
    tenant.group('Everybody', []);
    const group = tenant.group('Project', []);
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: group });
    await runTwo(tenant);
    const ada = tenant.join('ada', { roleId: basicRoleId });
    tenant.graph.dir.addMember(group, ada);
    tenant.graph.addFault({ kind: 'edgeOutOfOrder' }, { routes: ['groupsDelta'], times: 1 });
    await tenant.runCycle();
    expect(Object.keys((await tenant.row(ada))?.via ?? {})).toEqual(['app']);
    tenant.graph.dir.assign({ principalId: group, appRoleId: licensedRoleId });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ userType: 'Licensed' });
  });
});
