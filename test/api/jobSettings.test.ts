import { patchJob } from '../../lib/api/patchJob.js';
import { listSecrets, putSecrets } from '../../lib/api/secrets.js';
import { caller, jobRequest } from '../fakes/operator.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { defaultsOf } from './jobDefaults.js';

const patch = (tenant: Tenant, body: unknown) =>
  patchJob(tenant.world, defaultsOf(tenant), jobRequest(tenant, body), caller);
const setting = (name: string, value: string | null) => ({ synchronizationJobSettings: [{ name, value }] });
const audits = async ({ world }: Tenant) =>
  (
    await world.state.audit.read({ fromMs: 0, toMs: Date.UTC(2027, 0), order: 'newestFirst', after: null }, 10)
  ).entries.map(({ entry }) => entry);

const secretsOf = (tenant: Tenant) => ({
  deployed: tenant.options().settings,
  secrets: [
    { key: 'BaseAddress', value: 'https://api.zoom.us/scim2', isSecret: false, setting: 'ZOOM_SCIM_ENDPOINT' },
    { key: 'SecretToken', value: 'top-secret', isSecret: true, setting: 'ZOOM_BEARER_TOKEN' },
  ] as const,
});
const put = (tenant: Tenant, ...value: readonly (readonly [string, string | null])[]) =>
  putSecrets(
    tenant.world,
    secretsOf(tenant),
    jobRequest(tenant, { value: value.map(([key, held]) => ({ key, value: held })) }),
    caller,
  );

describe('a setting of the job', () => {
  it('wins over the deployment’s, and the next cycle keeps to it', async () => {
    const tenant = await createTenant({ engine: { deletionThreshold: 100, deletionThresholdPercent: 100 } });
    const ids = Array.from({ length: 4 }, (_, n) => tenant.join(`user${n}`));
    await tenant.runCycle();
    const answer = await patch(tenant, setting('QuarantineTooManyDeletesThreshold', '1'));
    expect(answer).toMatchObject({
      status: 200,
      body: {
        synchronizationJobSettings: expect.arrayContaining([{ name: 'QuarantineTooManyDeletesThreshold', value: '1' }]),
      },
    });
    expect(checkGraphType('synchronizationJob', answer.body)).toEqual([]);
    for (const id of ids.slice(0, 2)) tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ held: 2 });
    expect(tenant.notices[0]?.text).toContain('more than 1 users');
  });

  it('gives way to the deployment’s again as null', async () => {
    const tenant = await createTenant();
    await patch(tenant, setting('DeletionThresholdPercent', '3.5'));
    await patch(tenant, setting('DeletionThresholdPercent', null));
    expect((await tenant.world.state.jobs.readJob())?.settings.deletionThresholdPercent).toBeNull();
  });

  it('of the removals makes the next cycle an initial one', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    const policy = JSON.stringify({ blocked: 'nothing', hardDeleted: 'delete:P30D' });
    const { body } = await patch(tenant, setting('RemovalPolicy', policy));
    expect(JSON.stringify(body)).toContain('hardDeleted\\":\\"delete:P30D');
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    const summary = await tenant.runCycle();
    expect(summary.kind).toBe('initial');
    expect(summary.counts['disabled']).toBeUndefined();
  });

  it('is audited with who changed it from what to what, and not where nothing changed', async () => {
    const tenant = await createTenant();
    await patch(tenant, { schedule: { interval: 'PT5M' } });
    await patch(tenant, { schedule: { interval: 'PT5M' } });
    await patch(tenant, {});
    expect(await audits(tenant)).toMatchObject([
      {
        activity: 'Update provisioning setting or credentials',
        actor: caller,
        changes: [{ name: 'schedule.interval', old: 'PT40M', new: 'PT5M' }],
      },
    ]);
  });

  it('may be a shorter interval, which counts at once', async () => {
    const tenant = await createTenant();
    await tenant.runCycle();
    await patch(tenant, { schedule: { interval: 'PT5M' } });
    const { nextRunAt } = (await tenant.world.state.jobs.readJob()) ?? {};
    expect(Date.parse(nextRunAt ?? '') - tenant.clock.nowMs()).toBeLessThanOrEqual(5 * 60_000);
  });

  it.each([
    [{ schedule: { interval: 'PT1M' } }, 'schedule.interval'],
    [{ schedule: { interval: 'soon' } }, 'schedule.interval'],
    [{ schedule: { interval: 'PT5M', state: 'Active' } }, 'schedule.state'],
    [{ status: {} }, 'status'],
    [setting('Unknown', '1'), 'synchronizationJobSettings[0].name'],
    [setting('QuarantineTooManyDeletesThreshold', '-1'), 'synchronizationJobSettings[0].value'],
    [setting('QuarantineTooManyDeletesThreshold', '1.5'), 'synchronizationJobSettings[0].value'],
    [setting('DeletionThresholdPercent', '101'), 'synchronizationJobSettings[0].value'],
    [setting('RemovalPolicy', '{"left":"disable"}'), 'synchronizationJobSettings[0].value'],
  ])('is refused by its field: %j', async (body, target) => {
    const tenant = await createTenant();
    await expect(patch(tenant, body)).rejects.toMatchObject({ status: 400, target });
    expect((await tenant.world.state.jobs.readJob())?.intervalMs).toBe(40 * 60_000);
  });
});

