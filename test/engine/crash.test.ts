import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { createDyingTables } from '../fakes/dyingTables.js';
import { createTenant, domain } from '../fakes/tenant.js';

/** One joiner of each kind, one who changes, one who leaves and one who comes back, in one incremental cycle. */
const prepare = async () => {
  const tables = createDyingTables(createMemoryTables());
  const tenant = await createTenant({ tables, engine: { concurrency: 1, deletionThresholdPercent: 100 } });
  const ids = ['stays', 'changes', 'leaves', 'returns', 'unassigned'].map((name) => tenant.join(name));
  const [, changes = '', leaves = '', returns = '', unassigned = ''] = ids;
  await tenant.runCycle();
  tenant.graph.dir.updateUser(returns, { accountEnabled: false });
  tenant.graph.dir.unassign({ principalId: unassigned });
  await tenant.runCycle();
  tenant.graph.dir.updateUser(returns, { accountEnabled: true });
  tenant.graph.dir.updateUser(changes, { department: 'Legal' });
  tenant.graph.dir.updateUser(leaves, { accountEnabled: false });
  tenant.join('joins');
  tenant.zoom.seed({ users: [{ userName: `adopted@${domain}`, status: 'inactive' }] });
  tenant.join('adopted');
  tenant.group('Sales', [tenant.join('grouped', { assigned: false })]);
  return { tenant, tables };
};

const outcome = async ({ tenant }: Awaited<ReturnType<typeof prepare>>) => ({
  accounts: [...tenant.zoom.state().accounts.values()]
    .map(({ userName, status, userType, enterprise }) => ({ userName, status, userType, enterprise }))
    .sort((a, b) => (a.userName < b.userName ? -1 : 1)),
  creations: tenant.zoom.journal.entries.filter(
    ({ operation, status }) => operation === 'users.create' && status === 201,
  ).length,
  counters: (await tenant.world.state.jobs.read()).counters,
});

const message = { jobId: 'job', cycleId: null, slice: 1 };

describe('a process that dies', () => {
  it('at a write leaves nothing undone and nothing done twice', async () => {
    const whole = await prepare();
    const before = whole.tables.writes();
    await whole.tenant.runCycle();
    const writes = whole.tables.writes() - before;
    const wanted = await outcome(whole);
    expect(wanted.accounts).toHaveLength(8);
    expect(writes).toBeGreaterThan(30);

    for (let write = 2; write <= writes; write += 5) {
      const one = await prepare();
      one.tenant.clock.advance(41 * 60_000);
      one.tables.dieAt(write, write % 2 === 0);
      const ended = await one.tenant.runMessage(message).then(
        ({ kind }) => kind,
        () => 'died',
      );
      if (!one.tables.isDead()) throw new Error(`Write ${write} did not come: ${ended}.`);
      one.tables.revive();
      await one.tenant.runCycle();
      const { counters: _undercounted, ...after } = await outcome(one);
      await one.tenant.runCycle();
      const { counters: _same, ...settled } = await outcome(one);
      const { counters: _wanted, ...expected } = wanted;
      expect({ write, ...settled }).toEqual({ write, ...expected });
      expect(after.creations).toBe(expected.creations);
      const idle = await one.tenant.runCycle();
      expect({ write, zoomRequests: idle.counts.zoomRequests }).toEqual({ write, zoomRequests: 0 });
    }
  });

  it('may leave the linked users miscounted, until everything is gone through again', async () => {
    const { tenant, tables } = await prepare();
    tenant.clock.advance(41 * 60_000);
    tables.dieAt(20, true);
    await expect(tenant.runMessage(message)).rejects.toThrow('the process');
    tables.revive();
    await tenant.runCycle();
    await tenant.runCycle('initial');
    const accounts = [...tenant.zoom.state().accounts.values()];
    expect((await tenant.world.state.jobs.read()).counters).toEqual({
      linkedActive: accounts.filter(({ status }) => status === 'active').length,
      linkedDisabled: accounts.filter(({ status }) => status === 'inactive').length,
    });
  });
});
