import { createMemoryTables } from '../../../lib/state/memoryTables.js';
import { createDyingTables } from '../../fakes/dyingTables.js';
import { alterByHand, createLinkedTenant } from './alteredZoom.js';

const engine = { reconcileMode: 'repair', concurrency: 1, deletionThresholdPercent: 100 } as const;

const prepare = async () => {
  const tables = createDyingTables(createMemoryTables());
  const tenant = await createLinkedTenant({ tables, engine });
  return { tables, tenant, stranger: alterByHand(tenant) };
};

const accountsOf = ({ zoom }: Awaited<ReturnType<typeof createLinkedTenant>>) =>
  [...zoom.state().accounts.values()]
    .map(({ userName, status, userType, enterprise, displayName }) => ({
      userName,
      status,
      userType,
      enterprise,
      displayName,
    }))
    .sort((a, b) => (a.userName < b.userName ? -1 : 1));

const kindsOf = (rows: readonly { readonly kind: string }[]) => rows.map(({ kind }) => kind).sort();

describe('a reconcile cycle whose process dies', () => {
  it('reports each alteration once and repairs all of them, wherever that was', async () => {
    const whole = await prepare();
    const before = whole.tables.writes();
    await whole.tenant.runCycle('reconcile');
    const writes = whole.tables.writes() - before;
    const wanted = accountsOf(whole.tenant);
    const kinds = kindsOf(await whole.tenant.drift());
    expect(kinds).toHaveLength(6);
    for (let write = 4; write <= writes; write += 6) {
      const { tenant, tables } = await prepare();
      tables.dieAt(write, write % 4 === 0);
      await expect(tenant.runCycle('reconcile')).rejects.toThrow();
      tables.revive();
      const { cycleId } = await tenant.runCycle();
      expect([write, kindsOf(await tenant.drift())]).toEqual([write, kinds]);
      const told = (await tenant.records(cycleId)).flatMap(({ targetIdentity, provisioningStatusInfo }) => {
        const code = provisioningStatusInfo.errorInformation?.errorCode ?? '';
        return code.startsWith('Target') ? [`${code} ${targetIdentity.id}`] : [];
      });
      expect([write, told.length]).toEqual([write, new Set(told).size]);
      await tenant.runCycle();
      expect([write, accountsOf(tenant)]).toEqual([write, wanted]);
      await tenant.runCycle('reconcile');
      expect([write, kindsOf(await tenant.drift())]).toEqual([write, ['unmanaged']]);
      expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 6, linkedDisabled: 1 });
    }
  });

  it('comes to the same end in slices of one page', async () => {
    const { tenant } = await prepare();
    tenant.configure({ sliceBudgetMs: 1 });
    await tenant.runCycle('reconcile');
    expect(tenant.slices()).toBeGreaterThan(6);
    expect(await tenant.drift()).toHaveLength(6);
    await tenant.runCycle();
    await tenant.runCycle('reconcile');
    expect(kindsOf(await tenant.drift())).toEqual(['unmanaged']);
  });
});
