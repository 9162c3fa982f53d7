import { defaultRemovalPolicy } from '../../../lib/engine/removalPolicy.js';
import { domain, licensedRoleId } from '../../fakes/tenant.js';
import { codeOf, createDemandTenant, outline } from './demandTenant.js';

const hourMs = 60 * 60_000;
const writesOf = (calls: readonly string[]): readonly string[] => calls.filter((call) => !call.startsWith('GET'));

describe('somebody out of scope on demand', () => {
  it('is disabled after the assignment went, before any cycle has seen it, and stays so', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ben');
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: id, appRoleId: licensedRoleId });
    tenant.takeCalls();
    const report = await tenant.provision(id);
    expect(outline(report)).toEqual([
      'EntryImport import success',
      'EntrySynchronizationScoping scoping skipped',
      'EntryImport matching success',
      'EntrySynchronizationUpdate processing success',
      'EntryExportUpdate export success',
    ]);
    expect(report.steps[1]?.details).toMatchObject({ Assigned: 'False', IsActive: 'True' });
    expect(report.record).toMatchObject({
      provisioningAction: 'disable',
      modifiedProperties: [{ displayName: 'active', oldValue: 'true', newValue: 'false' }],
    });
    expect(tenant.takeCalls()).toEqual(['GET users.get', 'PATCH users.patch']);
    expect(await tenant.records('call-1')).toEqual([report.record]);
    expect((await tenant.world.state.jobs.read()).demands).toEqual([
      expect.objectContaining({ linkedActive: -1, linkedDisabled: 1, removals: 1 }),
    ]);

    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual([]);
    const control = await tenant.world.state.jobs.read();
    expect(Object.values(control.removals)).toEqual([1]);
    expect(control.counters).toEqual({ linkedActive: 1, linkedDisabled: 1 });
    expect((await tenant.row(id))?.via).toEqual({});
  });

  it('is disabled after leaving the group, and a cycle that has not heard of it yet enables nobody', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada', { assigned: false });
    const group = tenant.group('Zoom', [id, tenant.join('ben', { assigned: false })]);
    await tenant.runCycle();
    tenant.graph.dir.removeMember(group, id);
    expect((await tenant.provision(id)).record.provisioningAction).toBe('disable');
    tenant.graph.addFault({ kind: 'status', status: 503 }, { routes: ['groupsDelta'] });
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    tenant.takeCalls();
    await tenant.runCycle();
    tenant.graph.clearFaults();
    await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual([]);
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });

  it('is disabled although the group was left before any cycle had read it', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ben');
    const id = tenant.join('ada', { assigned: false });
    const group = tenant.group('Zoom', [id, tenant.join('cem', { assigned: false })]);
    expect((await tenant.provision(id)).record.provisioningAction).toBe('create');
    tenant.graph.dir.removeMember(group, id);
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('cem')).toMatchObject({ status: 'active' });
    expect((await tenant.row(id))?.via).toEqual({});
  });

  it('is enabled by the next cycle where the reads on demand lied', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada', { assigned: false });
    const group = tenant.group('Zoom', [id]);
    await tenant.runCycle();
    const signal = new AbortController().signal;
    const truth = tenant.world.directory.readMemberships;
    Object.assign(tenant.world.directory, { readMemberships: async () => new Map([[id, []]]) });
    expect((await tenant.provision(id)).record.provisioningAction).toBe('disable');
    Object.assign(tenant.world.directory, { readMemberships: truth });
    expect((await tenant.clock.settle(truth([id], signal))).get(id)).toEqual([group]);
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 1 });
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });

  it('keeps the account where the second read does not agree', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.takeCalls();
    tenant.graph.addFault({ kind: 'rowMissing', principalId: id }, { routes: ['appRoleAssignedTo'], times: 1 });
    const report = await tenant.provision(id);
    expect(codeOf(report)).toBe('ScopeUnknown');
    expect(writesOf(tenant.takeCalls())).toEqual([]);
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    expect((await tenant.runCycle()).counts).toMatchObject({ zoomRequests: 0 });
  });

  it('keeps the account where the list comes back empty', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.takeCalls();
    tenant.graph.addFault({ kind: 'emptyList' }, { routes: ['appRoleAssignedTo'] });
    const report = await tenant.provision(id);
    expect(codeOf(report)).toBe('ScopeUnknown');
    expect(tenant.takeCalls()).toEqual([]);
  });

  it('is disabled when blocked', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    const report = await tenant.provision(id);
    expect(report.record.provisioningAction).toBe('disable');
    expect(report.steps[1]?.details).toMatchObject({ IsActive: 'False', Assigned: 'True' });
    expect((await tenant.runCycle()).counts).toMatchObject({ zoomRequests: 0 });
  });

  it('is disabled when soft-deleted, by id and by the name that went with it', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(id);
    const report = await tenant.provision(`ada@${domain}`);
    expect(report.record).toMatchObject({ provisioningAction: 'disable', sourceIdentity: { id } });
    expect(report.steps[1]?.details).toMatchObject({ existence: 'False: the user is in the recycle bin' });
    expect(codeOf(await tenant.provision(id))).toBe('NotEffectivelyEntitled');
    tenant.graph.dir.restoreUser(id);
    expect((await tenant.provision(id)).record.provisioningAction).toBe('update');
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });

  it('is disabled when purged, once no lag explains the absence', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(id);
    tenant.graph.dir.purgeUser(id);
    expect(codeOf(await tenant.provision(id))).toBe('ScopeUnknown');
    tenant.clock.advance(hourMs);
    const report = await tenant.provision(id);
    expect(report.record.provisioningAction).toBe('disable');
    expect(report.steps[1]?.details).toMatchObject({ existence: 'False: the user is gone' });
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });

  it('is disabled by the first cycle where the account was made on demand and its person deleted before', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada', { assigned: false });
    tenant.group('Everybody', [id, tenant.join('ben', { assigned: false })]);
    expect((await tenant.provision(id)).record.provisioningAction).toBe('create');
    tenant.graph.dir.deleteUser(id);
    await tenant.runCycle();
    await tenant.runCycle('incremental');
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('ben')).toMatchObject({ status: 'active' });
  });

  it('is not disabled because a replica does not know who another shows as a member', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada', { assigned: false });
    tenant.group('Everybody', [id]);
    await tenant.runCycle();
    tenant.clock.advance(hourMs);
    tenant.graph.addFault(
      { kind: 'status', status: 404, code: 'Request_ResourceNotFound' },
      { routes: ['user'], times: 2 },
    );
    expect(codeOf(await tenant.provision(id))).toBe('NotVisibleYet');
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });

  it('is disabled as the policy says, whatever the cycle’s guard would hold', async () => {
    const tenant = await createDemandTenant({
      engine: { deletionThreshold: 0, removalPolicy: { ...defaultRemovalPolicy, blocked: { kind: 'nothing' } } },
    });
    const id = tenant.join('ada');
    const kept = tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: id, appRoleId: licensedRoleId });
    tenant.graph.dir.updateUser(kept, { accountEnabled: false });
    expect((await tenant.provision(id)).record.provisioningAction).toBe('disable');
    expect(codeOf(await tenant.provision(kept))).toBe('EntrySynchronizationSkipped');
    expect(tenant.account('ben')).toMatchObject({ status: 'active' });
  });

  it('is carried out although the removal is held', async () => {
    const tenant = await createDemandTenant({ engine: { deletionThreshold: 0 } });
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ held: 1 });
    expect((await tenant.provision(id)).record.provisioningAction).toBe('disable');
    expect((await tenant.row(id))?.staged).toBeNull();
  });

  it('shows a removal in a dry run without carrying it out', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: id, appRoleId: licensedRoleId });
    tenant.takeCalls();
    const report = await tenant.provision(id, { isDryRun: true });
    expect(report.record).toMatchObject({
      provisioningAction: 'disable',
      modifiedProperties: [{ displayName: 'active', oldValue: 'true', newValue: 'false' }],
    });
    expect(tenant.takeCalls()).toEqual(['GET users.get']);
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });

  it('leaves a record of who was asked for, and keeps nothing else of a stranger', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ben');
    await tenant.runCycle();
    const id = tenant.join('ada', { assigned: false });
    tenant.takeCalls();
    const report = await tenant.provision(id);
    expect(codeOf(report)).toBe('NotEffectivelyEntitled');
    expect(await tenant.records('call-1')).toEqual([report.record]);
    expect(await tenant.row(id)).toBeUndefined();
    expect(tenant.takeCalls()).toEqual([]);
  });

  it('is still active where Zoom refuses, says so, and the next cycle tries again', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: id, appRoleId: licensedRoleId });
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'status', code: 500 } });
    const report = await tenant.provision(id);
    expect(report.record.provisioningStatusInfo.status).toBe('failure');
    expect(outline(report).at(-1)).toBe('EntryExportUpdate export failure');
    tenant.zoom.clearFaults();
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });
});
