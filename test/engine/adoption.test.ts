import { createTenant, domain } from '../fakes/tenant.js';

describe('accounts that stand in Zoom already', () => {
  it('are listed once in an initial cycle and adopted without a search each', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ users: ['ada', 'ben', 'cem'].map((name) => ({ userName: `${name}@${domain}` })) });
    for (const name of ['ada', 'ben', 'cem', 'dia']) tenant.join(name);
    const { counts } = await tenant.runCycle();
    expect(counts).toMatchObject({ adopted: 3, created: 1 });
    const calls = tenant.takeCalls();
    expect(calls.filter((call) => call === 'GET users.list')).toHaveLength(1);
    // The name that the listing lacks may be that of an open invitation.
    expect(calls.filter((call) => call === 'GET users.filter')).toHaveLength(1);
    expect(calls.filter((call) => call === 'POST users.create')).toHaveLength(1);
  });

  it('are asked for one by one where the account is much larger than what is assigned', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ users: Array.from({ length: 150 }, (_, n) => ({ userName: `other${n}@${domain}` })) });
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}` }] });
    tenant.join('ada');
    const { counts } = await tenant.runCycle();
    expect(counts).toMatchObject({ adopted: 1 });
    expect(tenant.takeCalls().filter((call) => call === 'GET users.filter')).toHaveLength(1);
  });

  it('receive only what differs, once', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({
      users: [
        {
          userName: `ada@${domain}`,
          givenName: 'ada',
          familyName: 'Example',
          displayName: 'ada Example',
          userType: 'Licensed',
          department: 'Old',
        },
      ],
    });
    tenant.join('ada', { department: 'New' });
    const { cycleId } = await tenant.runCycle();
    const put = tenant.zoom.journal.entries.filter(({ operation }) => operation === 'users.put');
    expect(put).toHaveLength(1);
    expect(put[0]?.body).toMatchObject({
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'New' },
    });
    expect(put[0]?.body).not.toHaveProperty('name');
    const [record] = await tenant.records(cycleId);
    expect(record).toMatchObject({ provisioningAction: 'update', provisioningStatusInfo: { status: 'success' } });
    expect(record?.modifiedProperties).toEqual([expect.objectContaining({ oldValue: 'Old', newValue: 'New' })]);
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('cost no write where nothing differs', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({
      users: [
        {
          userName: `ada@${domain}`,
          givenName: 'ada',
          familyName: 'Example',
          displayName: 'ada Example',
          userType: 'Licensed',
          department: 'Sales',
        },
      ],
    });
    tenant.join('ada');
    expect((await tenant.runCycle()).counts).toMatchObject({ adopted: 1 });
    expect(tenant.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual([]);
  });

  it('are enabled when they are inactive, and get their licence', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}`, status: 'inactive', userType: 'Basic' }] });
    tenant.join('ada');
    expect((await tenant.runCycle()).counts).toMatchObject({ adopted: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
    expect(tenant.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual([
      'PATCH users.patch',
      'PUT users.put',
    ]);
  });

  it('are found whatever the case of their userName', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ users: [{ userName: `ADA@${domain}` }] });
    tenant.join('ada');
    expect((await tenant.runCycle()).counts).toMatchObject({ adopted: 1 });
    expect(tenant.zoom.state().accounts.size).toBe(1);
  });

  it('are adopted after a conflict that no search had shown', async () => {
    const tenant = await createTenant();
    tenant.join('first');
    await tenant.runCycle();
    tenant.join('ada');
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}` }] });
    tenant.zoom.addFault({
      on: 'users.filter',
      fault: { mode: 'status', code: 200, body: JSON.stringify({ totalResults: 0, Resources: [] }) },
      times: 1,
    });
    expect((await tenant.runCycle()).counts).toMatchObject({ adopted: 1 });
    expect(tenant.zoom.state().accounts.size).toBe(2);
    expect(tenant.account('ada')).toMatchObject({ userType: 'Licensed' });
  });

  it('are not adopted for a person who is not in scope', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}` }] });
    const id = tenant.join('ada');
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    expect((await tenant.row(id))?.link).toBeNull();
  });
});

describe('people outside of the account', () => {
  it('come out invited where their domain is not the account’s, and are looked at until they accept', async () => {
    const tenant = await createTenant({ zoom: { associatedDomains: ['elsewhere.example'] } });
    const id = tenant.join('ada');
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
    expect((await tenant.row(id))?.link).toMatchObject({ invited: true, state: 'active' });
    tenant.takeCalls();

    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    const waiting = await tenant.runCycle();
    expect(waiting.counts).toMatchObject({ skipped: 1 });
    const [record] = await tenant.records(waiting.cycleId);
    expect(record?.provisioningStatusInfo.errorInformation?.errorCode).toBe('Invited');
    expect(tenant.takeCalls()).not.toContain('POST users.create');

    const [account] = [...tenant.zoom.state().accounts.values()];
    tenant.zoom.acceptInvitation(account?.id ?? '');
    tenant.clock.advance(24 * 60 * 60_000);
    await tenant.runCycle();
    expect((await tenant.row(id))?.link).toMatchObject({ invited: false });
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Legal' });
    expect(tenant.zoom.state().accounts.size).toBe(1);
  });

  it('are looked at again where it could not be told whether they were invited', async () => {
    const tenant = await createTenant({ zoom: { associatedDomains: ['elsewhere.example'] } });
    tenant.zoom.addFault({ on: 'users.get', fault: { mode: 'status', code: 500 } });
    const id = tenant.join('ada');
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
    expect((await tenant.row(id))?.link).toMatchObject({ invited: true });

    tenant.zoom.clearFaults();
    const [account] = [...tenant.zoom.state().accounts.values()];
    tenant.zoom.acceptInvitation(account?.id ?? '');
    tenant.clock.advance(24 * 60 * 60_000);
    await tenant.runCycle();
    expect((await tenant.row(id))?.link).toMatchObject({ invited: false });
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
    expect(tenant.zoom.state().accounts.size).toBe(1);
  });

  it('are left alone while Zoom calls them pending or foreign, and are no failure', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ foreign: [`ada@${domain}`], users: [{ userName: `ben@${domain}`, status: 'pending' }] });
    tenant.join('ada');
    tenant.join('ben');
    const summary = await tenant.runCycle();
    expect(summary.counts).toMatchObject({ skipped: 2 });
    expect(summary.counts.failed).toBeUndefined();
    const codes = (await tenant.records(summary.cycleId)).map(
      ({ provisioningStatusInfo }) => provisioningStatusInfo.errorInformation?.errorCode,
    );
    expect(codes).toEqual(['PendingOrForeign', 'PendingOrForeign']);
  });
});
