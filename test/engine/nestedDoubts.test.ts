import { createTenant, type Tenant } from '../fakes/tenant.js';

/** Ada is in a group within the assigned one. */
const createPair = async (graph = {}) => {
  const tenant = await createTenant({ graph, engine: { nestedGroups: true } });
  tenant.join('stays');
  const ada = tenant.join('ada', { assigned: false });
  const team = tenant.group('Team', [ada], { assigned: false });
  const company = tenant.group('Company', [team]);
  await tenant.runCycle();
  tenant.takeCalls();
  return { tenant, ada, team, company };
};

const statusOf = (tenant: Tenant): string | undefined => tenant.account('ada')?.status;
const writesOf = (tenant: Tenant): readonly string[] => tenant.takeCalls().filter((call) => !call.startsWith('GET'));

const runFor = async (tenant: Tenant, cycles: number): Promise<void> => {
  for (let cycle = 0; cycle < cycles; cycle += 1) await tenant.runCycle();
};

describe('what is told of groups in groups', () => {
  it.each([
    ['comes', 'active'],
    ['goes', 'inactive'],
  ])('out of order is asked for at the directory: a nested group that %s', async (way, status) => {
    const { tenant, team, company } = await createPair();
    tenant.graph.dir.removeMember(company, team);
    if (way === 'comes') await tenant.runCycle();
    tenant.graph.addFault({ kind: 'edgeOutOfOrder' }, { routes: ['groupsDelta'], times: 1 });
    if (way === 'comes') tenant.graph.dir.addMember(company, team);
    await runFor(tenant, 3);
    expect(statusOf(tenant)).toBe(status);
  });

  it('is found by the sweep after the tokens died, and what a sweep does not find stays', async () => {
    const { tenant, ada, team, company } = await createPair();
    const ben = tenant.join('ben', { assigned: false });
    const other = tenant.group('Other', [ben], { assigned: false });
    tenant.graph.dir.addMember(company, other);
    await tenant.runCycle();
    tenant.graph.dir.removeMember(company, team);
    tenant.clock.advance(8 * 24 * 60 * 60_000);
    await runFor(tenant, 2);
    expect(statusOf(tenant)).toBe('inactive');
    expect(tenant.account('ben')).toMatchObject({ status: 'active' });
    expect((await tenant.row(ada))?.via).toEqual({});
  });

  it('keeps the edge of a nested group in the recycle bin through an enumeration', async () => {
    const { tenant, team } = await createPair();
    tenant.graph.dir.deleteGroup(team);
    await tenant.runCycle();
    expect(statusOf(tenant)).toBe('inactive');
    await tenant.runCycle('initial');
    tenant.graph.dir.restoreGroup(team);
    await runFor(tenant, 2);
    expect(statusOf(tenant)).toBe('active');
  });

  it('finds a nested group deleted that went while the tokens died, and back with its members after the restore', async () => {
    const { tenant, team } = await createPair({ tombstoneProbability: 0 });
    tenant.graph.dir.deleteGroup(team);
    await tenant.runCycle('initial');
    await runFor(tenant, 2);
    expect(statusOf(tenant)).toBe('inactive');
    tenant.graph.dir.restoreGroup(team);
    await runFor(tenant, 2);
    expect(statusOf(tenant)).toBe('active');
  });

  it('takes a nested group that was purged for gone although the group above never says so', async () => {
    const { tenant, team, company } = await createPair({ purgedEdgeProbability: 0 });
    tenant.graph.dir.deleteGroup(team);
    await tenant.runCycle();
    tenant.graph.dir.purgeGroup(team);
    await runFor(tenant, 2);
    expect(await tenant.row(team)).toBeUndefined();
    expect((await tenant.world.state.edges.list(company, null)).rows).toEqual([]);
    expect((await tenant.world.state.jobs.read()).marks.flatMap(({ groupIds }) => groupIds)).toEqual([company]);
  });

  it('disables nobody where a subtree has left one place and has not come to the other yet', async () => {
    const { tenant, team, company } = await createPair();
    const branch = tenant.group('Branch', []);
    await tenant.runCycle();
    tenant.takeCalls();
    tenant.graph.dir.addMember(branch, team);
    tenant.graph.addFault({ kind: 'lateChange', rounds: 1 }, { routes: ['groupsDelta'], times: 1 });
    await tenant.runCycle();
    tenant.graph.dir.removeMember(company, team);
    await runFor(tenant, 3);
    expect(writesOf(tenant)).toEqual([]);
    expect(statusOf(tenant)).toBe('active');
  });

  it('takes nobody out while a stream cannot be read', async () => {
    const { tenant, team, company } = await createPair();
    const branch = tenant.group('Branch', [team]);
    tenant.graph.dir.removeMember(company, team);
    tenant.graph.addFault({ kind: 'status', status: 503 }, { routes: ['groupsDelta'], after: 1 });
    await runFor(tenant, 2);
    tenant.graph.clearFaults();
    await runFor(tenant, 2);
    expect(writesOf(tenant)).toEqual([]);
    expect(Object.keys((await tenant.row(team))?.via ?? {})).toEqual([branch]);
  });

  it('gives a group without rights nothing to pass on', async () => {
    const { tenant, team } = await createPair();
    tenant.graph.dir.updateGroup(team, { securityEnabled: false });
    await runFor(tenant, 2);
    expect(statusOf(tenant)).toBe('inactive');
    tenant.graph.dir.updateGroup(team, { securityEnabled: true });
    await runFor(tenant, 2);
    expect(statusOf(tenant)).toBe('active');
  });
});
