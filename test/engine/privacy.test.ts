import { createMemoryTables } from '../../lib/state/memoryTables.js';
import type { Table, Tables } from '../../lib/state/tables.js';
import { createTenant } from '../fakes/tenant.js';

/** Every text that is ever written. */
const recordWrites = (inner: Tables): { readonly tables: Tables; readonly written: string[] } => {
  const written: string[] = [];
  const wrap = (table: Table): Table => ({
    name: table.name,
    get: table.get,
    query: table.query,
    listKeys: table.listKeys,
    remove: table.remove,
    transact: (partitionKey, writes) => {
      written.push(JSON.stringify({ partitionKey, writes }));
      return table.transact(partitionKey, writes);
    },
  });
  return { written, tables: { table: (name) => wrap(inner.table(name)), list: inner.list, drop: inner.drop } };
};

describe('what is kept and told', () => {
  it('of people out of scope is nothing but the bare id of who is in the recycle bin', async () => {
    const { tables, written } = recordWrites(createMemoryTables());
    const tenant = await createTenant({ tables, graph: { tombstoneProbability: 1 } });
    tenant.join('insider');
    const unassigned = tenant.join('outsider', { assigned: false });
    const deleted = tenant.join('outsider-deleted', { assigned: false });
    const member = tenant.join('outsider-member', { assigned: false });
    tenant.group('Unassigned', [member], { assigned: false });
    tenant.graph.dir.deleteUser(deleted);
    await tenant.runCycle();
    tenant.graph.dir.updateUser(unassigned, { displayName: 'outsider renamed' });
    tenant.graph.dir.deleteUser(unassigned);
    await tenant.runCycle();
    expect(await tenant.row(unassigned)).toMatchObject({ gone: { reason: 'changed' }, eval: null, link: null });
    tenant.graph.dir.restoreUser(deleted);
    tenant.graph.dir.restoreUser(unassigned);
    await tenant.runCycle();
    await tenant.runCycle();
    expect(written.filter((text) => text.includes('outsider'))).toEqual([]);
    expect(written.some((text) => text.includes('insider'))).toBe(true);
    for (const id of [unassigned, deleted, member]) expect(await tenant.row(id)).toBeUndefined();
    expect(JSON.stringify(tenant.events)).not.toContain('outsider');
  });

  it('of a person who was assigned and unassigned before an account was made is nothing in the end', async () => {
    const tenant = await createTenant();
    tenant.join('insider');
    const id = tenant.join('visitor');
    tenant.zoom.seed({ foreign: ['visitor@contoso.example'] });
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: id });
    await tenant.runCycle();
    const last = await tenant.runCycle();
    await tenant.runCycle();
    expect(await tenant.row(id)).toBeUndefined();
    expect(JSON.stringify(await tenant.records(last.cycleId))).not.toContain('visitor');
  });

  it('holds no token, secret or password, whatever goes wrong', async () => {
    const { tables, written } = recordWrites(createMemoryTables());
    const tenant = await createTenant({ tables });
    const ids = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'token.revoked' }, nth: 1 });
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'status', code: 500 }, nth: 3 });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(ids[0] ?? '', { department: 'Legal' });
    tenant.zoom.addFault({ on: 'oauth.token', fault: { mode: 'token.clientSecretWrong' } });
    tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'token.expireMidCycle' } });
    await tenant.runCycle();
    const told = [...written, JSON.stringify(tenant.events), JSON.stringify(tenant.notices)].join('\n');
    for (const secret of ['Bearer', 'access_token', '"secret"', 'client_secret', 'Authorization']) {
      expect(told).not.toContain(secret);
    }
    expect(told).toContain('ada');
  });

  it('has no attribute value of anybody in events and faults', async () => {
    const tenant = await createTenant();
    tenant.join('ada', { department: 'Zanzibar' });
    tenant.zoom.addFault({
      on: 'users.create',
      fault: { mode: 'status', code: 400, body: JSON.stringify({ detail: 'ada@contoso.example in Zanzibar is odd' }) },
    });
    const { cycleId } = await tenant.runCycle();
    const [record] = await tenant.records(cycleId);
    expect(JSON.stringify(record?.provisioningStatusInfo)).not.toMatch(/Zanzibar|ada@/);
    expect(JSON.stringify(tenant.events)).not.toMatch(/Zanzibar|ada@/);
  });
});
