import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { readOpenApi } from './openApi.js';
import { type RunningService, startService } from './runningService.js';

interface Sample {
  readonly id: string;
  readonly status: number;
  readonly body?: unknown;
  readonly query?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly authorization?: string | null;
}

const person = (objectId: string) => ({
  parameters: [{ ruleId: 'r', subjects: [{ objectId, objectTypeName: 'User' }] }],
});
/** Lists that are no logs: they are turned over page by page. */
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  listStagedRemovals: ['$skiptoken'],
  listDrift: ['$filter', '$top', '$skiptoken'],
  listEscrows: ['$top', '$skiptoken'],
  getPreview: ['$top', '$skiptoken'],
};
const all = ['$filter', '$orderby', '$top', '$skiptoken', '$count'];

/** Calls in this order; every operation has one at least, and those that can be refused one that is. */
const samples: readonly Sample[] = [
  { id: 'getHealth', status: 200 },
  { id: 'authorizeZoom', status: 404 },
  { id: 'finishZoomConsent', status: 404 },
  { id: 'listJobs', status: 200 },
  { id: 'getJob', status: 200 },
  { id: 'getJob', status: 401, authorization: null },
  { id: 'getJob', status: 404, params: { job: 'other' } },
  { id: 'getJob', status: 400, query: '?$expand=schema' },
  { id: 'patchJob', status: 200, body: { schedule: { interval: 'PT30M' } } },
  { id: 'patchJob', status: 400, body: { schedule: { interval: 'often' } } },
  { id: 'runJob', status: 202 },
  { id: 'runJob', status: 202, body: { kind: 'reconcile' } },
  { id: 'runJob', status: 400, body: { kind: 'all' } },
  { id: 'pauseJob', status: 204 },
  { id: 'runJob', status: 409 },
  { id: 'startJob', status: 204 },
  { id: 'restartJob', status: 204, body: { criteria: { resetScope: 'Escrows' } } },
  { id: 'restartJob', status: 400, body: { criteria: { resetScope: 'All' } } },
  { id: 'validateCredentials', status: 204, body: { useSavedCredentials: true } },
  { id: 'validateCredentials', status: 400, body: { credentials: [] } },
  { id: 'listSecrets', status: 200 },
  { id: 'putSecrets', status: 204, body: { value: [{ key: 'SkipOutOfScopeDeletions', value: 'False' }] } },
  { id: 'putSecrets', status: 400, body: { value: [{ key: 'SyncAll', value: 'Maybe' }] } },
  { id: 'provisionOnDemand', status: 200, body: person('ada@contoso.example') },
  { id: 'provisionOnDemand', status: 200, query: '?dryRun=true', body: person('ada@contoso.example') },
  { id: 'provisionOnDemand', status: 404, body: person('nobody@contoso.example') },
  { id: 'provisionOnDemand', status: 400, body: {} },
  { id: 'getDemandRun', status: 404, params: { id: 'other' } },
  { id: 'getPreview', status: 404 },
  { id: 'postPreview', status: 202, body: { settings: { removalPolicy: { unassigned: 'delete' } } } },
  { id: 'postPreview', status: 400, body: { settings: { removalPolicy: { unassigned: 'keep' } } } },
  { id: 'getPreview', status: 200 },
  { id: 'getPreview', status: 200, query: '?action=skip&$top=1' },
  { id: 'getPreview', status: 400, query: '?action=all' },
  { id: 'deletePreview', status: 204 },
  { id: 'deletePreview', status: 404 },
  { id: 'startZoomConsent', status: 409 },
  { id: 'revokeZoomConsent', status: 409 },
  { id: 'getSchema', status: 200 },
  { id: 'putSchema', status: 204, body: builtInZoomSchema },
  { id: 'putSchema', status: 400, body: {} },
  { id: 'listSchemaVersions', status: 200 },
  { id: 'restoreSchema', status: 204, params: { v: '1' } },
  { id: 'restoreSchema', status: 404, params: { v: '99' } },
  { id: 'parseExpression', status: 200, body: { expression: 'ToUpper([mail])' } },
  { id: 'parseExpression', status: 200, body: { expression: 'ToUper([mail])' } },
  { id: 'parseExpression', status: 400, body: {} },
  { id: 'listFunctions', status: 200 },
  { id: 'listFilterOperators', status: 200 },
  { id: 'listProvisioningLogs', status: 200, query: '?$count=true&$top=1' },
  { id: 'listProvisioningLogs', status: 400, query: '?$filter=colour eq 1' },
  { id: 'listDirectoryAudits', status: 200, query: '?$top=2' },
  { id: 'listStagedRemovals', status: 200 },
  { id: 'releaseStagedRemovals', status: 204, body: {} },
  { id: 'releaseStagedRemovals', status: 404, body: { ids: ['nobody'] } },
  { id: 'rejectStagedRemovals', status: 204, body: {} },
  { id: 'rejectStagedRemovals', status: 400, body: { ids: 'all' } },
  { id: 'listDrift', status: 200, query: "?$filter=kind eq 'unmanaged'" },
  { id: 'listDrift', status: 400, query: '?$filter=colour eq 1' },
  { id: 'listEscrows', status: 200, query: '?$top=5' },
  { id: 'listEscrows', status: 400, query: '?$top=none' },
  { id: 'deleteJob', status: 204 },
  { id: 'getJob', status: 200 },
];

