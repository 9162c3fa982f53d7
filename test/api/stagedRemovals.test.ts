import { listEscrows } from '../../lib/api/escrows.js';
import { listStagedRemovals, rejectStagedRemovals, releaseStagedRemovals } from '../../lib/api/stagedRemovals.js';
import { createTenant, servicePrincipalId, type Tenant } from '../fakes/tenant.js';
import { requestOf } from './apiRequests.js';

const caller = { objectId: 'admin-1', applicationId: null, kind: 'user' } as const;

const holding = async (count = 4) => {
  const tenant = await createTenant({ engine: { deletionThreshold: 1, deletionThresholdPercent: 100 } });
  const everybody = Array.from({ length: 6 }, (_, number) => tenant.join(`user${number}`));
  const ids = everybody.slice(0, count);
  await tenant.runCycle();
  for (const id of ids) tenant.graph.dir.updateUser(id, { accountEnabled: false });
  await tenant.runCycle();
  return { tenant, ids, others: everybody.slice(count) };
};

const ask = ({ world }: Tenant, body?: unknown, query = '') =>
  requestOf({
    method: body === undefined ? 'GET' : 'POST',
    params: { sp: servicePrincipalId, job: world.jobId },
    query,
    ...(body === undefined ? {} : { body }),
  });

const listOf = async (tenant: Tenant) =>
  (await listStagedRemovals(tenant.world, ask(tenant))).body as { value: unknown[] };
const inactive = (tenant: Tenant): number =>
  [...tenant.zoom.state().accounts.values()].filter(({ status }) => status === 'inactive').length;
const quarantineOf = async (tenant: Tenant) => (await tenant.world.state.jobs.read()).job?.quarantine ?? null;

describe('removals that are held', () => {
  it('are listed with what they are and why', async () => {
    const { tenant, ids } = await holding();
    const { value } = await listOf(tenant);
    expect(value).toHaveLength(4);
    expect(value).toContainEqual({
      id: ids[0],
      displayName: 'user0 Example',
      trigger: 'blocked',
      removal: 'disable',
      state: 'held',
      since: expect.any(String),
      due: null,
      incident: expect.any(String),
      releasedBy: null,
      releasedDateTime: null,
      stillActive: false,
    });
  });

  it('are carried out when released, all of them, in a cycle that is queued at once', async () => {
    const { tenant } = await holding();
    expect(await releaseStagedRemovals(tenant.world, ask(tenant, {}), caller)).toMatchObject({ status: 204 });
    expect(await quarantineOf(tenant)).toBeNull();
    const result = await tenant.deliver();
    expect(result).toMatchObject({ kind: 'finished', summary: { counts: { disabled: 4 } } });
    expect(result.kind === 'finished' && result.summary.counts.removalsCarriedOut).toBeFalsy();
    expect(inactive(tenant)).toBe(4);
    expect((await tenant.world.state.jobs.read()).removals).toEqual({});
  });

  it('go part by part, and the rest stays held', async () => {
    const { tenant, ids } = await holding();
    await releaseStagedRemovals(tenant.world, ask(tenant, { ids: ids.slice(0, 2) }), caller);
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 2 });
    expect(await quarantineOf(tenant)).toMatchObject({ reason: 'TooManyDeletes' });
    expect((await listOf(tenant)).value).toHaveLength(2);
  });

  it('are not carried out where a fresh read no longer says so', async () => {
    const { tenant, ids } = await holding();
    for (const id of ids) tenant.graph.dir.updateUser(id, { accountEnabled: true });
    await releaseStagedRemovals(tenant.world, ask(tenant, {}), caller);
    await tenant.runCycle();
    expect(inactive(tenant)).toBe(0);
    expect((await listOf(tenant)).value).toEqual([]);
  });

  it('go although others are held in the same cycle', async () => {
    const { tenant, ids, others } = await holding(3);
    await releaseStagedRemovals(tenant.world, ask(tenant, { ids: ids.slice(0, 1) }), caller);
    for (const id of others) tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1, held: 3 });
    expect(inactive(tenant)).toBe(1);
  });

  it('stay undone when rejected, until their people were in scope in between', async () => {
    const { tenant, ids } = await holding(2);
    await rejectStagedRemovals(tenant.world, ask(tenant, {}), caller);
    expect(await quarantineOf(tenant)).toBeNull();
    expect((await listOf(tenant)).value).toEqual([]);
    const [first = ''] = ids;
    tenant.graph.dir.updateUser(first, { department: 'Legal' });
    expect((await tenant.runCycle()).counts.disabled).toBeUndefined();
    await tenant.runCycle('initial');
    expect(inactive(tenant)).toBe(0);
    tenant.graph.dir.updateUser(first, { accountEnabled: true });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(first, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
  });

  it('are refused where nothing is staged for an id, and where the body is wrong', async () => {
    const { tenant, ids } = await holding();
    const release = (body: unknown) => releaseStagedRemovals(tenant.world, ask(tenant, body), caller);
    await expect(release({ ids: [ids[0], 'nobody'] })).rejects.toMatchObject({ status: 404, target: 'nobody' });
    await expect(release({ ids: [] })).rejects.toMatchObject({ status: 400 });
    expect((await listOf(tenant)).value).toHaveLength(4);
  });
});

