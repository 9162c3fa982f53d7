import { listDrift } from '../../lib/api/drift.js';
import { toSynchronizationJob } from '../../lib/api/synchronizationJob.js';
import { alterByHand, createLinkedTenant } from '../engine/reconcile/alteredZoom.js';
import { jobRequest, operate } from '../fakes/operator.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';

interface DriftBody {
  readonly mode: string | null;
  readonly reconciledDateTime: string | null;
  readonly value: readonly { readonly id: string | null; readonly targetId: string; readonly kind: string }[];
  readonly '@odata.nextLink'?: string;
}

const ask = async (tenant: Tenant, query = ''): Promise<DriftBody> => {
  const { body } = await listDrift(tenant.world, jobRequest(tenant, undefined, query));
  return Object(body);
};

describe('the report of drift', () => {
  it('is empty before the first reconcile cycle', async () => {
    const tenant = await createTenant();
    expect(await ask(tenant)).toEqual({ mode: null, reconciledDateTime: null, value: [] });
  });

  it('tells what was found, by kind, and what the log must not show it does not', async () => {
    const tenant = await createLinkedTenant();
    const stranger = alterByHand(tenant);
    await tenant.runCycle('reconcile');
    const { mode, reconciledDateTime, value } = await ask(tenant);
    expect({ mode, reconciledDateTime }).toEqual({ mode: 'report', reconciledDateTime: expect.any(String) });
    expect(value.map(({ kind }) => kind)).toEqual(['active', 'active', 'differs', 'differs', 'missing', 'unmanaged']);
    expect(value).toContainEqual({
      id: tenant.id('cem'),
      objectType: 'User',
      targetId: tenant.target('cem'),
      kind: 'active',
      differences: [{ path: 'active', wanted: true, found: false }],
    });
    expect((await ask(tenant, "?$filter=kind eq 'unmanaged'")).value).toMatchObject([{ id: null, targetId: stranger }]);
    expect((await ask(tenant, `?$filter=id eq '${tenant.id('ben')}'`)).value).toMatchObject([{ kind: 'differs' }]);
    await expect(ask(tenant, '?$filter=colour eq 1')).rejects.toMatchObject({ status: 400 });
  });

  it('comes in pages, and says when the one that is being read was replaced', async () => {
    const tenant = await createLinkedTenant();
    alterByHand(tenant);
    await tenant.runCycle('reconcile');
    const seen: string[] = [];
    let query = '?$top=4';
    let link: string | undefined;
    do {
      const page = await ask(tenant, query);
      seen.push(...page.value.map(({ targetId }) => targetId));
      link = page['@odata.nextLink'];
      if (link !== undefined) query = new URL(link).search;
    } while (link !== undefined);
    expect(new Set(seen).size).toBe(6);
    expect(seen).toHaveLength(6);
    await tenant.runCycle('reconcile');
    await expect(ask(tenant, query)).rejects.toMatchObject({ status: 400 });
  });

  it('has its counts in the status of the job', async () => {
    const tenant = await createLinkedTenant();
    alterByHand(tenant);
    await tenant.runCycle('reconcile');
    const { job, ...control } = await tenant.world.state.jobs.read();
    if (!job) throw new Error('The job is there.');
    const view = { deployed: tenant.options().settings, isConfigured: true };
    const { status } = toSynchronizationJob({ ...control, job }, view, tenant.clock.nowMs());
    expect(status.synchronizedEntryCountByType).toEqual([
      { key: 'User', value: 7 },
      { key: 'driftMissing', value: 1 },
      { key: 'driftDiffers', value: 2 },
      { key: 'driftActive', value: 2 },
      { key: 'driftUnmanaged', value: 1 },
    ]);
  });

  it('lists whom a full restart let go and nobody was matched with, until somebody is', async () => {
    const tenant = await createLinkedTenant();
    const operator = operate(tenant);
    await operator.restart('Full');
    await operator.drain();
    expect((await ask(tenant)).value).toMatchObject([
      { id: tenant.id('gus'), targetId: tenant.target('gus'), kind: 'unmanaged' },
    ]);
    tenant.graph.dir.updateUser(tenant.id('gus'), { accountEnabled: true });
    await tenant.runCycle();
    await tenant.runCycle('initial');
    expect((await ask(tenant)).value).toEqual([]);
  });
});
