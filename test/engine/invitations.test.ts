import { createTenant } from '../fakes/tenant.js';

describe('an invitation', () => {
  it('is looked at again until it is accepted, although nothing changes at the source; then all is asked anew', async () => {
    const tenant = await createTenant();
    const id = tenant.graph.dir.createUser({ userPrincipalName: 'kim@partner.example', displayName: 'Kim' });
    tenant.graph.dir.assign({ principalId: id, appRoleId: '33333333-3333-4333-8333-333333333333' });
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'licence.silentBasic' }, times: 1 });
    await tenant.runCycle();
    expect((await tenant.row(id))?.link).toMatchObject({ invited: true });
    await tenant.runCycle();
    tenant.zoom.acceptInvitation((await tenant.row(id))?.link?.targetId ?? '');
    tenant.clock.advance(24 * 3_600_000);
    await tenant.runCycle();
    expect((await tenant.row(id))?.link).toMatchObject({ invited: false, state: 'active' });
    expect((await tenant.row(id))?.pending).toBeNull();
    expect(tenant.account('kim@partner.example')).toMatchObject({ status: 'active', userType: 'Licensed' });
  });

  it('whose creation was never answered is withdrawn from a person who is gone for good when it is accepted', async () => {
    const tenant = await createTenant();
    tenant.join('stays');
    const id = tenant.graph.dir.createUser({ userPrincipalName: 'kim@partner.example', displayName: 'Kim' });
    tenant.graph.dir.assign({ principalId: id, appRoleId: '33333333-3333-4333-8333-333333333333' });
    tenant.zoom.addFault({
      on: 'users.create',
      user: 'kim@partner.example',
      fault: { mode: 'net.timeoutAfterCommit' },
      times: 1,
    });
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(id);
    tenant.graph.dir.purgeUser(id);
    await tenant.runCycle();
    tenant.zoom.acceptInvitation(tenant.account('kim@partner.example')?.id ?? '');
    tenant.clock.advance(24 * 3_600_000);
    await tenant.runCycle();
    expect(tenant.account('kim@partner.example')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('stays')).toMatchObject({ status: 'active' });
  });
});
