import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { checkJson } from '../openapi/checkJson.js';
import { routes } from '../openapi/document.js';
import { expectDocumented } from '../openapi/expectDocumented.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { type RunningService, startService } from './runningService.js';

/** Calls made so far, by operation and status. */
const made: string[] = [];

describe('an answer is what is documented', () => {
  const azurite = withAzurite();
  let service: RunningService;
  let ada = '';

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    ada = service.join('ada');
    service.join('ben');
    await service.runByApi();
  });
  afterAll(async () => {
    await service.close();
  });

  /** Calls an operation as it is documented, its body included, and gives what it answers. */
  const call = async (
    operationId: string,
    status: number,
    given: { readonly body?: unknown; readonly query?: string; readonly params?: Readonly<Record<string, string>> } = {},
  ): Promise<unknown> => {
    const route = routes.find((one) => one.operationId === operationId);
    if (!route) throw new Error(`No operation ${operationId} is documented.`);
    const { servicePrincipalId } = service.simulators;
    const params: Readonly<Record<string, string>> = {
      sp: servicePrincipalId,
      job: service.jobUrl.split('/').at(-1) ?? '',
      ...given.params,
    };
    const path = route.path.replace(/\{(\w+)\}/g, (_all, name: string) => params[name] ?? '');
    for (const [name] of new URLSearchParams(given.query)) {
      expect(route.parameters.filter((one) => one.in === 'query').map((one) => one.name)).toContain(name);
    }
    if (status < 300 && given.body !== undefined) expect(checkJson(route.requestSchema, given.body)).toEqual([]);
    const response = await service.call(route.method, given.query ? `${path}?${given.query}` : path, {
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    expect([operationId, response.status]).toEqual([operationId, status]);
    made.push(operationId);
    return expectDocumented(operationId, response);
  };
  const failure = async (operationId: string, status: number, given: Parameters<typeof call>[2]) => {
    const body = await call(operationId, status, given);
    expect(checkGraphType('publicError', Object(body).error)).toEqual([]);
  };

  it('of health', async () => {
    await call('health', 200);
  });

  it('of the job', async () => {
    expect(checkGraphType('Collection(synchronizationJob)', Object(await call('listJobs', 200)).value)).toEqual([]);
    expect(checkGraphType('synchronizationJob', await call('getJob', 200), { everyMember: true })).toEqual([]);
    await failure('getJob', 404, { params: { job: 'another' } });
  });

  it('of settings and credentials', async () => {
    const body = { schedule: { interval: 'PT1H' }, synchronizationJobSettings: [{ name: 'RemovalPolicy', value: null }] };
    expect(checkGraphType('synchronizationJob', await call('patchJob', 200, { body }))).toEqual([]);
    await failure('patchJob', 400, { body: { schedule: { interval: 'soon' } } });
    const secrets = await call('listSecrets', 200);
    expect(JSON.stringify(secrets)).not.toContain(service.simulators.settings['ZOOM_CLIENT_SECRET']);
    await call('putSecrets', 204, { body: { value: [{ key: 'SkipOutOfScopeDeletions', value: 'False' }] } });
    await failure('putSecrets', 400, { body: { value: [{ key: 'SecretToken', value: 'x' }] } });
    await call('validateCredentials', 204, { body: { useSavedCredentials: true } });
    await failure('validateCredentials', 400, { body: { credentials: [{ key: 'SecretToken', value: 'x' }] } });
  });

  it('of what is done to the job', async () => {
    await call('pauseJob', 204);
    await failure('runJob', 409, {});
    await call('startJob', 204);
    await call('restartJob', 204, { body: { criteria: { resetScope: 'Watermark,Escrows' } } });
    await failure('restartJob', 400, { body: { criteria: { resetScope: 'Everything' } } });
    await service.host.drain();
    await call('runJob', 202, { body: { kind: 'incremental' } });
    await service.host.drain();
  });

  it('of the schema', async () => {
    const schema = await call('getSchema', 200);
    expect(checkGraphType('synchronizationSchema', schema)).toEqual([]);
    await call('putSchema', 204, { body: schema });
    await failure('putSchema', 400, { body: { synchronizationRules: [] } });
    await call('listSchemaVersions', 200);
    await call('restoreSchema', 204, { params: { v: '1' } });
    await failure('restoreSchema', 404, { params: { v: '99' } });
    const parsed = await call('parseExpression', 200, { body: { expression: 'ToUpper([mail])' } });
    expect(checkGraphType('parseExpressionResponse', parsed)).toEqual([]);
    const functions = await call('listFunctions', 200);
    expect(checkGraphType('Collection(attributeMappingFunctionSchema)', Object(functions).value)).toEqual([]);
    const operators = await call('listFilterOperators', 200);
    expect(checkGraphType('Collection(filterOperatorSchema)', Object(operators).value)).toEqual([]);
    await service.host.drain();
  });

  it('of a call on demand', async () => {
    const asked = (objectId: string, objectTypeName = 'User') => ({
      parameters: [{ ruleId: 'rule', subjects: [{ objectId, objectTypeName }] }],
    });
    const { '@odata.context': _context, ...pair } = Object(await call('provisionOnDemand', 200, { body: asked(ada) }));
    expect(checkGraphType('stringKeyStringValuePair', pair)).toEqual([]);
    await call('provisionOnDemand', 200, { body: asked(ada), query: 'dryRun=true' });
    await failure('provisionOnDemand', 404, { body: asked('nobody@contoso.example') });
    const { graph } = service.simulators;
    const group = graph.dir.createGroup({ displayName: 'Everybody', securityEnabled: true });
    for (let n = 0; n < 21; n += 1) graph.dir.addMember(group, service.join(`member${n}`, { assigned: false }));
    const run = await call('provisionOnDemand', 202, { body: asked(group, 'Group') });
    await call('getDemandRun', 200, { params: { id: String(Object(run).id) } });
    await failure('getDemandRun', 404, { params: { id: 'unknown' } });
    await service.host.drain();
  });

  it('of the logs', async () => {
    const page = await call('listProvisioningLogs', 200, { query: '$top=1&$count=true' });
    const { value, '@odata.nextLink': next } = Object(page);
    expect(checkGraphType('Collection(provisioningObjectSummary)', value)).toEqual([]);
    const { search } = new URL(String(next));
    await call('listProvisioningLogs', 200, { query: search.slice(1) });
    await call('listProvisioningLogs', 200, {
      query: "$filter=provisioningAction eq 'create'&$orderby=activityDateTime asc",
    });
    await failure('listProvisioningLogs', 400, { query: '$filter=nonsense' });
    const audits = await call('listDirectoryAudits', 200, { query: '$top=100' });
    const activities = Object(audits).value.map((one: unknown) => Object(one).activityDisplayName);
    expect(new Set(activities)).toEqual(
      new Set([
        'Update provisioning setting or credentials',
        'Enable/start provisioning configuration',
        'Disable/pause provisioning configuration',
        'Enable/restart provisioning configuration',
        'Update attribute mappings or scope',
        'Run provisioning cycle',
      ]),
    );
  });

  it('of the consent, where another way in is used', async () => {
    await failure('startZoomConsent', 409, {});
    await failure('revokeZoomConsent', 409, {});
    await call('zoomAuthorize', 404, { query: 'ticket=x' });
    await call('zoomCallback', 404, { query: 'code=x&state=y' });
  });

  it('of a delete, last', async () => {
    await call('deleteJob', 204);
    await service.host.drain();
    await failure('runJob', 409, {});
  });

  it('for every operation there is', () => {
    expect(routes.map(({ operationId }) => operationId).filter((id) => !made.includes(id))).toEqual([]);
  });
});