describe('the secrets', () => {
  it('are told by key, and a secret’s value never', async () => {
    const tenant = await createTenant();
    const answer = await listSecrets(tenant.world, secretsOf(tenant), jobRequest(tenant));
    expect(answer.body).toEqual({
      value: [
        { key: 'BaseAddress', value: 'https://api.zoom.us/scim2' },
        { key: 'SecretToken', value: null },
        { key: 'SkipOutOfScopeDeletions', value: 'False' },
        {
          key: 'SyncNotificationSettings',
          value: '{"Enabled":false,"Recipients":"","DeleteThresholdEnabled":false}',
        },
      ],
    });
    const { value } = Object(answer.body);
    expect(checkGraphType('Collection(synchronizationSecretKeyStringValuePair)', value)).toEqual([]);
  });

  it('switch off removals of people out of scope', async () => {
    const tenant = await createTenant();
    const ids = [tenant.join('ada'), tenant.join('ben')];
    await tenant.runCycle();
    expect(await put(tenant, ['SkipOutOfScopeDeletions', 'True'])).toMatchObject({ status: 204 });
    tenant.graph.dir.unassign({ principalId: ids[0] ?? '' });
    await tenant.runCycle();
    expect((await tenant.runCycle()).counts['disabled']).toBeUndefined();
    expect(tenant.account('ada')?.status).toBe('active');
    expect((await audits(tenant))[0]?.changes).toEqual([
      { name: 'SkipOutOfScopeDeletions', old: 'False', new: 'True' },
    ]);
  });

  it('take the threshold and the recipients in Entra’s own words', async () => {
    const tenant = await createTenant();
    const text = JSON.stringify({
      Enabled: true,
      Recipients: 'ada@contoso.example; ben@contoso.example',
      DeleteThresholdEnabled: true,
      DeleteThresholdValue: '7',
    });
    await put(tenant, ['SyncNotificationSettings', text]);
    expect((await tenant.world.state.jobs.readJob())?.settings).toMatchObject({
      notificationEmails: ['ada@contoso.example', 'ben@contoso.example'],
      deletionThreshold: 7,
    });
    await put(tenant, ['SyncNotificationSettings', '{"Enabled":false,"DeleteThresholdEnabled":false}']);
    expect((await tenant.world.state.jobs.readJob())?.settings).toMatchObject({
      notificationEmails: [],
      deletionThreshold: null,
    });
  });

  it('pass where they are the deployment’s own, so that a whole set may be put', async () => {
    const tenant = await createTenant();
    const answer = await put(tenant, ['BaseAddress', 'https://api.zoom.us/scim2'], ['SecretToken', 'top-secret']);
    expect(answer.status).toBe(204);
    expect(await audits(tenant)).toEqual([]);
  });

  it.each<[string, string | null, RegExp]>([
    ['SecretToken', 'another', /ZOOM_BEARER_TOKEN/],
    ['SecretToken', null, /ZOOM_BEARER_TOKEN/],
    ['BaseAddress', 'https://evil.example', /ZOOM_SCIM_ENDPOINT/],
    ['Oauth2ClientSecret', 'x', /not used by this deployment/],
    ['SkipOutOfScopeDeletions', 'maybe', /True or False/],
    ['SyncNotificationSettings', '{"Enabled":true}', /Recipients/],
    ['SyncNotificationSettings', '{"Enabled":true,"Recipients":"nobody"}', /Recipients/],
    ['SyncNotificationSettings', '{"Enabled":false,"DeleteThresholdEnabled":true}', /DeleteThresholdValue/],
    ['SyncNotificationSettings', 'no json', /JSON/],
  ])('are refused by their place: %s = %j', async (key, value, said) => {
    const tenant = await createTenant();
    const refusal = await put(tenant, ['SkipOutOfScopeDeletions', 'True'], [key, value]).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ status: 400, target: 'value[1].value', message: expect.stringMatching(said) });
    expect(JSON.stringify(refusal)).not.toContain('top-secret');
    expect((await tenant.world.state.jobs.readJob())?.settings.skipOutOfScopeDeletions).toBeNull();
  });

  it('of a name that Graph does not have are refused', async () => {
    const tenant = await createTenant();
    await expect(put(tenant, ['Passwort', 'x'])).rejects.toMatchObject({ status: 400, target: 'value[0].key' });
  });
});
