import { basicRoleId, createTenant, domain } from '../fakes/tenant.js';

/** The first search finds the name free; all that follow fail. */
const fromSecondOn = Array.from({ length: 40 }, (_, index) => index + 2);

describe('a request whose answer never came', () => {
  it('does not make a second account when the creation was carried out', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'net.timeoutAfterCommit' }, times: 1 });
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
    expect(tenant.zoom.state().accounts.size).toBe(1);
    expect((await tenant.row(id))?.link).toMatchObject({ origin: 'created' });
    expect((await tenant.row(id))?.intent).toBeNull();
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('does not make a second account when the creation shows up late', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'net.timeoutAfterCommit' }, times: 1 });
    tenant.zoom.addFault({
      on: 'users.create',
      fault: { mode: 'eventual.readAfterWrite', forMs: 5 * 60_000 },
      times: 1,
    });
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    expect((await tenant.row(id))?.intent).toMatchObject({ operation: 'create', userName: `ada@${domain}` });
    tenant.graph.dir.updateUser(id, { userPrincipalName: `ada.new@${domain}` });
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
    expect(tenant.zoom.state().accounts.size).toBe(1);
    expect((await tenant.row(id))?.intent).toBeNull();
  });

  it('still disables the account when its person has left meanwhile', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    tenant.join('ben');
    tenant.zoom.addFault({
      on: 'users.create',
      user: `ada@${domain}`,
      fault: { mode: 'net.timeoutAfterCommit' },
      times: 1,
    });
    tenant.zoom.addFault({
      on: 'users.filter',
      user: `ada@${domain}`,
      fault: { mode: 'status', code: 503 },
      nth: fromSecondOn,
    });
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    tenant.zoom.clearFaults();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 1, linkedDisabled: 1 });
  });

  it('keeps looking while the search itself fails', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'net.timeoutAfterCommit' }, times: 1 });
    tenant.zoom.addFault({ on: 'users.filter', fault: { mode: 'status', code: 503 }, nth: fromSecondOn });
    await tenant.runCycle();
    await tenant.runCycle();
    expect((await tenant.row(id))?.intent).toMatchObject({ operation: 'create' });
    tenant.zoom.clearFaults();
    tenant.clock.advance(24 * 60 * 60_000);
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
    expect(tenant.zoom.state().accounts.size).toBe(1);
  });

  it('disables an account whose enabling was carried out, when its person leaves again', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'net.timeoutAfterCommit' } });
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    tenant.zoom.clearFaults();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });

  it('knows an account for enabled that it finds so, and disables it when its person leaves later', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada', { roleId: basicRoleId });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'net.timeoutAfterCommit' } });
    await tenant.runCycle();
    tenant.zoom.clearFaults();
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 1 });
    expect((await tenant.row(id))?.link).toMatchObject({ state: 'active' });
    expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 1, linkedDisabled: 0 });
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
  });

  it('enables the account of a person who came back after a disabling of which no answer came', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'net.timeoutAfterCommit' } });
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    tenant.zoom.clearFaults();
    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
  });

  it('sends what Zoom does not hold after an update of which no answer came', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada', { department: 'Old' });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { department: 'New' });
    tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'net.timeoutAfterCommit' } });
    tenant.zoom.addFault({ on: 'users.get', fault: { mode: 'status', code: 503 } });
    await tenant.runCycle();
    tenant.zoom.clearFaults();
    // Set back meanwhile: what was asked last is what the source says, and still not what Zoom holds.
    tenant.graph.dir.updateUser(id, { department: 'Old' });
    await tenant.runCycle();
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Old' });
  });

  it('leaves nobody enabled whose update failed after the enabling', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'status', code: 400 } });
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    expect((await tenant.row(id))?.link).toMatchObject({ state: 'active' });
    expect((await tenant.world.state.jobs.read()).counters).toMatchObject({ linkedActive: 1, linkedDisabled: 0 });
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });

  it('sends the licence with the next attempt when the update failed after the enabling', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'status', code: 400 }, times: 1 });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
  });

  it('enables the account of a person who came back after a disabling that nobody could look at', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'body.empty200' } });
    tenant.zoom.addFault({ on: 'users.get', fault: { mode: 'status', code: 503 } });
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    tenant.zoom.clearFaults();
    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
  });

  it('does not take an enabling for done that nobody could look at', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}`, status: 'inactive' }] });
    tenant.join('ben');
    await tenant.runCycle();
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'body.empty200' }, times: 1 });
    tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'body.empty200' }, times: 1 });
    tenant.zoom.addFault({ on: 'users.get', fault: { mode: 'status', code: 503 } });
    const id = tenant.join('ada');
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    expect((await tenant.row(id))?.intent).toMatchObject({ operation: 'adopt' });
    tenant.zoom.clearFaults();
    await tenant.runCycle();
    expect(await tenant.row(id)).toMatchObject({ intent: null, pending: null, link: { state: 'active' } });
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
  });
});
