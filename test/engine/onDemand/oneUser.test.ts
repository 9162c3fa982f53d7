import { domain } from '../../fakes/tenant.js';
import { caller, codeOf, createDemandTenant, outline } from './demandTenant.js';

const minuteMs = 60_000;

describe('one user on demand', () => {
  it('is created, before any cycle has seen the assignment, and the next cycle leaves the account alone', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ben');
    await tenant.runCycle();
    tenant.takeCalls();
    const id = tenant.join('ada');
    const report = await tenant.provision(id);
    expect(tenant.account('ada')).toMatchObject({ status: 'active', userType: 'Licensed' });
    expect(outline(report)).toEqual([
      'EntryImport import success',
      'EntrySynchronizationScoping scoping success',
      'EntryImport matching success',
      'EntrySynchronizationAdd processing success',
      'EntryExportAdd export success',
    ]);
    expect(tenant.takeCalls()).toEqual(['GET users.filter', 'POST users.create']);
    expect(report.record).toMatchObject({
      provisioningAction: 'create',
      initiatedBy: caller,
      provisioningStatusInfo: { status: 'success', errorInformation: null },
    });
    expect(await tenant.records('call-1')).toEqual([report.record]);

    const { counts } = await tenant.runCycle();
    expect(counts).toMatchObject({ zoomRequests: 0 });
    const quiet = await tenant.runCycle();
    expect(quiet.counts).toMatchObject({ zoomRequests: 0 });
    expect(await tenant.records(quiet.cycleId)).toEqual([]);
  });

  it('is shown with what was read, each gate and what was sent', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    const [source, scope, match, action, result] = (await tenant.provision(id)).steps;
    expect(source?.details).toMatchObject({ objectId: id, userPrincipalName: `ada@${domain}`, accountEnabled: 'True' });
    expect(scope?.details).toMatchObject({
      IsActive: 'True',
      Assigned: 'True',
      IsEffectivelyEntitledForProvisioning: 'True',
      IsInProvisioningScopeDisplayName: 'True',
      assignment: 'True: assigned directly',
      accountEnabled: 'True: accountEnabled is true',
    });
    expect(match?.details).toEqual({ MatchedBy: `userName eq ada@${domain}` });
    expect(action?.details).toMatchObject({ userName: `ada@${domain}`, userType: 'Licensed' });
    expect(result).toMatchObject({ status: 'success', details: { displayName: 'ada Example' } });
  });

  it('is in scope by a group that no cycle has read yet', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ben');
    await tenant.runCycle();
    const id = tenant.join('ada', { assigned: false });
    const group = tenant.group('Zoom', [id]);
    const report = await tenant.provision(id);
    expect(report.record.provisioningAction).toBe('create');
    expect(report.steps[1]?.details).toMatchObject({ assignment: `True: member of group ${group}` });
    tenant.takeCalls();
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual([]);
    tenant.graph.dir.removeMember(group, id);
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });

  it('is adopted where the account stands in Zoom already', async () => {
    const tenant = await createDemandTenant();
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}`, department: 'Old' }] });
    const report = await tenant.provision(tenant.join('ada', { department: 'New' }));
    expect(outline(report).slice(2)).toEqual([
      'EntryImport matching success',
      'EntrySynchronizationUpdate processing success',
      'EntryExportUpdate export success',
    ]);
    expect(report.steps[2]?.details).toMatchObject({ id: tenant.account('ada')?.id, active: 'True' });
    expect(report.record.modifiedProperties).toContainEqual(
      expect.objectContaining({ oldValue: 'Old', newValue: 'New' }),
    );
    expect(tenant.zoom.state().accounts.size).toBe(1);
  });

  it('is updated with the difference to what Zoom holds', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    tenant.takeCalls();
    const report = await tenant.provision(id);
    expect(tenant.takeCalls()).toEqual(['GET users.get', 'PUT users.put']);
    expect(report.record).toMatchObject({
      provisioningAction: 'update',
      modifiedProperties: [expect.objectContaining({ oldValue: 'Sales', newValue: 'Legal' })],
    });
  });

  it('gets back what somebody changed in Zoom', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    const account = tenant.account('ada');
    await tenant.inZoom((target, signal) => target.updateUser(account?.id ?? '', { displayName: 'Somebody' }, signal));
    const report = await tenant.provision(id);
    expect(report.record.modifiedProperties).toEqual([
      { displayName: 'displayName', oldValue: 'Somebody', newValue: 'ada Example' },
    ]);
    expect(tenant.account('ada')).toMatchObject({ displayName: 'ada Example' });
  });

  it('is left alone where both sides agree', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.takeCalls();
    const report = await tenant.provision(id);
    expect(outline(report)).toEqual([
      'EntryImport import success',
      'EntrySynchronizationScoping scoping success',
      'EntryImport matching success',
      'EntrySynchronizationSkip export skipped',
    ]);
    expect(report.steps[3]?.details).toEqual({ SkipReason: 'RedundantExport' });
    expect(codeOf(report)).toBe('RedundantExport');
    expect(report.record.provisioningAction).toBe('other');
    expect(tenant.takeCalls()).toEqual(['GET users.get']);
  });

  it('is found by userPrincipalName and by mail, in any case', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    tenant.graph.dir.updateUser(id, { mail: 'ada.lovelace@mail.example' });
    expect((await tenant.provision(`ADA@${domain}`)).record.sourceIdentity.id).toBe(id);
    expect((await tenant.provision('Ada.Lovelace@mail.example')).record.sourceIdentity.id).toBe(id);
  });

  it('is matched anew where the account vanished from Zoom', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    await tenant.inZoom((target, signal) => target.deleteUser(tenant.account('ada')?.id ?? '', signal));
    const report = await tenant.provision(id);
    expect(report.record.provisioningAction).toBe('create');
    expect(report.steps[2]?.details).toHaveProperty('InvalidAnchor');
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });

  it('works while the job is paused, off or in quarantine', async () => {
    const tenant = await createDemandTenant();
    for (const [name, status] of [
      ['ada', 'paused'],
      ['ben', 'off'],
      ['cem', 'on'],
    ] as const) {
      const since = new Date(tenant.clock.nowMs()).toISOString();
      const quarantine = { reason: 'EncounteredQuarantineException', since, until: null, fault: null };
      await tenant.world.state.jobs.updateJob((job) => ({ ...job, status, quarantine }));
      await tenant.provision(tenant.join(name));
      expect(tenant.account(name)).toMatchObject({ status: 'active' });
    }
  });

  it('shows the steps without the last in a dry run, and changes nothing', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    const report = await tenant.provision(id, { isDryRun: true });
    expect(outline(report)).toEqual([
      'EntryImport import success',
      'EntrySynchronizationScoping scoping success',
      'EntryImport matching success',
      'EntrySynchronizationAdd processing success',
    ]);
    expect(report.record).toMatchObject({
      provisioningAction: 'create',
      provisioningStatusInfo: { status: 'skipped' },
    });
    expect(codeOf(report)).toBe('DryRun');
    expect(report.record.modifiedProperties).toContainEqual({
      displayName: 'active',
      oldValue: null,
      newValue: 'true',
    });
    expect(tenant.account('ada')).toBeUndefined();
    expect(await tenant.row(id)).toBeUndefined();
    expect(await tenant.records('call-1')).toEqual([]);
  });

  it('tells of an account that came out invited, and that the invitation is open', async () => {
    const tenant = await createDemandTenant({ zoom: { associatedDomains: ['elsewhere.example'] } });
    const id = tenant.join('ada');
    expect((await tenant.provision(id)).record.provisioningAction).toBe('create');
    tenant.takeCalls();
    const report = await tenant.provision(id);
    expect(codeOf(report)).toBe('Invited');
    expect(outline(report).slice(2)).toEqual([
      'EntryImport matching success',
      'EntrySynchronizationSkip export skipped',
    ]);
    expect(tenant.takeCalls()).toEqual(['GET users.get']);
  });

  it('does not create again whom Zoom calls pending or foreign', async () => {
    const tenant = await createDemandTenant();
    tenant.zoom.seed({ foreign: [`ada@${domain}`] });
    const report = await tenant.provision(tenant.join('ada'));
    expect(codeOf(report)).toBe('PendingOrForeign');
    expect(outline(report)[2]).toBe('EntryImport matching skipped');
    expect(tenant.takeCalls()).toEqual(['GET users.filter']);
    expect(await tenant.records('call-1')).toEqual([report.record]);
  });

  it('fails where several accounts match', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    const resource = (n: number) => ({ id: `account${n}`, userName: `ada@${domain}`, active: true });
    const body = JSON.stringify({ totalResults: 2, Resources: [resource(1), resource(2)] });
    tenant.zoom.addFault({ on: 'users.filter', fault: { mode: 'status', code: 200, body }, times: 1 });
    const report = await tenant.provision(id);
    expect(codeOf(report)).toBe('DuplicateTargetEntries');
    expect(report.steps[2]).toMatchObject({ status: 'failure', details: { id: 'account1, account2' } });
    expect(report.record.provisioningStatusInfo.status).toBe('failure');
    expect(tenant.takeCalls()).toEqual(['GET users.filter']);
  });

  it('fails where Zoom is down, shows the connection as the first step, and the next cycle tries again', async () => {
    const tenant = await createDemandTenant();
    const id = tenant.join('ada');
    tenant.zoom.addFault({ on: 'users.*', fault: { mode: 'status', code: 503 } });
    const report = await tenant.provision(id);
    expect(outline(report)[0]).toBe('TestConnection import failure');
    expect(report.record.provisioningStatusInfo).toMatchObject({ status: 'failure' });
    expect(await tenant.records('call-1')).toEqual([report.record]);
    expect((await tenant.row(id))?.pending).toMatchObject({ reason: 'failed', attempts: 1 });
    tenant.zoom.clearFaults();
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
  });

  it('is nobody where neither the directory nor the log knows the name', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ada');
    expect(await tenant.ask('99999999-9999-4999-8999-999999999999')).toEqual({ kind: 'unknown' });
    expect(await tenant.ask(`nobody@${domain}`)).toEqual({ kind: 'unknown' });
    expect(tenant.takeCalls()).toEqual([]);
    expect(await tenant.records('call-1')).toEqual([]);
  });

  it('is ambiguous where one has as mail what another has as userPrincipalName', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ada');
    tenant.graph.dir.updateUser(tenant.join('ben'), { mail: `ada@${domain}` });
    expect(await tenant.ask(`ada@${domain}`)).toEqual({ kind: 'ambiguous' });
    expect(tenant.takeCalls()).toEqual([]);
  });

  it('counts among the linked users with the next checkpoint', async () => {
    const tenant = await createDemandTenant();
    tenant.join('ada');
    await tenant.runCycle();
    await tenant.provision(tenant.join('ben'));
    const before = await tenant.world.state.jobs.read();
    expect(before.demands).toEqual([expect.objectContaining({ linkedActive: 1, linkedDisabled: 0, removals: 0 })]);
    tenant.clock.advance(minuteMs);
    await tenant.runCycle();
    const after = await tenant.world.state.jobs.read();
    expect(after.demands).toEqual([]);
    expect(after.counters).toEqual({ linkedActive: 2, linkedDisabled: 0 });
  });
});
