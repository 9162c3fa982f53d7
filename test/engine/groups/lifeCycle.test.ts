import { createGroupTenant, type GroupTenant } from '../../fakes/groupTenant.js';
import { licensedRoleId } from '../../fakes/tenant.js';

const groupWrites = (tenant: GroupTenant) =>
  tenant.takeCalls().filter((call) => call.includes('groups.') && !call.startsWith('GET')).length;

/** Two people in one assigned group, after a first cycle; somebody else is assigned directly. */
const startDay = async () => {
  const tenant = await createGroupTenant();
  const [ada = '', ben = ''] = ['ada', 'ben'].map((name) => tenant.join(name, { assigned: false }));
  tenant.join('cem');
  const group = tenant.group('Sales', [ada, ben]);
  await tenant.runCycle();
  groupWrites(tenant);
  return { tenant, ada, ben, group };
};

describe('what no group event tells', () => {
  it('takes a purged member out, although deletion and purge came between two cycles', async () => {
    const { tenant, ada } = await startDay();
    tenant.graph.dir.deleteUser(ada);
    tenant.graph.dir.purgeUser(ada);
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['ben']);
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('keeps a member who was deleted and restored between two cycles, without a request', async () => {
    const { tenant, ada } = await startDay();
    tenant.graph.dir.deleteUser(ada);
    tenant.graph.dir.restoreUser(ada);
    await tenant.runCycle();
    expect(groupWrites(tenant)).toBe(0);
    expect(tenant.membersOf('Sales')).toEqual(['ada', 'ben']);
  });

  it('adds a member who was in the recycle bin when the group was read first, once they are restored', async () => {
    const { tenant, ada, ben } = await startDay();
    tenant.graph.dir.deleteUser(ada);
    const other = tenant.group('Legal', [ben]);
    tenant.graph.dir.restoreUser(ada);
    tenant.graph.dir.addMember(other, ada);
    tenant.graph.dir.deleteUser(ada);
    await tenant.runCycle();
    tenant.graph.dir.restoreUser(ada);
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.membersOf('Legal')).toEqual(['ada', 'ben']);
  });
});

describe('assignments that come and go', () => {
  it('send nothing where a group was unassigned and assigned again between two cycles', async () => {
    const { tenant, group } = await startDay();
    tenant.graph.dir.unassign({ principalId: group });
    tenant.graph.dir.assign({ principalId: group, appRoleId: licensedRoleId });
    await tenant.runCycle();
    await tenant.runCycle();
    expect(groupWrites(tenant)).toBe(0);
    expect(tenant.membersOf('Sales')).toEqual(['ada', 'ben']);
  });

  it('leave somebody who is assigned directly their account, and not their place in the group', async () => {
    const { tenant, ada, group } = await startDay();
    tenant.graph.dir.assign({ principalId: ada, appRoleId: licensedRoleId });
    await tenant.runCycle();
    tenant.graph.dir.removeMember(group, ada);
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    expect(tenant.membersOf('Sales')).toEqual(['ben']);
  });

  it('keep somebody in one group who leaves another of theirs', async () => {
    const { tenant, ada, group } = await startDay();
    tenant.group('Legal', [ada]);
    await tenant.runCycle();
    tenant.graph.dir.removeMember(group, ada);
    await tenant.runCycle();
    expect([tenant.membersOf('Sales'), tenant.membersOf('Legal')]).toEqual([['ben'], ['ada']]);
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });
});

describe('a group that is deleted and made anew with the same name', () => {
  it('takes over the group in Zoom, with its own members and none of the former', async () => {
    const { tenant, ada, ben, group } = await startDay();
    const target = tenant.zoomGroup('Sales')?.id;
    tenant.graph.dir.assign({ principalId: ada, appRoleId: licensedRoleId });
    tenant.graph.dir.deleteGroup(group);
    const anew = tenant.group('Sales', [ben]);
    for (let cycle = 0; cycle < 3; cycle += 1) await tenant.runCycle();
    expect((await tenant.row(anew))?.link).toMatchObject({ targetId: target, state: 'active' });
    expect(tenant.zoomGroup('Sales')?.id).toBe(target);
    expect(tenant.membersOf('Sales')).toEqual(['ben']);
    expect(tenant.account('ben')).toMatchObject({ status: 'active' });
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });
});

describe('a restart', () => {
  it('finds the groups again and sends nothing', async () => {
    const { tenant } = await startDay();
    await tenant.runCycle('initial');
    expect(groupWrites(tenant)).toBe(0);
  });
});
