import { createTenant, domain } from '../fakes/tenant.js';

describe('one user from end to end', () => {
  it('is created, then nothing is sent, then is updated, disabled and enabled', async () => {
    const tenant = await createTenant();
    const id = tenant.join('mina');
    const initial = await tenant.runCycle();
    expect(initial).toMatchObject({ kind: 'initial', state: 'Succeeded' });
    expect(initial.counts).toMatchObject({ created: 1 });
    expect(tenant.account(`mina@${domain}`)).toMatchObject({ status: 'active', userType: 'Licensed' });

    const idle = await tenant.runCycle();
    expect(idle.kind).toBe('incremental');
    expect(idle.counts).toMatchObject({ zoomRequests: 0, graphRequests: 2 });

    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 1, zoomRequests: 1 });
    expect(tenant.account(`mina@${domain}`)?.enterprise).toMatchObject({ department: 'Legal' });

    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    expect(tenant.account(`mina@${domain}`)).toMatchObject({ status: 'inactive' });

    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 1, zoomRequests: 2 });
    expect(tenant.account(`mina@${domain}`)).toMatchObject({ status: 'active', userType: 'Licensed' });
  });
});
