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
