import type { ApiAnswer } from '../../lib/api/apiRequest.js';
import { deletePreview, getPreview, type PreviewParts, postPreview } from '../../lib/api/preview.js';
import { parseRemovalPolicy } from '../../lib/config/removalPolicy.js';
import type { PreviewMessage } from '../../lib/engine/preview/preview.js';
import { deleteJob } from '../../lib/engine/restart.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { createMemorySchemas } from '../fakes/memorySchemas.js';
import { createPreviewedTenant } from '../fakes/previewedTenant.js';
import { servicePrincipalId } from '../fakes/tenant.js';
import { requestOf } from './apiRequests.js';
import { getRequest } from './getRequest.js';

const open = async () => {
  const previewed = await createPreviewedTenant();
  const { tenant, previewer } = previewed;
  for (const name of ['ada', 'ben', 'cem', 'dia', 'eve']) tenant.join(name);
  const sent: PreviewMessage[] = [];
  const consent = { isGiven: true };
  const parts: PreviewParts = {
    world: tenant.world,
    schemas: createMemorySchemas(),
    preview: { store: previewer.store, queue: { send: async (message) => void sent.push(message) } },
    zoomCredential: { isConfigured: async () => consent.isGiven },
    jobDoor: { parsePolicy: parseRemovalPolicy },
  };
  const params = { sp: servicePrincipalId, job: tenant.world.jobId };
  return {
    ...previewed,
    parts,
    sent,
    consent,
    post: (body?: unknown, query = '') => postPreview(parts, requestOf({ params, query, body })),
    get: (query = '') => getPreview(parts, requestOf({ method: 'GET', params, query })),
    follow: (link: string) => getPreview(parts, { ...getRequest(link), params }),
    remove: () => deletePreview(parts, requestOf({ method: 'DELETE', params })),
  };
};

const bodyOf = ({ body }: ApiAnswer) => Object(body);

describe('POST …/preview', () => {
  it('answers 202 with where the report will be, and puts the first slice on the queue', async () => {
    const { post, sent, parts, tenant } = await open();
    const answer = await post();
    const { id } = bodyOf(answer);
    expect(answer).toMatchObject({
      status: 202,
      headers: {
        Location: `/api/servicePrincipals/${servicePrincipalId}/synchronization/jobs/${tenant.world.jobId}/preview`,
      },
    });
    expect(sent).toContainEqual({ kind: 'preview', jobId: tenant.world.jobId, previewId: id, slice: 1 });
    expect(await parts.preview.store.read()).toMatchObject({ previewId: id, state: 'running', settings: {} });
    await expect(post()).rejects.toMatchObject({ status: 409, code: 'PreviewRunning', target: id });
  });

  it('keeps what it was given', async () => {
    const { post, parts } = await open();
    const settings = {
      scope: 'all',
      removalPolicy: { unassigned: 'delete:P30D', blocked: 'nothing' },
      skipOutOfScopeDeletions: true,
      deletionThreshold: 7,
      deletionThresholdPercent: 12.5,
      deletionThresholdDaily: 20,
    };
    const schema = { '@odata.type': '#microsoft.graph.synchronizationSchema', ...builtInZoomSchema };
    await post({ kind: 'initial', schema, settings });
    const preview = await parts.preview.store.read();
    expect(preview).toMatchObject({
      kind: 'initial',
      isDraftSchema: true,
      settings: {
        scopeMode: 'all',
        removalPolicy: { unassigned: { kind: 'delete', afterMs: 30 * 86_400_000 }, blocked: { kind: 'nothing' } },
        skipOutOfScopeDeletions: true,
        deletionThreshold: 7,
        deletionThresholdPercent: 12.5,
        deletionThresholdDaily: 20,
      },
    });
    expect(JSON.parse((await parts.preview.store.readSchema(preview?.previewId ?? '')) ?? '')).toEqual(schema);
  });

  it.each([
    [{ kind: 'reconcile' }, 'kind'],
    [{ colour: 'red' }, 'colour'],
    [{ settings: { scope: 'some' } }, 'settings.scope'],
    [{ settings: { deletionThreshold: -1 } }, 'settings.deletionThreshold'],
    [{ settings: { removalPolicy: { unassigned: 'keep' } } }, 'settings.removalPolicy'],
    [{ settings: { removalPolicy: { fired: 'delete' } } }, 'settings.removalPolicy'],
    [{ settings: { nested: true } }, 'settings.nested'],
  ])('refuses %j and names the member', async (body, target) => {
    const { post, sent } = await open();
    await expect(post(body)).rejects.toMatchObject({ status: 400, target });
    expect(sent).toEqual([]);
  });

  it('refuses a schema that could not be saved, with every error in details', async () => {
    const { post } = await open();
    const schema = { ...builtInZoomSchema, synchronizationRules: [] };
    await expect(post({ schema })).rejects.toMatchObject({ status: 400, code: 'InvalidSchema', target: 'schema' });
  });

  it('waits for whoever has to consent at Zoom, and does not begin while the job is erased', async () => {
    const { post, consent, tenant } = await open();
    consent.isGiven = false;
    await expect(post()).rejects.toMatchObject({ status: 409, code: 'NotConfigured' });
    consent.isGiven = true;
    await tenant.world.state.jobs.updateJob((job) => deleteJob(job, 'reset-1'));
    await expect(post()).rejects.toMatchObject({ status: 409, code: 'JobBeingDeleted' });
  });

  it('knows no other job, and no parameter', async () => {
    const { post, parts } = await open();
    const params = { sp: servicePrincipalId, job: 'other' };
    await expect(postPreview(parts, requestOf({ params }))).rejects.toMatchObject({ status: 404 });
    await expect(post(undefined, 'dryRun=true')).rejects.toMatchObject({ status: 400, target: 'dryRun' });
  });
});

