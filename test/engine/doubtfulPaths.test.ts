import { createTenant, domain } from '../fakes/tenant.js';

describe('a group that was unassigned', () => {
  it('gives nobody an account, or takes one over, in the cycle in which its assignment is first missing', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}` }] });
    tenant.join('ben');
    const group = tenant.group('Project', []);
    const ada = tenant.join('ada', { assigned: false });
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: group });
    tenant.graph.dir.addMember(group, ada);
    tenant.takeCalls();
    await tenant.runCycle();
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual([]);
    expect(await tenant.row(ada)).toBeUndefined();
  });
});
