import { removePreview, startPreview } from '../../../lib/engine/preview/startPreview.js';
import { defaultRemovalPolicy } from '../../../lib/engine/removalPolicy.js';
import { pauseJob } from '../../../lib/engine/restart.js';
import { builtInZoomSchema } from '../../../lib/schema/builtInZoomSchema.js';
import { tableNames } from '../../../lib/state/names.js';
import { operate } from '../../fakes/operator.js';
import { createPreviewedTenant, type PreviewedTenant } from '../../fakes/previewedTenant.js';
import { basicRoleId } from '../../fakes/tenant.js';

const actionsOf = async ({ previewer }: PreviewedTenant, order: Parameters<typeof previewer.show>[0] = {}) => {
  const { preview, operations } = await previewer.show(order);
  return { preview, actions: operations.map(({ action, sourceId }) => `${action} ${sourceId}`).sort() };
};

/** Six people with accounts. */
const synchronised = async (options: Parameters<typeof createPreviewedTenant>[0] = {}) => {
  const previewed = await createPreviewedTenant(options);
  const { tenant } = previewed;
  const ids = Array.from({ length: 6 }, (_none, number) => tenant.join(`user${number}`));
  await tenant.runCycle();
  await tenant.runCycle();
  const [ada = '', ben = '', cem = '', ...others] = ids;
  return { previewed, tenant, ids, ada, ben, cem, others };
};

const rowsOf = async ({ tables }: PreviewedTenant): Promise<number> =>
  (await tables.table(tableNames.preview).listKeys({ from: '', before: '~' }, 1_000)).length;

