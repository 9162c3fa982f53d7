import { createTenant, type Tenant } from '../fakes/tenant.js';

const seeded = async (users: number, groups: number): Promise<{ tenant: Tenant; ids: string[] }> => {
  const tenant = await createTenant({ graph: { usersPerPage: 200, groupsPerPage: 100, membersPerPage: 1_000 } });
  const ids = Array.from({ length: users }, (_, n) => tenant.join(`user${n}`));
  for (let n = 0; n < groups; n += 1) tenant.group(`Group ${n}`, ids.slice(n, n + 2));
  await tenant.runCycle();
  // The second cycle still sees what the first one left.
  await tenant.runCycle();
  tenant.takeCalls();
  return { tenant, ids };
};

describe('what a cycle costs', () => {
  it.each([
    [20, 0, 2],
    [200, 0, 2],
    [20, 3, 3],
    [60, 55, 4],
  ])(
    'in which nothing changed, of %i users and %i groups: %i Graph requests, no Zoom request',
    async (users, groups, graphRequests) => {
      const { tenant } = await seeded(users, groups);
      const { counts } = await tenant.runCycle();
      expect(counts).toMatchObject({ graphRequests, zoomRequests: 0 });
      expect(counts.failed).toBeUndefined();
    },
  );

  it('reads the assignment list in pages of 999', async () => {
    const tenant = await createTenant({ graph: { usersPerPage: 200 } });
    for (let n = 0; n < 1_000; n += 1) {
      tenant.graph.dir.updateUser(tenant.join(`user${n}`), { accountEnabled: false });
    }
    await tenant.runCycle();
    expect((await tenant.runCycle()).counts).toMatchObject({ graphRequests: 3, zoomRequests: 0 });
  });

  it('in table operations does not depend on the number of users', async () => {
    const small = (await (await seeded(20, 2)).tenant.runCycle()).counts.tableOperations;
    const large = (await (await seeded(200, 2)).tenant.runCycle()).counts.tableOperations;
    expect(small).toBe(large);
    expect(small).toBeLessThan(100);
  });

  it.each([20, 200])('of k changes is one Zoom request each, whatever the size (%i users)', async (users) => {
    const { tenant, ids } = await seeded(users, 0);
    const idle = (await tenant.runCycle()).counts;
    const costs = [];
    for (const changes of [1, 5, 15]) {
      for (const id of ids.slice(0, changes)) tenant.graph.dir.updateUser(id, { department: `Of ${changes}` });
      const { counts } = await tenant.runCycle();
      expect(counts).toMatchObject({ updated: changes, zoomRequests: changes });
      // Nothing is read at the source but the page that tells of the changes, and what a row told twice asks for.
      expect(counts.graphRequests).toBeLessThanOrEqual((idle.graphRequests ?? 0) + 1);
      costs.push((counts.tableOperations ?? 0) - (idle.tableOperations ?? 0));
    }
    // Rows are written by shard: the sixteen of them bound what a page costs, besides the records.
    const [one = 0, five = 0, fifteen = 0] = costs;
    expect(one).toBeLessThan(15);
    expect(five).toBeLessThanOrEqual(5 * one);
    expect(fifteen).toBeLessThanOrEqual(15 * one);
    tenant.takeCalls();
    expect((await tenant.runCycle()).counts).toMatchObject({ zoomRequests: 0, graphRequests: idle.graphRequests });
  });

  it('is one Zoom request for who changed, two for who is enabled, one for who is new', async () => {
    const { tenant, ids } = await seeded(3, 0);
    tenant.graph.dir.updateUser(ids[0] ?? '', { department: 'Legal' });
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 1, zoomRequests: 1 });
    tenant.graph.dir.updateUser(ids[1] ?? '', { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1, zoomRequests: 1 });
    tenant.graph.dir.updateUser(ids[1] ?? '', { accountEnabled: true });
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 1, zoomRequests: 2 });
    tenant.join('joiner');
    tenant.takeCalls();
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1, zoomRequests: 2 });
    expect(tenant.takeCalls()).toEqual(['GET users.filter', 'POST users.create']);
  });

  it('is one Zoom request a user in an initial cycle, once it is known how accounts of the domain come out', async () => {
    const tenant = await createTenant();
    for (let n = 0; n < 50; n += 1) tenant.join(`user${n}`);
    await tenant.runCycle();
    const calls = tenant.takeCalls();
    expect(calls.filter((call) => call === 'POST users.create')).toHaveLength(50);
    expect(calls.length).toBeLessThanOrEqual(50 + 1 + 2 * 8);
  });

  it('is nothing for a change that no mapping reads and for a change of somebody out of scope', async () => {
    const { tenant, ids } = await seeded(3, 0);
    const stranger = tenant.join('stranger', { assigned: false });
    tenant.graph.dir.updateUser(ids[0] ?? '', { jobTitle: 'Chief' });
    tenant.graph.dir.updateUser(stranger, { department: 'Legal' });
    expect((await tenant.runCycle()).counts).toMatchObject({ zoomRequests: 0 });
  });
});
