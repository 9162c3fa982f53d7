import { createTenant, domain, licensedRoleId, type Tenant } from '../fakes/tenant.js';

const settled = async () => {
  const tenant = await createTenant();
  const [ada = '', ben = '', cem = ''] = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
  const dia = tenant.join('dia', { assigned: false });
  const group = tenant.group('Sales', [dia]);
  await tenant.runCycle();
  tenant.takeCalls();
  return { tenant, ada, ben, cem, dia, group };
};

const activeCount = ({ zoom }: Tenant): number =>
  [...zoom.state().accounts.values()].filter(({ status }) => status === 'active').length;

const writes = (tenant: Tenant): readonly string[] => tenant.takeCalls().filter((call) => !call.startsWith('GET'));

describe('what happens in the directory between two cycles', () => {
  it('keeps each person the account there was where two swap their names', async () => {
    const { tenant, ada, ben } = await settled();
    const [before, other] = [(await tenant.row(ada))?.link?.targetId, (await tenant.row(ben))?.link?.targetId];
    tenant.graph.dir.swapUserPrincipalNames(ada, ben);
    for (let cycle = 0; cycle < 3; cycle += 1) await tenant.runCycle();
    expect(tenant.zoom.state().accounts.size).toBe(4);
    expect(activeCount(tenant)).toBe(4);
    expect((await tenant.row(ada))?.link?.targetId).toBe(before);
    expect((await tenant.row(ben))?.link?.targetId).toBe(other);
  });

  it('disables nobody who was deleted and restored', async () => {
    const { tenant, ada, dia } = await settled();
    for (const id of [ada, dia]) tenant.graph.dir.deleteUser(id);
    for (const id of [ada, dia]) tenant.graph.dir.restoreUser(id);
    for (let cycle = 0; cycle < 3; cycle += 1) await tenant.runCycle();
    expect(activeCount(tenant)).toBe(4);
    expect(writes(tenant)).toEqual([]);
  });

  it('disables nobody whose group was unassigned and assigned again, nor whose own assignment was', async () => {
    const { tenant, ada, group } = await settled();
    for (const principalId of [ada, group]) tenant.graph.dir.unassign({ principalId });
    for (const principalId of [ada, group]) tenant.graph.dir.assign({ principalId, appRoleId: licensedRoleId });
    for (let cycle = 0; cycle < 3; cycle += 1) await tenant.runCycle();
    expect(activeCount(tenant)).toBe(4);
    expect(writes(tenant)).toEqual([]);
  });

  it('is found in full after eight days without a cycle, in which the tokens died', async () => {
    const { tenant, ada, ben, dia, group } = await settled();
    tenant.graph.dir.deleteUser(ada);
    tenant.graph.dir.updateUser(ben, { department: 'Legal' });
    tenant.graph.dir.removeMember(group, dia);
    tenant.clock.advance(8 * 24 * 60 * 60 * 1000);
    for (let cycle = 0; cycle < 2; cycle += 1) await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('dia')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('ben')?.enterprise).toMatchObject({ department: 'Legal' });
    expect(activeCount(tenant)).toBe(2);
  });

  it('is told in full by a stream whose pages are empty at first, or whose change comes two rounds late', async () => {
    const { tenant, ada, ben } = await settled();
    tenant.graph.dir.updateUser(ada, { department: 'Legal' });
    tenant.graph.addFault({ kind: 'emptyPages', count: 3 }, { routes: ['usersDelta'], times: 1 });
    await tenant.runCycle();
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Legal' });
    tenant.graph.dir.updateUser(ben, { department: 'Legal' });
    tenant.graph.addFault({ kind: 'lateChange', rounds: 2 }, { routes: ['usersDelta'], times: 1 });
    for (let cycle = 0; cycle < 4; cycle += 1) await tenant.runCycle();
    expect(tenant.account('ben')?.enterprise).toMatchObject({ department: 'Legal' });
    expect(writes(tenant)).toEqual(['PUT users.put', 'PUT users.put']);
  });
});

describe('a listing of Zoom that cannot be trusted', () => {
  it.each([
    ['whose pages shift', { mode: 'list.shiftingPages', by: 3 }],
    ['whose pages are short', { mode: 'list.shortPage', rows: 2 }],
    ['whose total is wrong', { mode: 'list.wrongTotal', total: 1 }],
    ['that shows the same rows again', { mode: 'list.sameRows' }],
  ] as const)('%s leaves everybody with the one account that stood there', async (_what, fault) => {
    const tenant = await createTenant();
    const names = Array.from({ length: 20 }, (_, n) => `user${n}`);
    tenant.zoom.seed({ users: names.map((name) => ({ userName: `${name}@${domain}` })) });
    for (const name of names) tenant.join(name);
    tenant.zoom.addFault({ on: 'users.list', fault, times: 3 });
    for (let cycle = 0; cycle < 2; cycle += 1) await tenant.runCycle();
    expect(tenant.zoom.state().accounts.size).toBe(20);
    for (const id of tenant.graph.dir.users()) expect((await tenant.row(id.id))?.link?.origin).toBe('adopted');
  });
});
