import { createTenant, domain } from '../fakes/tenant.js';

describe('an enabling that Zoom answers with success and does not carry out', () => {
  it('is a failure that is tried again, and no account that is believed active', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ users: [{ userName: `ben@${domain}`, status: 'inactive' }] });
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'write.ignored' }, times: 1 });
    const id = tenant.join('ben');
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    expect((await tenant.row(id))?.link).toMatchObject({ state: 'disabled' });
    await tenant.runCycle();
    expect(tenant.account('ben')).toMatchObject({ status: 'active', userType: 'Licensed' });
  });
});