/** Answers that are Graph's; of a list the type of its members. */
const graphTypes: Readonly<Record<string, string>> = {
  listJobs: 'synchronizationJob',
  getJob: 'synchronizationJob',
  patchJob: 'synchronizationJob',
  listSecrets: 'synchronizationSecretKeyStringValuePair',
  provisionOnDemand: 'stringKeyStringValuePair',
  getSchema: 'synchronizationSchema',
  parseExpression: 'parseExpressionResponse',
  listFunctions: 'attributeMappingFunctionSchema',
  listFilterOperators: 'filterOperatorSchema',
  listProvisioningLogs: 'provisioningObjectSummary',
};

/** What is wrong with a body by Graph's own metadata. */
const checkShape = (id: string, status: number, text: string): readonly string[] => {
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (status >= 400) return checkGraphType('publicError', Object(body).error);
  const type = graphTypes[id];
  if (type === undefined) return [];
  const { value } = Object(body);
  return Array.isArray(value) ? checkGraphType(`Collection(${type})`, value) : checkGraphType(type, body);
};

describe('openapi.yaml', () => {
  const azurite = withAzurite();
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const operations = readOpenApi();
  let service: RunningService;

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    service.join('ada');
    await service.runByApi();
  });
  afterAll(async () => {
    await service.close();
    told.mockRestore();
  });

  it('tells of every registered route, and of no other', () => {
    const told = operations.map(({ method, path }) => `${method} /api${path}`);
    const registered = service.host.routes
      .filter(({ path }) => !/^\/api\/(v1\.0|beta)\//.test(path))
      .flatMap(({ methods, path }) => methods.map((method) => `${method} ${path}`));
    expect([...told].sort()).toEqual([...registered].sort());
    const versioned = service.host.routes.flatMap(({ methods, path }) =>
      path.startsWith('/api/beta/') ? methods.map((method) => `${method} ${path.replace('/beta', '')}`) : [],
    );
    const guarded = operations.filter(({ isPublic }) => !isPublic).map(({ method, path }) => `${method} /api${path}`);
    expect([...guarded].sort()).toEqual([...versioned].sort());
  });

  it('names the parameters of each path, and of each log every option that it takes', () => {
    for (const { id, path, parameters } of operations) {
      const named = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect([id, named.sort()]).toEqual([id, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()]);
      const options = parameters.filter(({ name }) => name.startsWith('$')).map(({ name }) => name);
      expect([id, options]).toEqual([id, path.startsWith('/auditLogs/') ? all : (optionsOf[id] ?? [])]);
    }
  });

  it('has an answer in the samples for every operation', () => {
    expect(new Set(samples.map(({ id }) => id))).toEqual(new Set(operations.map(({ id }) => id)));
  });

  it('tells what really is answered', async () => {
    const [, sp = '', , , job = ''] = service.jobUrl.split('/');
    for (const { id, status, body, query = '', params = {}, authorization } of samples) {
      const operation = operations.find((one) => one.id === id);
      const values: Readonly<Record<string, string>> = { sp, job, ...params };
      const path = operation?.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '') ?? '';
      const response = await service.call(operation?.method ?? '', `${path.slice(1)}${query}`, {
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(authorization === undefined ? {} : { authorization }),
      });
      const text = await response.text();
      await service.host.drain();
      const wrong = operation?.checkAnswer(response.status, response.headers.get('content-type'), text);
      expect([id, response.status, wrong]).toEqual([id, status, []]);
      const isJson = response.headers.get('content-type')?.startsWith('application/json');
      expect([id, isJson ? checkShape(id, status, text) : []]).toEqual([id, []]);
    }
  });
});
