import { createTenant, domain } from '../fakes/tenant.js';

describe('what Zoom answers with success and does not do', () => {
  it('is warned of once where no licence was left, and not sent again', async () => {
    const tenant = await createTenant({ zoom: { licensedSeats: 0, noSeats: 'silentBasic' } });
    const id = tenant.join('ada');
    const first = await tenant.runCycle();
    const [record] = await tenant.records(first.cycleId);
    expect(record?.provisioningStatusInfo.status).toBe('warning');
    expect(JSON.stringify(record?.provisioningSteps)).toContain('downgraded');
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    await tenant.runCycle();
    const put = tenant.zoom.journal.entries.filter(({ operation }) => operation === 'users.put');
    expect(put).toHaveLength(1);
    expect(JSON.stringify(put[0]?.body)).not.toContain('userType');
    expect((await tenant.row(id))?.link).toMatchObject({
      asked: { userType: 'Licensed' },
      held: { userType: 'Basic' },
    });
  });

  it('is warned of once where a rename is ignored, then idle', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'user.renameIgnored' } });
    tenant.graph.dir.updateUser(id, { userPrincipalName: `ada.new@${domain}`, mail: `ada.new@${domain}` });
    const renamed = await tenant.runCycle();
    const [record] = await tenant.records(renamed.cycleId);
    expect(record?.provisioningStatusInfo.status).toBe('warning');
    expect(JSON.stringify(record?.provisioningSteps)).toContain('notApplied');
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
    expect(tenant.zoom.state().accounts.size).toBe(1);
  });

  it('is asked anew on enabling, licences included', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ userType: 'Basic' });
    tenant.takeCalls();
    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    const enabled = await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual(['PATCH users.patch', 'PUT users.put']);
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
    const [record] = await tenant.records(enabled.cycleId);
    expect(record?.modifiedProperties).toContainEqual({ displayName: 'active', oldValue: 'false', newValue: 'true' });
  });

  it('is a failure where an account was to be enabled and stays inactive, and is tried again', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'write.ignored' }, times: 1 });
    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    const ignored = await tenant.runCycle();
    expect(ignored.counts).toMatchObject({ failed: 1 });
    const [record] = await tenant.records(ignored.cycleId);
    expect(record?.provisioningStatusInfo.errorInformation?.errorCode).toBe('AccountNotActivated');
    expect((await tenant.row(id))?.link).toMatchObject({ state: 'disabled' });
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
  });
});
