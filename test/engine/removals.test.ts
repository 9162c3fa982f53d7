import { defaultRemovalPolicy, type RemovalPolicy } from '../../lib/engine/removalPolicy.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';

const dayMs = 24 * 60 * 60_000;

const deletingMapping = () => {
  const mapping = compileObjectMapping(
    {
      ...builtInZoomSchema,
      synchronizationRules: builtInZoomSchema.synchronizationRules.map((rule) => ({
        ...rule,
        objectMappings: rule.objectMappings?.map((one) => ({ ...one, flowTypes: 'Add, Update, Delete' })),
      })),
    },
    'user',
  );
  if (!mapping) throw new Error('The schema maps no users.');
  return mapping;
};

const tenantWith = async (
  policy: Partial<RemovalPolicy>,
  mayDelete = true,
): Promise<{ tenant: Tenant; id: string }> => {
  const tenant = await createTenant({
    engine: { removalPolicy: { ...defaultRemovalPolicy, ...policy } },
    ...(mayDelete ? { mapping: deletingMapping() } : {}),
  });
  tenant.join('anchor');
  const id = tenant.join('ada');
  await tenant.runCycle();
  tenant.takeCalls();
  return { tenant, id };
};

describe('removals', () => {
  it('delete at once where policy and mapping say so, and not where the mapping does not', async () => {
    const one = await tenantWith({ blocked: { kind: 'delete', afterMs: 0 } });
    one.tenant.graph.dir.updateUser(one.id, { accountEnabled: false });
    expect((await one.tenant.runCycle()).counts).toMatchObject({ deleted: 1 });
    expect(one.tenant.takeCalls()).toEqual(['DELETE users.delete']);
    expect((await one.tenant.row(one.id))?.link).toBeNull();

    const other = await tenantWith({ blocked: { kind: 'delete', afterMs: 0 } }, false);
    other.tenant.graph.dir.updateUser(other.id, { accountEnabled: false });
    expect((await other.tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
  });

  it('with a date disable at once, send nothing until their day, and delete on it', async () => {
    const { tenant, id } = await tenantWith({ blocked: { kind: 'delete', afterMs: 30 * dayMs } });
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    expect((await tenant.row(id))?.removal).toMatchObject({ trigger: 'blocked', due: expect.any(String) });
    tenant.takeCalls();
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    for (let day = 0; day < 29; day += 7) {
      tenant.clock.advance(7 * dayMs - 41 * 60_000);
      await tenant.runCycle();
      if (day < 21) expect(tenant.takeCalls()).toEqual([]);
    }
    expect(tenant.takeCalls()).toEqual(['DELETE users.delete']);
    expect(tenant.account('ada')).toBeUndefined();
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('with a date are forgotten when the person comes back', async () => {
    const { tenant, id } = await tenantWith({ blocked: { kind: 'delete', afterMs: 30 * dayMs } });
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    await tenant.runCycle();
    tenant.clock.advance(40 * dayMs);
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    expect(await tenant.row(id)).toMatchObject({ removal: null, pending: null });
  });

  it('count their days from the trigger that came last', async () => {
    const { tenant, id } = await tenantWith({ softDeleted: { kind: 'delete', afterMs: 2 * dayMs } });
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    expect((await tenant.row(id))?.removal).toMatchObject({ trigger: 'blocked', due: null });
    tenant.takeCalls();
    tenant.graph.dir.deleteUser(id);
    await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual([]);
    expect((await tenant.row(id))?.removal).toMatchObject({ trigger: 'softDeleted', due: expect.any(String) });
    tenant.clock.advance(3 * dayMs);
    expect((await tenant.runCycle()).counts).toMatchObject({ deleted: 1 });
  });

  it('do nothing where the policy says nothing, and a later deletion still applies', async () => {
    const { tenant, id } = await tenantWith({ unassigned: { kind: 'nothing' } });
    tenant.graph.dir.unassign({ principalId: id });
    await tenant.runCycle();
    const kept = await tenant.runCycle();
    expect(kept.counts.zoomRequests).toBe(0);
    const [record] = await tenant.records(kept.cycleId);
    expect(record?.provisioningStatusInfo.errorInformation?.errorCode).toBe('EntrySynchronizationSkipped');
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    tenant.graph.dir.deleteUser(id);
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
  });

  it('of who is invited wait until the invitation is accepted', async () => {
    const tenant = await createTenant({ zoom: { associatedDomains: ['elsewhere.example'] } });
    tenant.join('anchor');
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    const account = [...tenant.zoom.state().accounts.values()].find(({ userName }) => userName.startsWith('ada'));
    tenant.zoom.acceptInvitation(account?.id ?? '');
    tenant.clock.advance(dayMs);
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });
});

describe('all-users scope', () => {
  it('brings everybody, lists no assignments, and removes who is blocked or deleted', async () => {
    const tenant = await createTenant({ engine: { scopeMode: 'all' } });
    const ids = ['ada', 'ben', 'cem'].map((name) => tenant.join(name, { assigned: false }));
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 3 });
    expect(tenant.graph.journal.entries.map(({ route }) => route)).not.toContain('appRoleAssignedTo');
    tenant.graph.dir.updateUser(ids[0] ?? '', { accountEnabled: false });
    tenant.graph.dir.deleteUser(ids[1] ?? '');
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 2 });
    tenant.join('dia', { assigned: false });
    tenant.graph.dir.restoreUser(ids[1] ?? '');
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1, enabled: 1 });
    expect((await tenant.runCycle()).counts).toMatchObject({ graphRequests: 1, zoomRequests: 0 });
  });

  it('is gone through anew when the scope is narrowed, and lets go of who has no path', async () => {
    const tenant = await createTenant({ engine: { scopeMode: 'all', deletionThresholdPercent: 100 } });
    const kept = tenant.join('ada');
    const left = tenant.join('ben', { assigned: false });
    await tenant.runCycle();
    tenant.configure({ scopeMode: 'assigned' });
    expect(await tenant.runCycle()).toMatchObject({ kind: 'initial', counts: { disabled: 1 } });
    expect((await tenant.row(kept))?.link).toMatchObject({ state: 'active' });
    expect((await tenant.row(left))?.link).toMatchObject({ state: 'disabled' });
  });
});