/** A tenant where a refused licence is a failure. */
const withoutSeats = () => createTenant({ engine: { licencePolicy: 'fail' } });

describe('escrows', () => {
  it('show the attempt, the request and the answer, what to do and when the next one comes', async () => {
    const tenant = await withoutSeats();
    const id = tenant.join('ada');
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'licence.error', status: 403 } });
    const { endedAt } = await tenant.runCycle();
    const { body } = await listEscrows(tenant.world, ask(tenant));
    expect(body).toMatchObject({
      value: [
        {
          id,
          objectType: 'User',
          kind: 'object',
          code: 'LicenseLimitExceeded',
          request: 'POST /scim2/Users',
          httpStatus: 403,
          attempts: 1,
          waitsForChange: false,
          recommendedAction: expect.stringContaining('licences'),
          stillActive: false,
        },
      ],
    });
    const [{ nextAttemptDateTime }] = (body as { value: [{ nextAttemptDateTime: string }] }).value;
    expect(Math.abs(Date.parse(nextAttemptDateTime) - Date.parse(endedAt))).toBeLessThan(60_000);
  });

  it('show a removal that failed as still active in Zoom, and who is needed for it', async () => {
    const tenant = await createTenant({ engine: { deletionThresholdPercent: 100 } });
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.zoom.addFault({ on: 'users.patch', fault: { mode: 'user.adminNoop' } });
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    expect((await listEscrows(tenant.world, ask(tenant))).body).toMatchObject({
      value: [{ id, kind: 'removal', code: 'AdminNotDeactivatable', stillActive: true, needsPerson: true }],
    });
  });

  it('come in pages that can be gone through', async () => {
    const tenant = await withoutSeats();
    const ids = Array.from({ length: 7 }, (_, number) => tenant.join(`user${number}`));
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'licence.error', status: 403 } });
    await tenant.runCycle();
    const seen: string[] = [];
    let query = '$top=3';
    for (let pages = 0; query !== ''; pages += 1) {
      expect(pages).toBeLessThan(10);
      const { body } = await listEscrows(tenant.world, ask(tenant, undefined, query));
      const page = body as { value: { id: string }[]; '@odata.nextLink'?: string };
      seen.push(...page.value.map((one) => one.id));
      const link = page['@odata.nextLink'];
      query = link === undefined ? '' : new URL(link).search.slice(1);
    }
    expect(seen.sort()).toEqual([...ids].sort());
  });

  it('refuse a page size or a link that is none', async () => {
    const tenant = await createTenant();
    await expect(listEscrows(tenant.world, ask(tenant, undefined, '$top=0'))).rejects.toMatchObject({ status: 400 });
    await expect(listEscrows(tenant.world, ask(tenant, undefined, '$skiptoken=**'))).rejects.toMatchObject({
      status: 400,
    });
  });
});
