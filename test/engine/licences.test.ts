import { basicRoleId, createTenant, licensedRoleId } from '../fakes/tenant.js';

const full = { licensedSeats: 0 } as const;

describe('no licence left, under the policy basic', () => {
  it.each(['400', '409'] as const)(
    'gives a new person Basic where Zoom refuses with %s, and says so once',
    async (noSeats) => {
      const tenant = await createTenant({ zoom: { ...full, noSeats } });
      const id = tenant.join('ada');
      const first = await tenant.runCycle();
      expect(first.counts).toMatchObject({ created: 1, licencesShort: 1 });
      expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Basic' });
      const [record] = await tenant.records(first.cycleId);
      expect(record?.provisioningStatusInfo.status).toBe('warning');
      expect(JSON.stringify(record?.provisioningSteps)).toContain('downgraded');
      expect((await tenant.row(id))?.link).toMatchObject({
        asked: { userType: 'Licensed' },
        held: { userType: 'Basic' },
      });
      expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
    },
  );

  it('sends the rest of an update, leaves the licence that the person has, and says so', async () => {
    const tenant = await createTenant({ zoom: { ...full, noSeats: '400' } });
    const id = tenant.join('ada', { roleId: basicRoleId });
    expect((await tenant.runCycle()).counts).not.toHaveProperty('licencesShort');
    tenant.graph.dir.assign({ principalId: id, appRoleId: licensedRoleId });
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    const cycle = await tenant.runCycle();
    expect(cycle.counts).toMatchObject({ updated: 1, licencesShort: 1 });
    expect(tenant.account('ada')).toMatchObject({ userType: 'Basic' });
    expect(JSON.stringify(tenant.account('ada'))).toContain('Legal');
    const [record] = await tenant.records(cycle.cycleId);
    expect(JSON.stringify(record?.provisioningSteps)).toContain('downgraded');
    expect((await tenant.row(id))?.link).toMatchObject({
      asked: { userType: 'Licensed' },
      held: { userType: 'Basic' },
    });
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('has nothing less than Basic to give: beyond Zoom’s limit the person fails', async () => {
    const tenant = await createTenant();
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'licence.basicCap' } });
    tenant.join('ada', { roleId: basicRoleId });
    const cycle = await tenant.runCycle();
    expect(cycle.counts).toMatchObject({ failed: 1, licencesShort: 1 });
    const [record] = await tenant.records(cycle.cycleId);
    expect(record?.provisioningStatusInfo.errorInformation?.errorCode).toBe('BasicUserLimit');
  });
});

describe('no licence left, under the policy fail', () => {
  const policy = { engine: { licencePolicy: 'fail' } } as const;

  it.each(['silentBasic', '400'] as const)(
    'fails the person with code and advice where Zoom answers %s, and asks again',
    async (noSeats) => {
      const tenant = await createTenant({ ...policy, zoom: { ...full, noSeats } });
      const id = tenant.join('ada');
      const first = await tenant.runCycle();
      expect(first.counts).toMatchObject({ failed: 1, licencesShort: 1 });
      const [record] = await tenant.records(first.cycleId);
      expect(record?.provisioningStatusInfo).toMatchObject({
        status: 'failure',
        errorInformation: { errorCode: 'LicenseLimitExceeded', recommendedAction: expect.stringContaining('licence') },
      });
      tenant.zoom.settings.licensedSeats = 5;
      await tenant.runCycle();
      expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
      expect((await tenant.row(id))?.link).toMatchObject({ held: { userType: 'Licensed' } });
      expect((await tenant.row(id))?.pending).toBeNull();
      expect(tenant.zoom.state().accounts.size).toBe(1);
    },
  );

  it('still disables whoever has an account with too little and leaves', async () => {
    const tenant = await createTenant({ ...policy, zoom: { ...full, noSeats: 'silentBasic' } });
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });
});