describe('GET …/preview', () => {
  it('tells while it runs that it runs, and of none that there is none', async () => {
    const { post, get } = await open();
    await expect(get()).rejects.toMatchObject({ status: 404 });
    await post();
    expect(await get()).toMatchObject({ status: 200, body: { state: 'running', counts: null, operations: [] } });
  });

  it('answers the report, and its operations page by page', async () => {
    const { previewer, get, follow } = await open();
    await previewer.show();
    const first = bodyOf(await get('$top=2'));
    expect(first).toMatchObject({
      state: 'completed',
      kind: 'initial',
      schema: 'current',
      counts: { create: 5, update: 0 },
      error: null,
      incomplete: false,
    });
    const seen = [...first.operations];
    let link: string | undefined = first['operations@nextLink'];
    for (let pages = 0; link !== undefined && pages < 9; pages += 1) {
      const page = bodyOf(await follow(link));
      expect(page.operations.length).toBeLessThanOrEqual(2);
      seen.push(...page.operations);
      link = page['operations@nextLink'];
    }
    expect(new Set(seen.map(({ sourceIdentity }) => sourceIdentity.userPrincipalName)).size).toBe(5);
    expect(seen).toHaveLength(5);
    expect(bodyOf(await get('action=update')).operations).toEqual([]);
    expect(bodyOf(await get('action=create&$top=3')).operations).toHaveLength(3);
  });

  it.each([
    ['action=all', 'action'],
    ['$top=0', '$top'],
    ['$top=1001', '$top'],
    ['$skiptoken=~', '$skiptoken'],
  ])('refuses ?%s', async (query, target) => {
    const { previewer, get } = await open();
    await previewer.show();
    await expect(get(query)).rejects.toMatchObject({ status: 400, target });
  });
});

describe('DELETE …/preview', () => {
  it('ends a running one and removes the report of one that ended', async () => {
    const { post, get, remove, sent } = await open();
    await post();
    expect(await remove()).toMatchObject({ status: 204 });
    expect(sent.at(-1)).toMatchObject({ slice: 0 });
    await expect(get()).rejects.toMatchObject({ status: 404 });
    await expect(remove()).rejects.toMatchObject({ status: 404 });
    expect(await post()).toMatchObject({ status: 202 });
  });
});
