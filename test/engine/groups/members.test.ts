import { createGroupTenant, type GroupTenant } from '../../fakes/groupTenant.js';
import { licensedRoleId } from '../../fakes/tenant.js';

const patches = (tenant: GroupTenant) => tenant.takeCalls().filter((call) => call === 'PATCH groups.patch').length;
const joinMany = (tenant: GroupTenant, count: number, prefix = 'user') =>
  Array.from({ length: count }, (_, at) => tenant.join(`${prefix}${at}`, { assigned: false }));

describe('members of an assigned group', () => {
  it('come with their accounts, a hundred a request, and are not sent again', async () => {
    const tenant = await createGroupTenant();
    tenant.group('Sales', joinMany(tenant, 250));
    const { counts } = await tenant.runCycle();
    expect(counts).toMatchObject({ created: 250, groupsCreated: 1, membersAdded: 250 });
    expect(patches(tenant)).toBe(3);
    expect(tenant.membersOf('Sales')).toHaveLength(250);
    expect((await tenant.runCycle()).counts).toMatchObject({ zoomRequests: 0 });
  });

  it('join and leave in one request each way', async () => {
    const tenant = await createGroupTenant();
    const ids = joinMany(tenant, 6);
    const group = tenant.group('Sales', ids.slice(0, 4));
    tenant.group('All', ids);
    await tenant.runCycle();
    patches(tenant);
    for (const id of ids.slice(0, 2)) tenant.graph.dir.removeMember(group, id);
    for (const id of ids.slice(4)) tenant.graph.dir.addMember(group, id);
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['user2', 'user3', 'user4', 'user5']);
    // Whoever leaves first shows that the filter is taken.
    expect(patches(tenant)).toBe(3);
    tenant.graph.dir.removeMember(group, ids[2] ?? '');
    await tenant.runCycle();
    expect(patches(tenant)).toBe(1);
    expect(tenant.membersOf('Sales')).toEqual(['user3', 'user4', 'user5']);
  });

  it('wait until they have an account of their own, and are named meanwhile', async () => {
    const tenant = await createGroupTenant();
    const kim = tenant.graph.dir.createUser({ userPrincipalName: 'kim@partner.example', displayName: 'Kim' });
    const group = tenant.group('Sales', [kim, tenant.join('ada', { assigned: false })]);
    const { cycleId } = await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['ada']);
    const told = (await tenant.records(cycleId)).filter(({ sourceIdentity }) => sourceIdentity.id === group);
    expect(told.flatMap(({ provisioningSteps }) => provisioningSteps.map(({ details }) => details))).toContainEqual({
      UnableToResolveReferenceAttributeValue: kim,
    });
    tenant.zoom.acceptInvitation((await tenant.row(kim))?.link?.targetId ?? '');
    tenant.clock.advance(24 * 3_600_000);
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['ada', 'kim']);
  });

  it('are not said to lack an account where it is their group that is none of Zoom’s', async () => {
    const tenant = await createGroupTenant(undefined, { engine: { nestedGroups: true } });
    const inner = tenant.group('Inner', joinMany(tenant, 2), { assigned: false });
    tenant.group('Sales', [inner]);
    const { cycleId, counts } = await tenant.runCycle();
    expect(counts).toMatchObject({ created: 2, groupsCreated: 1 });
    const told = (await tenant.records(cycleId)).filter(({ sourceIdentity }) => sourceIdentity.id === inner);
    expect(told.flatMap(({ provisioningSteps }) => provisioningSteps.map(({ name }) => name))).not.toContain(
      'EntryReferenceResolution',
    );
    expect(tenant.membersOf('Sales')).toEqual([]);
  });

  it('leave the group with the edge, and their account with the last path', async () => {
    const tenant = await createGroupTenant();
    const [ada = '', ben = ''] = ['ada', 'ben'].map((name) => tenant.join(name, { assigned: false }));
    const group = tenant.group('Sales', [ada, ben]);
    await tenant.runCycle();
    tenant.graph.dir.removeMember(group, ada);
    expect((await tenant.runCycle()).counts).toMatchObject({ membersRemoved: 1, disabled: 1 });
    expect(tenant.membersOf('Sales')).toEqual(['ben']);
    expect((await tenant.world.state.members.list(group, null)).rows.map(({ user }) => user)).toEqual([ben]);
  });

  it('keep their place while they are in the recycle bin, and when they come back', async () => {
    const tenant = await createGroupTenant();
    const [ada = '', ben = ''] = ['ada', 'ben'].map((name) => tenant.join(name, { assigned: false }));
    tenant.group('Sales', [ada, ben]);
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(ada);
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['ada', 'ben']);
    tenant.graph.dir.restoreUser(ada);
    tenant.takeCalls();
    await tenant.runCycle();
    expect(patches(tenant)).toBe(0);
    expect(tenant.membersOf('Sales')).toEqual(['ada', 'ben']);
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });

  it('are in a group that somebody deleted in Zoom again, once it is noticed', async () => {
    const tenant = await createGroupTenant();
    const ids = joinMany(tenant, 3);
    const group = tenant.group('Sales', ids.slice(0, 2));
    tenant.group('All', ids);
    await tenant.runCycle();
    const target = (await tenant.row(group))?.link?.targetId ?? '';
    await tenant.clock.settle(tenant.world.target.groups.deleteGroup(target, new AbortController().signal));
    tenant.graph.dir.addMember(group, ids[2] ?? '');
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['user0', 'user1', 'user2']);
    await tenant.runCycle();
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('stay as they are while the group is out of scope, and are put right when it is back', async () => {
    const tenant = await createGroupTenant();
    const ids = joinMany(tenant, 3);
    const group = tenant.group('Sales', ids.slice(0, 2));
    tenant.group('All', ids);
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: group });
    await tenant.runCycle();
    await tenant.runCycle();
    tenant.graph.dir.removeMember(group, ids[0] ?? '');
    tenant.graph.dir.addMember(group, ids[2] ?? '');
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['user0', 'user1']);
    tenant.graph.dir.assign({ principalId: group, appRoleId: licensedRoleId });
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['user1', 'user2']);
  });

  it('follow a person whose account was made anew', async () => {
    const tenant = await createGroupTenant();
    const ids = joinMany(tenant, 2);
    tenant.group('Sales', ids);
    await tenant.runCycle();
    const target = (await tenant.row(ids[0] ?? ''))?.link?.targetId ?? '';
    await tenant.clock.settle(tenant.world.target.deleteUser(target, new AbortController().signal));
    tenant.graph.dir.updateUser(ids[0] ?? '', { department: 'Legal' });
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['user0', 'user1']);
  });
});

