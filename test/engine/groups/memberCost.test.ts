import { createRandomness } from '../../../lib/sandbox/graph/random.js';
import { createGroupTenant, type GroupTenant } from '../../fakes/groupTenant.js';

const patches = (tenant: GroupTenant) => tenant.takeCalls().filter((call) => call === 'PATCH groups.patch').length;
const inHundreds = (count: number) => Math.ceil(count / 100);

describe('a change of the members of one group', () => {
  it('costs a request for each hundred in each direction, however many marks there are', async () => {
    const tenant = await createGroupTenant();
    const ids = Array.from({ length: 1_150 }, (_, at) => tenant.join(`user${at}`, { assigned: false }));
    const everybody = tenant.group('Everybody', ids);
    const group = tenant.group('Sales', ids.slice(0, 2));
    await tenant.runCycle();
    expect(patches(tenant)).toBe(inHundreds(ids.length) + 1);
    // Whoever leaves first shows which form Zoom takes.
    tenant.graph.dir.removeMember(group, ids[1] ?? '');
    await tenant.runCycle();
    patches(tenant);
    const random = createRandomness(7, 'members');
    const inside = new Set(ids.slice(0, 1));
    for (let round = 0; round < 4; round += 1) {
      const joining = random.shuffle(ids.filter((id) => !inside.has(id))).slice(0, 1 + Math.floor(random.next() * 260));
      const leaving = random.shuffle([...inside]).slice(0, Math.floor(random.next() * inside.size));
      for (const id of joining) tenant.graph.dir.addMember(group, id);
      for (const id of leaving) tenant.graph.dir.removeMember(group, id);
      await tenant.runCycle();
      for (const id of joining) inside.add(id);
      for (const id of leaving) inside.delete(id);
      expect(patches(tenant)).toBe(inHundreds(joining.length) + inHundreds(leaving.length));
      expect(tenant.membersOf('Sales')).toHaveLength(inside.size);
    }
    expect([...tenant.graph.dir.members(everybody)]).toHaveLength(ids.length);
  });
});

describe('a group that Zoom refuses to change', () => {
  it('costs no request for each of its members, and gets them all once Zoom takes them', async () => {
    const tenant = await createGroupTenant();
    const ids = Array.from({ length: 300 }, (_, at) => tenant.join(`user${at}`, { assigned: false }));
    tenant.group('Sales', ids);
    tenant.zoom.addFault({ on: 'groups.patch', fault: { mode: 'group.tooLarge' } });
    for (let cycle = 0; cycle < 3; cycle += 1) {
      await tenant.runCycle();
      expect(patches(tenant)).toBeLessThan(60);
    }
    tenant.zoom.clearFaults();
    for (let cycle = 0; cycle < 4; cycle += 1) await tenant.runCycle();
    expect(tenant.membersOf('Sales')).toHaveLength(300);
  });

  it('is tried with a hundred at a time where it takes no form of removal', async () => {
    const tenant = await createGroupTenant(undefined, {
      zoom: { removeByFilter: 'ignore', removeByValue: 'ignore' },
    });
    const ids = Array.from({ length: 150 }, (_, at) => tenant.join(`user${at}`, { assigned: false }));
    const group = tenant.group('Sales', ids);
    tenant.group('All', ids);
    await tenant.runCycle();
    for (const id of ids.slice(1)) tenant.graph.dir.removeMember(group, id);
    patches(tenant);
    const { counts } = await tenant.runCycle();
    expect(counts).toMatchObject({ failed: 149 });
    expect(counts.zoomRequests).toBeLessThan(30);
    expect(tenant.membersOf('Sales')).toHaveLength(150);
  });
});