describe('a preview', () => {
  it('counts and lists what the next cycle would do, with values and reasons', async () => {
    const { previewed, tenant, ada, ben } = await synchronised();
    const dia = tenant.join('dia');
    tenant.graph.dir.updateUser(ada, { department: 'Legal' });
    tenant.graph.dir.updateUser(ben, { accountEnabled: false });
    tenant.takeCalls();
    const { preview, operations } = await previewed.previewer.show();
    expect(preview).toMatchObject({ state: 'completed', report: { kind: 'incremental', isIncomplete: false } });
    expect(preview.report?.counts).toMatchObject({ create: 1, update: 1, disable: 1, delete: 0, hold: 0, fail: 0 });
    expect(operations).toContainEqual({
      id: expect.any(String),
      action: 'update',
      sourceId: ada,
      sourceName: 'user0 Example',
      userPrincipalName: 'user0@contoso.example',
      targetId: tenant.account('user0')?.id,
      code: null,
      reason: expect.stringContaining('assignment: assigned directly'),
      modifiedProperties: [{ displayName: expect.stringMatching(/department$/), oldValue: 'Sales', newValue: 'Legal' }],
    });
    expect(operations.find(({ action }) => action === 'disable')).toMatchObject({
      sourceId: ben,
      reason: expect.stringContaining('accountEnabled is false'),
    });
    expect(operations.find(({ action }) => action === 'create')).toMatchObject({ sourceId: dia, targetId: null });
    expect(tenant.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual([]);
    expect(tenant.account('dia')).toBeUndefined();
  });

  it('shows what the guard would hold, and with other settings what it would let through', async () => {
    const { previewed, tenant, ids } = await synchronised({ engine: { deletionThreshold: 1 } });
    for (const id of ids) tenant.graph.dir.updateUser(id, { accountEnabled: false });
    const held = await actionsOf(previewed);
    expect(held.actions).toEqual(ids.map((id) => `hold ${id}`).sort());
    expect(held.preview.report?.counts).toMatchObject({ hold: 6, disable: 0 });
    const released = await actionsOf(previewed, { settings: { deletionThreshold: 6, deletionThresholdPercent: 100 } });
    expect(released.actions).toEqual(ids.map((id) => `disable ${id}`).sort());
    expect(tenant.notices).toEqual([]);
    expect((await tenant.world.state.jobs.readJob())?.quarantine).toBeNull();
  });

  it('goes by its own settings, then the job’s, then the deployment’s', async () => {
    const { previewed, tenant, ada } = await synchronised({ engine: { deletionThresholdPercent: 100 } });
    const removalPolicy = { ...defaultRemovalPolicy, blocked: { kind: 'nothing' } } as const;
    await tenant.world.state.jobs.updateJob((job) => ({ ...job, settings: { ...job.settings, removalPolicy } }));
    tenant.graph.dir.updateUser(ada, { accountEnabled: false });
    expect((await actionsOf(previewed)).actions).not.toContain(`disable ${ada}`);
    const asked = await actionsOf(previewed, { settings: { removalPolicy: defaultRemovalPolicy } });
    expect(asked.actions).toContain(`disable ${ada}`);
    expect((await tenant.world.state.jobs.readJob())?.settings.removalPolicy).toEqual(removalPolicy);
  });

  it('of a scope that is not saved looks at everybody it would reach', async () => {
    const { previewed, tenant } = await synchronised();
    const outsider = tenant.join('outsider', { assigned: false });
    expect((await actionsOf(previewed)).actions).not.toContain(`create ${outsider}`);
    const { preview, actions } = await actionsOf(previewed, { settings: { scopeMode: 'all' } });
    expect(preview.report?.kind).toBe('initial');
    expect(actions).toContain(`create ${outsider}`);
  });

  it('of a schema that is not saved shows what that would change, and leaves the one in force', async () => {
    const { previewed, tenant, ids } = await synchronised();
    tenant.takeCalls();
    const text = JSON.stringify(builtInZoomSchema).replaceAll(
      '[department]',
      'Join(\\" \\", \\"Dept\\", [department])',
    );
    const { preview, operations } = await previewed.previewer.show({ schemaText: text, isDraftSchema: true });
    expect(preview).toMatchObject({ isDraftSchema: true, report: { kind: 'initial', counts: { update: 6 } } });
    const [first] = operations;
    expect(first?.modifiedProperties).toMatchObject([{ oldValue: 'Sales', newValue: 'Dept Sales' }]);
    expect(
      operations
        .filter(({ action }) => action === 'update')
        .map(({ sourceId }) => sourceId)
        .sort(),
    ).toEqual([...ids].sort());
    expect(await tenant.runCycle()).toMatchObject({ kind: 'incremental' });
    expect(tenant.takeCalls().filter((call) => call.includes('put'))).toEqual([]);
  });

  it('works while the job is paused, and beside a cycle that holds the lease', async () => {
    const { previewed, tenant } = await synchronised();
    const dia = tenant.join('dia');
    await tenant.world.state.jobs.updateJob(pauseJob);
    expect((await actionsOf(previewed)).actions).toContain(`create ${dia}`);
    expect((await tenant.world.state.jobs.readJob())?.status).toBe('paused');
    const lease = await tenant.world.state.jobs.takeLease('a cycle', 90_000);
    expect((await actionsOf(previewed)).actions).toContain(`create ${dia}`);
    expect(lease?.isLost()).toBe(false);
    expect((await tenant.world.state.jobs.read()).lease?.owner).toBe('a cycle');
  });

  it('shows a rename as it is asked, though Zoom may ignore it', async () => {
    const { previewed, tenant, ada } = await synchronised({ zoom: { emailChange: 'ignore' } });
    tenant.graph.dir.updateUser(ada, { userPrincipalName: 'ada2@contoso.example', mail: 'ada2@contoso.example' });
    const { operations } = await previewed.previewer.show();
    const records = await tenant.records((await tenant.runCycle()).cycleId);
    const record = records.find(({ sourceIdentity }) => sourceIdentity.id === ada);
    expect(record?.provisioningStatusInfo.errorInformation?.errorCode).toBe('NotApplied');
    const shown = operations.find(({ sourceId }) => sourceId === ada);
    expect(shown).toMatchObject({ action: 'update', modifiedProperties: record?.modifiedProperties });
  });

  it('sees the accounts and names that it pretends to have written', async () => {
    const { previewed, tenant, ada } = await synchronised({ zoom: { userNameFollowsEmail: true } });
    tenant.graph.dir.updateUser(ada, { userPrincipalName: 'ada2@contoso.example', mail: 'ada2@contoso.example' });
    const heir = tenant.join('user0', { roleId: basicRoleId });
    const { operations } = await previewed.previewer.show({ kind: 'initial' });
    expect(operations.filter(({ sourceId }) => sourceId === ada)).toMatchObject([{ action: 'update' }]);
    const records = await tenant.records((await tenant.runCycle('initial')).cycleId);
    const done = records.find(({ sourceIdentity }) => sourceIdentity.id === heir);
    expect(operations.find(({ sourceId }) => sourceId === heir)?.action).toBe(
      done?.provisioningStatusInfo.status === 'failure' ? 'fail' : done?.provisioningAction,
    );
  });
});

describe('the report of a preview', () => {
  it('takes the place of the one before, goes by itself after three days and at once when asked', async () => {
    const { previewed, tenant } = await synchronised();
    tenant.join('dia');
    const first = await previewed.previewer.show();
    const second = await previewed.previewer.show();
    expect(second.preview.previewId).not.toBe(first.preview.previewId);
    expect((await previewed.previewer.store.read())?.previewId).toBe(second.preview.previewId);
    await previewed.previewer.outlast();
    expect(await rowsOf(previewed)).toBe(0);
    await previewed.previewer.show();
    expect(await previewed.previewer.remove()).toBe(true);
    expect(await previewed.previewer.remove()).toBe(false);
    await previewed.previewer.outlast();
    expect(await rowsOf(previewed)).toBe(0);
  });

  it('is one at a time, unless the one that runs has stood still for half an hour', async () => {
    const { previewed, tenant } = await synchronised();
    const { previewer } = previewed;
    const parts = { world: tenant.world, store: previewer.store, queue: { send: async () => undefined } };
    const order = { kind: 'incremental', settings: {}, schemaText: '{}', isDraftSchema: false } as const;
    const begun = await startPreview(order, parts);
    expect(await startPreview(order, parts)).toEqual({ kind: 'running', previewId: begun.previewId });
    tenant.clock.advance(31 * 60_000);
    expect(await startPreview(order, parts)).toMatchObject({ kind: 'begun' });
    expect(await removePreview(parts)).toBe(true);
  });

  it('goes with its job', async () => {
    const { previewed, tenant } = await synchronised();
    await previewed.previewer.show();
    expect(await rowsOf(previewed)).toBeGreaterThan(0);
    const operator = operate(tenant);
    await operator.delete();
    await operator.drain();
    expect(await rowsOf(previewed)).toBe(0);
  });
});

describe('what a preview costs', () => {
  it.each([20, 200])(
    'is what the cycle would read, and for k changes nothing that grows with %i users',
    async (users) => {
      const previewed = await createPreviewedTenant({ graph: { usersPerPage: 200 } });
      const { tenant } = previewed;
      const ids = Array.from({ length: users }, (_none, number) => tenant.join(`user${number}`));
      await tenant.runCycle();
      await tenant.runCycle();
      const idle = (await previewed.previewer.show()).preview.report;
      expect(idle).toMatchObject({ graphRequests: 2, zoomRequests: 0 });
      for (const id of ids.slice(0, 5)) tenant.graph.dir.updateUser(id, { department: 'Legal' });
      tenant.join('dia');
      const { report } = (await previewed.previewer.show()).preview;
      const { counts } = await tenant.runCycle();
      expect(report?.counts).toMatchObject({ create: 1, update: 5 });
      expect(report?.graphRequests).toBe(counts.graphRequests);
      // Each account that would be changed is read once, and the name of a new one is asked for.
      expect(report?.zoomRequests).toBeLessThanOrEqual((counts.zoomRequests ?? 0) + 1);
    },
  );
});
