import { createGroupTenant } from '../../fakes/groupTenant.js';
import type { TenantOptions } from '../../fakes/tenant.js';

const createGroups = async (options: TenantOptions = {}) => {
  const tenant = await createGroupTenant(undefined, { zoom: { exposeMembers: true }, ...options });
  const [ada = '', ben = '', cem = ''] = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
  const sales = tenant.group('Sales', [ada, ben]);
  const legal = tenant.group('Legal', [cem]);
  const crew = tenant.group('Crew', [ada]);
  await tenant.runCycle();
  await tenant.runCycle();
  const idOf = (name: string) => tenant.account(name)?.id ?? '';
  const drift = async () => {
    const report = await tenant.world.state.drift.readReport();
    const { rows } = await tenant.world.state.drift.list(report?.cycleId ?? '', null, null, 100);
    return rows.map(({ id, type, kind, differences }) => ({ id, type, kind, differences }));
  };
  const alter = () => {
    const [before] = [tenant.zoomGroup('Legal')];
    tenant.zoom.seed({
      users: [{ userName: 'zed@contoso.example' }],
      groups: [
        { displayName: 'Sales', members: [idOf('ada'), idOf('cem'), 'zed@contoso.example'] },
        { id: before?.id ?? '', displayName: 'Legal by hand' },
      ],
    });
    tenant.zoom.removeGroup(tenant.zoomGroup('Crew')?.id ?? '');
  };
  return { tenant, sales, legal, crew, idOf, drift, alter };
};

describe('groups that were altered in Zoom', () => {
  it('are found by name, by members and where they are gone, twice in a row, and nothing else', async () => {
    const { tenant, sales, legal, crew, idOf, drift, alter } = await createGroups();
    await tenant.runCycle('reconcile');
    expect(await drift()).toEqual([]);
    alter();
    for (const _round of [1, 2]) {
      tenant.takeCalls();
      await tenant.runCycle('reconcile');
      expect(tenant.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual([]);
      const found = (await drift()).filter(({ kind }) => kind !== 'unmanaged');
      expect(found).toHaveLength(3);
      expect(found).toEqual(
        expect.arrayContaining([
          {
            id: sales,
            type: 'group',
            kind: 'differs',
            differences: [{ path: 'members', wanted: [idOf('ben')], found: [idOf('cem')] }],
          },
          {
            id: legal,
            type: 'group',
            kind: 'differs',
            differences: [{ path: 'displayName', wanted: 'Legal', found: 'Legal by hand' }],
          },
          { id: crew, type: 'group', kind: 'missing', differences: [] },
        ]),
      );
    }
  });

  it('are put right under repair, and nothing is found the next time', async () => {
    const { tenant, drift, alter } = await createGroups({ engine: { reconcileMode: 'repair' } });
    alter();
    await tenant.runCycle('reconcile');
    expect(tenant.membersOf('Sales')).toEqual(['ada', 'ben', 'zed']);
    expect(tenant.membersOf('Legal')).toEqual(['cem']);
    expect(tenant.membersOf('Crew')).toEqual(['ada']);
    expect(tenant.zoomGroup('Legal by hand')).toBeUndefined();
    await tenant.runCycle('reconcile');
    expect((await drift()).map(({ kind }) => kind)).toEqual(['unmanaged']);
    expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 3, linkedDisabled: 0 });
  });

  it('are compared by name alone where Zoom shows no members', async () => {
    const { tenant, legal, crew, drift, alter } = await createGroups({ zoom: { exposeMembers: false } });
    alter();
    await tenant.runCycle('reconcile');
    const found = (await drift()).filter(({ kind }) => kind !== 'unmanaged').map(({ id }) => id);
    expect(found.sort()).toEqual([legal, crew].sort());
  });
});
