import { handleRestart } from '../../lib/api/controlJob.js';
import { requestOf } from '../api/apiRequests.js';
import { createTenant, domain, servicePrincipalId, type Tenant } from '../fakes/tenant.js';

const caller = { objectId: 'admin', applicationId: null };
const configured = { isConfigured: async () => true };

/** `POST …/restart` and all that it puts on the queue. */
const restart = async (tenant: Tenant, resetScope: string) => {
  const params = { sp: servicePrincipalId, job: tenant.world.jobId };
  await handleRestart(tenant.world, configured, requestOf({ params, body: { criteria: { resetScope } } }), caller);
  while (tenant.queue.length > 0) await tenant.deliver();
  const { job } = await tenant.world.state.jobs.read();
  return job?.lastExecution;
};

/** Ada and Ben are provisioned; then somebody renames Ada's account in Zoom, so that no matching value leads to it. */
const renameInZoom = async () => {
  const tenant = await createTenant({ engine: { deletionThreshold: 0, deletionThresholdPercent: 100 } });
  const [ada, ben] = [tenant.join('ada'), tenant.join('ben')];
  await tenant.runCycle();
  const targetId = tenant.account('ada')?.id ?? '';
  const renamed = `renamed@${domain}`;
  tenant.zoom.seed({ users: [{ id: targetId, userName: renamed, email: renamed }] });
  tenant.takeCalls();
  return { tenant, ada, ben, targetId };
};

describe('a restart', () => {
  it('with no scope evaluates everybody and keeps every link', async () => {
    const { tenant, ada, targetId } = await renameInZoom();
    expect(await restart(tenant, '')).toMatchObject({ kind: 'initial', state: 'Succeeded' });
    expect(tenant.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual([]);
    expect((await tenant.row(ada))?.link).toMatchObject({ targetId, state: 'active' });
  });

  it.each(['Full', 'ConnectorDataStore'])(
    'with %s looks at an account by its id before it makes another',
    async (scope) => {
      const { tenant, ada, targetId } = await renameInZoom();
      expect(await restart(tenant, scope)).toMatchObject({ kind: 'initial', state: 'Succeeded' });
      const calls = tenant.takeCalls();
      expect(calls).toContain('GET users.get');
      expect(calls).not.toContain('POST users.create');
      expect((await tenant.row(ada))?.link).toMatchObject({ targetId, state: 'active' });
      expect(tenant.zoom.state().accounts.size).toBe(2);
    },
  );

  it('with Full makes an account anew only where the old one is gone', async () => {
    const { tenant, ada, targetId } = await renameInZoom();
    tenant.zoom.removeAccount(targetId);
    expect(await restart(tenant, 'Full')).toMatchObject({ state: 'Succeeded' });
    expect(tenant.takeCalls().filter((call) => call === 'POST users.create')).toHaveLength(1);
    expect((await tenant.row(ada))?.link?.targetId).toBe(tenant.account('ada')?.id);
  });

  it('with Full neither carries out what is held nor forgets whose account it is; ForceDeletes carries it out', async () => {
    const { tenant, ben } = await renameInZoom();
    tenant.graph.dir.updateUser(ben, { accountEnabled: false });
    await tenant.runCycle();
    const held = await tenant.row(ben);
    expect(held).toMatchObject({ staged: { state: 'held' }, link: { state: 'active' } });
    await restart(tenant, 'Full');
    expect(await tenant.row(ben)).toMatchObject({
      staged: { state: 'held' },
      link: { targetId: held?.link?.targetId },
    });
    expect(tenant.account('ben')?.status).toBe('active');
    await restart(tenant, 'ForceDeletes');
    expect(tenant.account('ben')?.status).not.toBe('active');
    expect((await tenant.row(ben))?.link).toMatchObject({ state: 'disabled' });
  });

  it('with Full lets go of whoever is out of scope, and keeps the place where the account is', async () => {
    const { tenant, ben } = await renameInZoom();
    tenant.configure({ skipOutOfScopeDeletions: true });
    tenant.graph.dir.unassign({ principalId: ben });
    await tenant.runCycle();
    await tenant.runCycle();
    await restart(tenant, 'Full');
    expect((await tenant.row(ben))?.link).toMatchObject({ state: 'detached' });
    expect(tenant.account('ben')?.status).toBe('active');
  });

  it('with Escrows tries no failure again until the object changes', async () => {
    const { tenant } = await renameInZoom();
    const cem = tenant.join('cem');
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'user.conflict' } });
    await tenant.runCycle();
    expect((await tenant.row(cem))?.pending?.fault).not.toBeNull();
    await restart(tenant, 'Escrows');
    expect((await tenant.row(cem))?.pending ?? null).toBeNull();
    tenant.takeCalls();
    await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual([]);
  });
});