describe('a member that Zoom refuses', () => {
  it('stops no other, is told, and is tried again', async () => {
    const tenant = await createGroupTenant();
    const ids = joinMany(tenant, 7);
    const group = tenant.group('Sales', ids.slice(0, 1));
    tenant.group('All', ids);
    await tenant.runCycle();
    const refused = (await tenant.row(ids[3] ?? ''))?.link?.targetId ?? '';
    tenant.zoom.addFault({ on: 'groups.patch', fault: { mode: 'group.memberPending', memberId: refused } });
    for (const id of ids.slice(1)) tenant.graph.dir.addMember(group, id);
    const { cycleId, counts } = await tenant.runCycle();
    expect(counts).toMatchObject({ membersAdded: 5, failed: 1 });
    expect(tenant.membersOf('Sales')).toHaveLength(6);
    const failed = (await tenant.records(cycleId)).find(
      ({ provisioningStatusInfo }) => provisioningStatusInfo.status === 'failure',
    );
    expect(failed).toMatchObject({ sourceIdentity: { id: group } });
    tenant.zoom.clearFaults();
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toHaveLength(7);
  });
});

describe('the last members of a group', () => {
  it('go where the guard lets them', async () => {
    const tenant = await createGroupTenant();
    const ids = joinMany(tenant, 2);
    const group = tenant.group('Sales', ids);
    tenant.group('All', ids);
    await tenant.runCycle();
    for (const id of ids) tenant.graph.dir.removeMember(group, id);
    expect((await tenant.runCycle()).counts).toMatchObject({ membersRemoved: 2, removalsCarriedOut: 1 });
    expect(tenant.membersOf('Sales')).toEqual([]);
  });

  it('are held beyond the guard until a person releases them', async () => {
    const tenant = await createGroupTenant(undefined, { engine: { deletionThreshold: 0 } });
    const ids = joinMany(tenant, 2);
    const group = tenant.group('Sales', ids);
    tenant.group('All', ids);
    await tenant.runCycle();
    for (const id of ids) tenant.graph.dir.removeMember(group, id);
    expect((await tenant.runCycle()).counts).toMatchObject({ held: 1 });
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['user0', 'user1']);
    expect((await tenant.row(group))?.staged).toMatchObject({ state: 'held', removal: 'disable' });
    await tenant.world.state.objects.update([
      {
        id: group,
        type: 'group',
        change: (row) => row.staged && { ...row, staged: { ...row.staged, state: 'released' } },
      },
    ]);
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual([]);
    expect((await tenant.row(group))?.staged).toBeNull();
  });

  it('are told once while they are held, and not with every cycle', async () => {
    const tenant = await createGroupTenant(undefined, { engine: { deletionThreshold: 0 } });
    const ids = joinMany(tenant, 2);
    const group = tenant.group('Sales', ids);
    tenant.group('All', ids);
    await tenant.runCycle();
    for (const id of ids) tenant.graph.dir.removeMember(group, id);
    for (let cycle = 0; cycle < 3; cycle += 1) await tenant.runCycle();
    expect(tenant.notices.map(({ subject }) => subject)).toEqual([
      'Groups would lose their last members, which is held',
    ]);
    await tenant.world.state.objects.update([
      {
        id: group,
        type: 'group',
        change: (row) => row.staged && { ...row, staged: { ...row.staged, state: 'rejected' } },
      },
    ]);
    await tenant.runCycle();
    expect(tenant.notices).toHaveLength(1);
    expect(tenant.membersOf('Sales')).toEqual(['user0', 'user1']);
  });

  it('are held no longer when somebody comes into the group', async () => {
    const tenant = await createGroupTenant(undefined, { engine: { deletionThreshold: 0 } });
    const ids = joinMany(tenant, 3);
    const group = tenant.group('Sales', ids.slice(0, 2));
    tenant.group('All', ids);
    await tenant.runCycle();
    for (const id of ids.slice(0, 2)) tenant.graph.dir.removeMember(group, id);
    await tenant.runCycle();
    tenant.graph.dir.addMember(group, ids[2] ?? '');
    await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toEqual(['user2']);
    expect((await tenant.row(group))?.staged).toBeNull();
  });
});
