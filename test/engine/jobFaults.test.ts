import { createTenant } from '../fakes/tenant.js';

describe('faults that are nobody’s in particular', () => {
  it.each([
    ['wrong credentials', { on: 'oauth.token', fault: { mode: 'token.clientSecretWrong' } }, 'oauth'],
    ['single sign-on switched off', { on: 'users.create', fault: { mode: 'account.ssoOff' } }, 'scim2'],
    ['a lost permission', { on: 'users.create', fault: { mode: 'account.permissionLost' } }, 'scim2'],
  ] as const)('end the cycle with %s, name the request, and heal with the next one', async (_what, fault, path) => {
    const tenant = await createTenant();
    const ids = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
    tenant.zoom.addFault(fault);
    const failed = await tenant.runCycle();
    expect(failed.state).toBe('Failed');
    expect(failed.fault).toMatchObject({
      whose: 'job',
      request: { service: 'zoom', path: expect.stringContaining(path) },
    });
    expect(failed.fault?.recommendedAction).not.toBe('');
    const { job } = await tenant.world.state.jobs.read();
    expect(job?.quarantine).toMatchObject({
      reason: 'EncounteredQuarantineException',
      fault: { code: failed.fault?.code },
    });
    expect(job?.failuresInARow).toBe(1);

    tenant.zoom.clearFaults();
    expect(await tenant.runCycle()).toMatchObject({ state: 'Succeeded', kind: 'initial' });
    expect(tenant.zoom.state().accounts.size).toBe(ids.length);
    const healed = await tenant.world.state.jobs.read();
    expect(healed.job).toMatchObject({ quarantine: null, failuresInARow: 0 });
  });

  it('end the removals of a cycle too, and disable them with the next one', async () => {
    const tenant = await createTenant();
    const ids = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
    await tenant.runCycle();
    tenant.graph.dir.updateUser(ids[0] ?? '', { accountEnabled: false });
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'account.permissionLost' } });
    expect(await tenant.runCycle()).toMatchObject({ state: 'Failed' });
    expect((await tenant.world.state.jobs.read()).job?.quarantine).not.toBeNull();
    tenant.zoom.clearFaults();
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
  });

  it('are shown with the request where only a list or stream could not be read', async () => {
    const tenant = await createTenant();
    tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.addFault({ kind: 'status', status: 503 }, { routes: ['usersDelta'] });
    const summary = await tenant.runCycle();
    expect(summary).toMatchObject({ state: 'EntryLevelErrors', fault: { code: 'SourceUnavailable', whose: 'source' } });
    expect(summary.fault?.request).toMatchObject({ service: 'graph', status: 503 });
    const { job } = await tenant.world.state.jobs.read();
    expect(job).toMatchObject({ quarantine: null, failuresInARow: 0 });
  });

  it('do not stop the reading of the source while Zoom is down', async () => {
    const tenant = await createTenant();
    const ids = ['ada', 'ben'].map((name) => tenant.join(name));
    await tenant.runCycle();
    for (const id of ids) tenant.graph.dir.updateUser(id, { department: 'Legal' });
    tenant.zoom.addFault({ on: '*', fault: { mode: 'status', code: 503 } });
    const down = await tenant.runCycle();
    expect(down).toMatchObject({ state: 'EntryLevelErrors', counts: { failed: 2 } });
    expect((await tenant.world.state.jobs.read()).marks[0]?.endedIn).toBe(down.cycleId);
    tenant.zoom.clearFaults();
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 2 });
  });
});
