import { licensedRoleId } from '../../fakes/tenant.js';
import { createDemandTenant, type DemandTenant } from './demandTenant.js';

const inner = (tenant: DemandTenant, name: string, members: readonly string[]): string =>
  tenant.group(name, members, { assigned: false });

/** Ada stands three levels below the assigned group; no cycle has run. */
const createChain = async () => {
  const tenant = await createDemandTenant({ engine: { nestedGroups: true } });
  tenant.join('stays');
  const ada = tenant.join('ada', { assigned: false });
  const team = inner(tenant, 'Team', [ada]);
  const department = inner(tenant, 'Department', [team]);
  const company = tenant.group('Company', [department], { roleId: licensedRoleId });
  return { tenant, ada, team, department, company };
};

const statusOf = (tenant: DemandTenant): string | undefined => tenant.account('ada')?.status;

describe('somebody in a nested group on demand', () => {
  it('gets an account before any cycle has seen the groups, and cycles have nothing to add', async () => {
    const { tenant, ada, team, company } = await createChain();
    const report = await tenant.provision(ada);
    expect(report.record).toMatchObject({ provisioningAction: 'create' });
    expect(JSON.stringify(report.steps)).toContain(`member of group ${team}`);
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
    const { created } = (await tenant.runCycle()).counts;
    expect(created).toBe(1);
    tenant.takeCalls();
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual([]);
    expect((await tenant.row(ada))?.via).toEqual({ [team]: { member: { missingSince: null } } });
    expect((await tenant.world.state.jobs.read()).marks.flatMap(({ groupIds }) => groupIds)).toContain(company);
  });

  it('stays out while nesting is off', async () => {
    const tenant = await createDemandTenant();
    const ben = tenant.join('ben', { assigned: false });
    tenant.group('Company', [inner(tenant, 'Team', [ben])]);
    expect((await tenant.provision(ben)).record.provisioningAction).toBe('other');
    expect(tenant.account('ben')).toBeUndefined();
  });

  it.each([
    ['the nested group leaves', 0],
    ['the group above it leaves', 1],
  ])('is disabled when %s, and a cycle whose streams lag enables nobody', async (_name, level) => {
    const { tenant, ada, team, department, company } = await createChain();
    await tenant.runCycle();
    const [parent, child] = level === 0 ? [department, team] : [company, department];
    tenant.graph.dir.removeMember(parent, child);
    expect((await tenant.provision(ada)).record.provisioningAction).toBe('disable');
    tenant.takeCalls();
    tenant.graph.addFault({ kind: 'lateChange', rounds: 2 }, { routes: ['groupsDelta'] });
    await tenant.runCycle();
    expect(statusOf(tenant)).toBe('inactive');
    tenant.graph.clearFaults();
    for (let cycle = 0; cycle < 3; cycle += 1) await tenant.runCycle();
    expect(tenant.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual([]);
    expect(await tenant.row(child)).toBeUndefined();
  });

  it('is enabled by the next cycle where the nested group came back meanwhile', async () => {
    const { tenant, ada, department, company } = await createChain();
    await tenant.runCycle();
    tenant.graph.dir.removeMember(company, department);
    await tenant.provision(ada);
    await tenant.provision(ada);
    expect(statusOf(tenant)).toBe('inactive');
    tenant.graph.dir.addMember(company, department);
    await tenant.runCycle();
    expect(statusOf(tenant)).toBe('active');
  });

  it('keeps the account where a group on the way cannot be seen', async () => {
    const { tenant, ada } = await createChain();
    await tenant.runCycle();
    tenant.graph.addFault(
      { kind: 'status', status: 404, code: 'Request_ResourceNotFound' },
      { routes: ['groupMemberOf'] },
    );
    expect((await tenant.provision(ada)).record.provisioningAction).toBe('other');
    expect(statusOf(tenant)).toBe('active');
  });
});
