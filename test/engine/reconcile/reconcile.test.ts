import { enterpriseDepartment } from '../samples.js';
import { alterByHand, createLinkedTenant } from './alteredZoom.js';

const byKind = <Row extends { readonly kind: string; readonly targetId: string }>(rows: readonly Row[]) =>
  rows.toSorted((a, b) => `${a.kind}${a.targetId}`.localeCompare(`${b.kind}${b.targetId}`));

describe('a reconcile cycle that reports', () => {
  it('finds nothing where nobody changed anything, and says so', async () => {
    const tenant = await createLinkedTenant();
    tenant.takeCalls();
    const summary = await tenant.runCycle('reconcile');
    expect(summary).toMatchObject({ kind: 'reconcile', state: 'Succeeded' });
    expect(await tenant.drift()).toEqual([]);
    expect(tenant.takeCalls()).toEqual(['GET users.list']);
    expect((await tenant.world.state.jobs.readJob())?.reconciled).toMatchObject({
      cycleId: summary.cycleId,
      found: { driftMissing: 0, driftDiffers: 0, driftActive: 0, driftUnmanaged: 0 },
    });
  });

  it('finds each alteration and nothing else, twice in a row, and changes nothing', async () => {
    const tenant = await createLinkedTenant();
    const stranger = alterByHand(tenant);
    const { id, target } = tenant;
    const wanted = byKind([
      {
        id: id('ben'),
        targetId: target('ben'),
        kind: 'differs',
        differences: [{ path: enterpriseDepartment, wanted: 'Sales', found: 'Legal' }],
      },
      {
        id: id('cem'),
        targetId: target('cem'),
        kind: 'active',
        differences: [{ path: 'active', wanted: true, found: false }],
      },
      { id: id('dia'), targetId: target('dia'), kind: 'missing', differences: [] },
      {
        id: id('fay'),
        targetId: target('fay'),
        kind: 'differs',
        differences: [
          { path: 'displayName', wanted: 'fay Example', found: 'Fay by hand' },
          { path: 'userType', wanted: 'Licensed', found: 'Basic' },
        ],
      },
      {
        id: id('gus'),
        targetId: target('gus'),
        kind: 'active',
        differences: [{ path: 'active', wanted: false, found: true }],
      },
      { id: null, targetId: stranger, kind: 'unmanaged', differences: [] },
    ]);
    for (const round of [1, 2]) {
      tenant.takeCalls();
      const summary = await tenant.runCycle('reconcile');
      expect(byKind(await tenant.drift())).toEqual(wanted);
      expect(summary.counts).toMatchObject({ driftMissing: 1, driftDiffers: 2, driftActive: 2, driftUnmanaged: 1 });
      expect(tenant.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual([]);
      const records = await tenant.records(summary.cycleId);
      expect(records).toHaveLength(6);
      expect({
        round,
        codes: records.map((one) => one.provisioningStatusInfo.errorInformation?.errorCode).sort(),
      }).toEqual({
        round,
        codes: [
          'TargetActivityChanged',
          'TargetActivityChanged',
          'TargetMissing',
          'TargetUnmanaged',
          'TargetValueChanged',
          'TargetValueChanged',
        ],
      });
    }
  });
});

describe('a reconcile cycle that repairs', () => {
  it('puts everything right, and finds nothing but strangers the next time', async () => {
    const tenant = await createLinkedTenant({ engine: { reconcileMode: 'repair' } });
    const stranger = alterByHand(tenant);
    const first = await tenant.runCycle('reconcile');
    expect(first.counts).toMatchObject({ created: 1, enabled: 1, updated: 2, disabled: 1, driftMissing: 1 });
    expect(tenant.account('ben')?.enterprise).toMatchObject({ department: 'Sales' });
    expect(tenant.account('cem')).toMatchObject({ status: 'active', userType: 'Licensed' });
    expect(tenant.account('dia')).toMatchObject({ status: 'active' });
    expect(tenant.account('eva')).toMatchObject({ title: 'Chief of what nobody maps' });
    expect(tenant.account('fay')).toMatchObject({ displayName: 'fay Example', userType: 'Licensed' });
    expect(tenant.account('gus')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('zed')).toMatchObject({ id: stranger, status: 'active' });
    expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 6, linkedDisabled: 1 });
    tenant.takeCalls();
    const second = await tenant.runCycle('reconcile');
    expect(await tenant.drift()).toMatchObject([{ kind: 'unmanaged', targetId: stranger }]);
    expect(second.counts).toMatchObject({ accountsListed: 8, driftUnmanaged: 1 });
    expect(tenant.takeCalls()).toEqual(['GET users.list']);
  });
});
