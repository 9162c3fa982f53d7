import { createFailingTables } from '../fakes/failingTables.js';
import { createTenant, domain } from '../fakes/tenant.js';

const codesOf = async (tenant: Awaited<ReturnType<typeof createTenant>>, cycleId: string) =>
  (await tenant.records(cycleId)).flatMap(
    ({ provisioningStatusInfo }) => provisioningStatusInfo.errorInformation?.errorCode ?? [],
  );

describe('who owns an account', () => {
  it('keeps it when a second source object matches it', async () => {
    const tenant = await createTenant();
    const owner = tenant.join('ada');
    await tenant.runCycle();
    const accountId = tenant.account('ada')?.id;
    // Renamed in Entra, and Zoom ignores it: the account still answers to the old name.
    tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'user.renameIgnored' } });
    tenant.graph.dir.updateUser(owner, { userPrincipalName: `ada.new@${domain}`, mail: `ada.new@${domain}` });
    await tenant.runCycle();
    const rival = tenant.join('ada');
    const summary = await tenant.runCycle();
    expect(await codesOf(tenant, summary.cycleId)).toEqual(['DuplicateSourceEntries']);
    expect((await tenant.row(rival))?.link).toBeNull();
    expect((await tenant.row(owner))?.link).toMatchObject({ targetId: accountId, state: 'active' });
    expect(tenant.zoom.state().accounts.size).toBe(1);
  });

  it('fails an object that several accounts match, and nothing else', async () => {
    const tenant = await createTenant();
    tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.join('cem');
    tenant.join('dia');
    const twice = ['x1', 'x2'].map((id) => ({ id, userName: `cem@${domain}`, active: true }));
    tenant.zoom.addFault({
      on: 'users.filter',
      user: `cem@${domain}`,
      fault: { mode: 'status', code: 200, body: JSON.stringify({ totalResults: 2, Resources: twice }) },
    });
    const summary = await tenant.runCycle();
    expect(await codesOf(tenant, summary.cycleId)).toEqual(['DuplicateTargetEntries']);
    expect(summary.counts).toMatchObject({ created: 1, failed: 1 });
  });

  it('passes a freed name on: the renamed keeps the account, the new hire gets one', async () => {
    const tenant = await createTenant({ zoom: { userNameFollowsEmail: true } });
    const ada = tenant.join('ada');
    await tenant.runCycle();
    const accountId = tenant.account('ada')?.id;
    tenant.graph.dir.updateUser(ada, { userPrincipalName: `ada.old@${domain}`, mail: `ada.old@${domain}` });
    const hire = tenant.join('ada');
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.account('ada.old')?.id).toBe(accountId);
    expect(tenant.account('ada')).toBeDefined();
    expect((await tenant.row(hire))?.link?.targetId).toBe(tenant.account('ada')?.id);
    expect(tenant.zoom.state().accounts.size).toBe(2);
  });

  it('passes the account to a person created anew in the same page, without disabling it', async () => {
    const tenant = await createTenant();
    const before = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    const accountId = tenant.account('ada')?.id;
    tenant.takeCalls();
    tenant.graph.dir.deleteUser(before);
    const after = tenant.join('ada');
    const { counts } = await tenant.runCycle();
    expect(counts).toMatchObject({ adopted: 1 });
    expect((await tenant.row(after))?.link).toMatchObject({ targetId: accountId, state: 'active' });
    expect((await tenant.row(before))?.link).toMatchObject({ state: 'detached' });
    expect((await tenant.row(before))?.staged).toBeNull();
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    expect(tenant.takeCalls()).not.toContain('PATCH users.patch');
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });

  it('leaves the count of linked users as it is when it passes on', async () => {
    const tenant = await createTenant();
    const before = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(before);
    tenant.join('ada');
    await tenant.runCycle();
    expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 2, linkedDisabled: 0 });
  });

  it('is kept by a person renamed since, although the claim was stored and no answer came', async () => {
    const storage = createFailingTables();
    const tenant = await createTenant({ tables: storage.tables });
    await tenant.runCycle();
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}` }] });
    const id = tenant.join('ada');
    storage.failWhere((table) => (table === 'Targets' ? 'unanswered' : null));
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    storage.heal();
    tenant.graph.dir.updateUser(id, { userPrincipalName: `lovelace@${domain}`, mail: `lovelace@${domain}` });
    await tenant.runCycle();
    await tenant.runCycle();
    expect([...tenant.zoom.state().accounts.values()]).toMatchObject([{ email: `lovelace@${domain}` }]);
    expect(await tenant.row(id)).toMatchObject({ link: { origin: 'adopted', state: 'active' }, intent: null });
  });

  it('is matched anew when the account was deleted in Zoom', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    const before = tenant.account('ada')?.id ?? '';
    tenant.zoom.removeAccount(before);
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    const summary = await tenant.runCycle();
    expect(summary.counts).toMatchObject({ created: 1 });
    const [record] = await tenant.records(summary.cycleId);
    expect(JSON.stringify(record?.provisioningSteps)).toContain('InvalidAnchor');
    expect(record).toMatchObject({ provisioningAction: 'create' });
    expect((await tenant.row(id))?.link?.targetId).toBe(tenant.account('ada')?.id);
    expect(tenant.account('ada')?.id).not.toBe(before);
  });

  it('takes over an account that replaced the deleted one', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.zoom.removeAccount(tenant.account('ada')?.id ?? '');
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}` }] });
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    expect((await tenant.runCycle()).counts).toMatchObject({ adopted: 1 });
    expect((await tenant.row(id))?.link?.targetId).toBe(tenant.account('ada')?.id);
  });
});
