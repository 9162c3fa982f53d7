import { createTenant, servicePrincipalId } from '../fakes/tenant.js';

const activeCount = (tenant: Awaited<ReturnType<typeof createTenant>>): number =>
  [...tenant.zoom.state().accounts.values()].filter(({ status }) => status === 'active').length;

const threePeople = async () => {
  const tenant = await createTenant();
  const ids = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
  await tenant.runCycle();
  tenant.takeCalls();
  return { tenant, ids };
};

describe('a read that says too little', () => {
  it('disables nobody when the assignment list comes back empty, and says so', async () => {
    const { tenant } = await threePeople();
    const fault = tenant.graph.addFault({ kind: 'emptyList' }, { routes: ['appRoleAssignedTo'] });
    for (let cycle = 0; cycle < 3; cycle += 1) {
      expect(await tenant.runCycle()).toMatchObject({ state: 'Failed', fault: { code: 'IngestionInterrupted' } });
    }
    expect(activeCount(tenant)).toBe(3);
    expect((await tenant.world.state.jobs.read()).job?.quarantine).toMatchObject({ reason: 'IngestionInterrupted' });
    fault.remove();
    expect(await tenant.runCycle()).toMatchObject({ state: 'Succeeded' });
    expect((await tenant.world.state.jobs.read()).job?.quarantine).toBeNull();
    expect(tenant.takeCalls()).toEqual([]);
  });

  it('takes an empty list for normal where nobody was ever assigned', async () => {
    const tenant = await createTenant();
    tenant.join('ada', { assigned: false });
    expect(await tenant.runCycle()).toMatchObject({ state: 'Succeeded' });
  });

  it('disables nobody when a row is missing once, and forgets that it was', async () => {
    const { tenant, ids } = await threePeople();
    const fault = tenant.graph.addFault({ kind: 'rowMissing', principalId: ids[0] ?? '' });
    await tenant.runCycle();
    fault.remove();
    await tenant.runCycle();
    const again = tenant.graph.addFault({ kind: 'rowMissing', principalId: ids[0] ?? '' });
    await tenant.runCycle();
    again.remove();
    await tenant.runCycle();
    expect(activeCount(tenant)).toBe(3);
    expect(tenant.takeCalls()).toEqual([]);
    expect((await tenant.world.state.jobs.read()).job?.assignmentsMissing).toBe(false);
  });

  it('disables an unassigned person at the second complete list that lacks the row', async () => {
    const { tenant, ids } = await threePeople();
    tenant.graph.dir.unassign({ principalId: ids[0] ?? '' });
    expect((await tenant.runCycle()).counts.disabled).toBeUndefined();
    const second = await tenant.runCycle();
    expect(second.counts).toMatchObject({ disabled: 1 });
    expect(await tenant.records(second.cycleId)).toMatchObject([{ provisioningAction: 'disable' }]);
    const idle = await tenant.runCycle();
    expect(idle.counts).toMatchObject({ zoomRequests: 0, graphRequests: 2 });
  });

  it.each([
    ['gone', 'ServicePrincipalNotFound'],
    ['hidden by a lost permission', 'InsufficientGraphPermissions'],
  ])('touches nobody when the application is %s', async (what, code) => {
    const { tenant } = await threePeople();
    if (what === 'gone') tenant.graph.dir.deleteServicePrincipal(servicePrincipalId);
    else tenant.graph.addFault({ kind: 'status', status: 403, code: 'Authorization_RequestDenied' });
    const summary = await tenant.runCycle();
    expect(summary).toMatchObject({ state: 'Failed', fault: { code } });
    expect(summary.fault?.request).toMatchObject({ service: 'graph', method: 'GET' });
    const { job } = await tenant.world.state.jobs.read();
    expect(job?.quarantine).toMatchObject({ reason: 'EncounteredQuarantineException', fault: { code } });
    expect(activeCount(tenant)).toBe(3);
    expect(tenant.takeCalls()).toEqual([]);
  });

  it('grants but does not take away while the assignment list cannot be read', async () => {
    const { tenant, ids } = await threePeople();
    const group = tenant.group('Sales', [tenant.join('dia', { assigned: false })]);
    await tenant.runCycle();
    tenant.takeCalls();
    tenant.graph.dir.unassign({ principalId: ids[0] ?? '' });
    await tenant.runCycle();
    tenant.graph.dir.addMember(group, tenant.join('eva', { assigned: false }));
    const fault = tenant.graph.addFault({ kind: 'status', status: 503 }, { routes: ['appRoleAssignedTo'] });
    const partial = await tenant.runCycle();
    expect(partial).toMatchObject({ state: 'EntryLevelErrors', counts: { created: 1 } });
    expect(activeCount(tenant)).toBe(5);
    fault.remove();
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
  });

  it('disables nobody whose group stream ended incomplete, and catches up', async () => {
    const { tenant } = await threePeople();
    const leaver = tenant.join('dia', { assigned: false });
    const group = tenant.group('Sales', [leaver, tenant.join('eva', { assigned: false })]);
    await tenant.runCycle();
    tenant.graph.dir.removeMember(group, leaver);
    const fault = tenant.graph.addFault({ kind: 'status', status: 503 }, { routes: ['groupsDelta'] });
    expect(await tenant.runCycle()).toMatchObject({ state: 'EntryLevelErrors' });
    expect(activeCount(tenant)).toBe(5);
    fault.remove();
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    expect(tenant.account('dia')).toMatchObject({ status: 'inactive' });
  });
});
