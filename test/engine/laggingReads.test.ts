import { createTenant, licensedRoleId } from '../fakes/tenant.js';

const notVisible = { kind: 'status', status: 404, code: 'Request_ResourceNotFound' } as const;

describe('a change that the feed told in two rows', () => {
  it('is not lost where the read that was to settle it came from a replica that lagged', async () => {
    const tenant = await createTenant({ graph: { repeatProbability: 0 } });
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    tenant.graph.addFault({ kind: 'repeatedRow', order: 'newerFirst' }, { routes: ['usersDelta'], times: 1 });
    const lags = { lagProbability: 1, lagMaxMs: 60_000 };
    Object.assign(tenant.graph.settings, lags);
    await tenant.runCycle();
    Object.assign(tenant.graph.settings, { lagProbability: 0 });
    await tenant.runCycle();
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Legal' });
    expect((await tenant.row(id))?.pending).toBeNull();
  });
});

describe('a group that the list of assignments left out for two cycles', () => {
  it('disables none of its members where the list read just before names it again', async () => {
    const tenant = await createTenant();
    const ada = tenant.join('ada', { assigned: false });
    tenant.join('ben');
    const group = tenant.group('Everybody', [ada]);
    await tenant.runCycle();
    tenant.graph.addFault({ kind: 'rowMissing', principalId: group }, { routes: ['appRoleAssignedTo'], times: 2 });
    for (let cycle = 0; cycle < 4; cycle += 1) {
      await tenant.runCycle();
      expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    }
    expect(await tenant.row(ada)).toMatchObject({ link: { state: 'active' }, staged: null, pending: null });
  });
});

describe('somebody who was hired and assigned while a sweep looked for the missing', () => {
  it('is not taken for gone because a replica does not show them yet', async () => {
    const tenant = await createTenant();
    for (const name of ['ben', 'cem', 'dia', 'eve', 'fay', 'gil']) tenant.join(name);
    await tenant.runCycle();
    tenant.graph.addFault({ kind: 'linkLoop' }, { routes: ['usersDelta'], after: 1, times: 1 });
    await tenant.runCycle('initial');
    tenant.join('ada');
    tenant.graph.addFault({ kind: 'status', status: 404 }, { routes: ['user'], times: 1 });
    for (let cycle = 0; cycle < 4; cycle += 1) await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });
});

describe('a membership that one page both grants and takes away', () => {
  it('is not lost where the directory does not show the member yet', async () => {
    const tenant = await createTenant();
    const ada = tenant.join('ada', { assigned: false });
    tenant.join('ben');
    tenant.group('Everybody', [ada]);
    tenant.graph.addFault({ kind: 'edgeOutOfOrder' }, { routes: ['groupsDelta'], times: 1 });
    tenant.graph.addFault(notVisible, { routes: ['memberOf'], times: 1 });
    await tenant.runCycle();
    expect(tenant.account('ada')).toBeUndefined();
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    await tenant.runCycle();
    expect((await tenant.row(ada))?.pending).toBeNull();
  });
});

describe('a member whom the directory does not show while a sweep asks', () => {
  it('keeps the account, and loses it in the next cycle where the membership is gone', async () => {
    const tenant = await createTenant();
    const [ada, cem] = ['ada', 'cem'].map((name) => tenant.join(name, { assigned: false }));
    tenant.join('ben');
    const group = tenant.group('Everybody', [ada ?? '', cem ?? '']);
    await tenant.runCycle();
    tenant.graph.dir.removeMember(group, ada ?? '');
    tenant.graph.addFault(
      { kind: 'tokenRefused', as: 'expired' },
      { routes: ['groupsDelta'], token: 'delta', times: 2 },
    );
    tenant.graph.addFault(notVisible, { routes: ['memberOf'], times: 1 });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('cem')).toMatchObject({ status: 'active' });
  });
});

describe('the memberships of somebody restored whom a replica does not show yet', () => {
  it('are asked for again, and not taken for none', async () => {
    const tenant = await createTenant();
    tenant.join('anchor');
    tenant.group('Legal', []);
    const ada = tenant.join('ada', { assigned: false });
    const group = tenant.group('Sales', [ada], { assigned: false });
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(ada);
    await tenant.runCycle();
    tenant.graph.dir.assign({ principalId: group, appRoleId: licensedRoleId });
    await tenant.runCycle();
    tenant.graph.dir.restoreUser(ada);
    const hidden = tenant.graph.addFault(
      { kind: 'status', status: 404, code: 'Request_ResourceNotFound' },
      { urlIncludes: `${ada}/memberOf` },
    );
    await tenant.runCycle();
    expect(tenant.account('ada')).toBeUndefined();
    hidden.remove();
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
    expect(await tenant.row(ada)).toMatchObject({ gone: null, pending: null });
  });
});
