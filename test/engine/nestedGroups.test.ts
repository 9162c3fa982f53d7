import { basicRoleId, createTenant, licensedRoleId, type Tenant } from '../fakes/tenant.js';

const createNested = (): Promise<Tenant> => createTenant({ engine: { nestedGroups: true } });

const runTwo = async (tenant: Tenant) => {
  await tenant.runCycle();
  return tenant.runCycle();
};

/** A group that is not assigned itself. */
const inner = (tenant: Tenant, name: string, members: readonly string[]): string =>
  tenant.group(name, members, { assigned: false });

const person = (tenant: Tenant, name: string): string => tenant.join(name, { assigned: false });

const statusOf = (tenant: Tenant, name: string): string | undefined => tenant.account(name)?.status;

/** One person three levels below the assigned group. */
const createChain = async () => {
  const tenant = await createNested();
  tenant.join('stays');
  const ada = person(tenant, 'ada');
  const team = inner(tenant, 'Team', [ada]);
  const department = inner(tenant, 'Department', [team]);
  const company = tenant.group('Company', [department], { roleId: basicRoleId });
  const first = await tenant.runCycle();
  return { tenant, ada, team, department, company, first };
};

describe('nested groups', () => {
  it('are no way in while nesting is off', async () => {
    const tenant = await createTenant();
    tenant.group('Company', [inner(tenant, 'Team', [person(tenant, 'ada')])]);
    await tenant.runCycle();
    expect(tenant.account('ada')).toBeUndefined();
    expect((await tenant.world.state.jobs.read()).marks.flatMap(({ groupIds }) => groupIds)).toHaveLength(1);
  });

  it('bring whoever is below the assigned group at any depth in the first cycle, with its role', async () => {
    const { tenant, first, ada, team, company } = await createChain();
    expect(first.counts).toMatchObject({ created: 2 });
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Basic' });
    const record = (await tenant.records(first.cycleId)).find(({ sourceIdentity }) => sourceIdentity.id === ada);
    expect(JSON.stringify(record)).toContain(`member of group ${team}, nested in ${company}`);
  });

  it('cost three streams and nothing a user while nothing changes', async () => {
    const { tenant } = await createChain();
    await tenant.runCycle();
    const idle = await tenant.runCycle();
    expect(idle.counts).toMatchObject({ zoomRequests: 0, graphRequests: 5 });
  });

  it('let go whoever is below an edge that goes, at any height, and take them back', async () => {
    const { tenant, team, department, company } = await createChain();
    for (const [parent, child] of [
      [company, department],
      [department, team],
    ] as const) {
      tenant.graph.dir.removeMember(parent, child);
      expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
      expect(statusOf(tenant, 'ada')).toBe('inactive');
      tenant.graph.dir.addMember(parent, child);
      expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 1 });
      expect(statusOf(tenant, 'ada')).toBe('active');
    }
  });

  it('leave nothing behind of a subtree that no longer leads to the application', async () => {
    const { tenant, ada, team, department, company } = await createChain();
    tenant.graph.dir.removeMember(company, department);
    await runTwo(tenant);
    for (const id of [team, department]) {
      expect((await tenant.world.state.edges.list(id, null)).rows).toEqual([]);
      expect(await tenant.row(id)).toBeUndefined();
    }
    expect((await tenant.row(ada))?.via).toEqual({});
    const { marks } = await tenant.world.state.jobs.read();
    expect(marks.flatMap(({ groupIds }) => groupIds)).toEqual([company]);
  });

  it('keep whoever is reached over two paths until both are gone', async () => {
    const tenant = await createNested();
    tenant.join('stays');
    const team = inner(tenant, 'Team', [person(tenant, 'ada')]);
    const [left, right] = [inner(tenant, 'Left', [team]), inner(tenant, 'Right', [team])];
    tenant.group('Company', [left, right]);
    await tenant.runCycle();
    tenant.takeCalls();
    tenant.graph.dir.removeMember(left, team);
    await runTwo(tenant);
    expect(tenant.takeCalls()).toEqual([]);
    tenant.graph.dir.removeMember(right, team);
    await runTwo(tenant);
    expect(statusOf(tenant, 'ada')).toBe('inactive');
  });

  it('end in a circle, and let the circle go when nothing leads into it any more', async () => {
    const tenant = await createNested();
    tenant.join('stays');
    const [ada, ben] = [person(tenant, 'ada'), person(tenant, 'ben')];
    const first = inner(tenant, 'First', [ada]);
    const second = inner(tenant, 'Second', [ben, first]);
    tenant.graph.dir.addMember(first, second);
    const company = tenant.group('Company', [first]);
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 3 });
    tenant.graph.dir.removeMember(company, first);
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 2 });
    for (const id of [first, second]) expect(await tenant.row(id)).toBeUndefined();
    tenant.graph.dir.addMember(company, second);
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 2 });
  });

  it('send nothing where a subtree moves to another place with the same role', async () => {
    const { tenant, team, department } = await createChain();
    const other = tenant.group('Branch', [], { roleId: basicRoleId });
    await tenant.runCycle();
    tenant.takeCalls();
    tenant.graph.dir.removeMember(department, team);
    tenant.graph.dir.addMember(other, team);
    await runTwo(tenant);
    expect(tenant.takeCalls()).toEqual([]);
    expect(statusOf(tenant, 'ada')).toBe('active');
  });

  it('bring the roles of all assigned groups above', async () => {
    const { tenant, company } = await createChain();
    const top = tenant.group('Top', [company], { roleId: licensedRoleId });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ userType: 'Licensed' });
    tenant.graph.dir.removeMember(top, company);
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ userType: 'Basic', status: 'active' });
  });

  it('disable nobody where a nested group leaves and comes back between two cycles', async () => {
    const { tenant, department, company } = await createChain();
    tenant.takeCalls();
    tenant.graph.dir.removeMember(company, department);
    tenant.graph.dir.addMember(company, department);
    await runTwo(tenant);
    expect(tenant.takeCalls()).toEqual([]);
  });

  it('go with a nested group that is deleted, come back with its restore, and are other groups under the same name', async () => {
    const { tenant, team, department } = await createChain();
    tenant.graph.dir.deleteGroup(team);
    await runTwo(tenant);
    expect(statusOf(tenant, 'ada')).toBe('inactive');
    tenant.graph.dir.restoreGroup(team);
    await runTwo(tenant);
    expect(statusOf(tenant, 'ada')).toBe('active');
    tenant.graph.dir.deleteGroup(team);
    tenant.graph.dir.purgeGroup(team);
    const ben = person(tenant, 'ben');
    tenant.graph.dir.addMember(department, inner(tenant, 'Team', [ben]));
    await runTwo(tenant);
    expect(statusOf(tenant, 'ada')).toBe('inactive');
    expect(statusOf(tenant, 'ben')).toBe('active');
    expect(await tenant.row(team)).toBeUndefined();
  });

  it('keep the edges of a member in the recycle bin, whose restore no group tells of', async () => {
    const { tenant, ada } = await createChain();
    tenant.graph.dir.deleteUser(ada);
    await runTwo(tenant);
    expect(statusOf(tenant, 'ada')).toBe('inactive');
    tenant.graph.dir.restoreUser(ada);
    await tenant.runCycle();
    expect(statusOf(tenant, 'ada')).toBe('active');
  });

  it('are let go when nesting is switched off, and found when it is switched on again', async () => {
    const { tenant } = await createChain();
    tenant.configure({ nestedGroups: false });
    await runTwo(tenant);
    expect(statusOf(tenant, 'ada')).toBe('inactive');
    expect(statusOf(tenant, 'stays')).toBe('active');
    tenant.configure({ nestedGroups: true });
    await runTwo(tenant);
    expect(statusOf(tenant, 'ada')).toBe('active');
  });
});
