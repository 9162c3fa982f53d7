import type { TokenOddity } from '../../lib/sandbox/issuer/mintToken.js';
import { apiAudience, apiRoles } from '../../lib/sandbox/startSimulators.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { type RunningService, startService } from './runningService.js';

const sp = '/api/servicePrincipals/{sp}/synchronization';
const job = `${sp}/jobs/{job}`;
const [read, operate, configure] = apiRoles;

/** The least role of every route. `nobody` is let in without a token; those routes are told apart from the others. */
const roles: Readonly<Record<string, (typeof apiRoles)[number] | 'nobody'>> = {
  'GET /api/health': 'nobody',
  'GET /api/zoom/authorize': 'nobody',
  'GET /api/zoom/callback': 'nobody',
  'GET /api/auditLogs/provisioning': read,
  'GET /api/auditLogs/directoryAudits': read,
  [`GET ${sp}/secrets`]: read,
  [`PUT ${sp}/secrets`]: configure,
  [`GET ${sp}/jobs`]: read,
  [`GET ${job}`]: read,
  [`PATCH ${job}`]: configure,
  [`DELETE ${job}`]: configure,
  [`POST ${job}/run`]: operate,
  [`POST ${job}/start`]: operate,
  [`POST ${job}/pause`]: operate,
  [`POST ${job}/restart`]: operate,
  [`POST ${job}/validateCredentials`]: operate,
  [`POST ${job}/provisionOnDemand`]: operate,
  [`GET ${job}/provisionOnDemand/{id}`]: read,
  [`POST ${job}/preview`]: operate,
  [`GET ${job}/preview`]: read,
  [`DELETE ${job}/preview`]: operate,
  [`POST ${job}/zoomConsent`]: configure,
  [`DELETE ${job}/zoomConsent`]: configure,
  [`GET ${job}/stagedRemovals`]: read,
  [`POST ${job}/stagedRemovals/release`]: operate,
  [`POST ${job}/stagedRemovals/reject`]: operate,
  [`GET ${job}/drift`]: read,
  [`GET ${job}/escrows`]: read,
  [`GET ${job}/schema`]: read,
  [`PUT ${job}/schema`]: configure,
  [`GET ${job}/schema/versions`]: read,
  [`POST ${job}/schema/versions/{v}/restore`]: configure,
  [`POST ${job}/schema/parseExpression`]: read,
  [`GET ${job}/schema/functions`]: read,
  [`GET ${job}/schema/filterOperators`]: read,
};

const oddities: readonly TokenOddity[] = [
  'wrongIssuer',
  'wrongAudience',
  'expired',
  'notYetValid',
  'algorithmNone',
  'unknownKey',
];

describe('every registered route', () => {
  const azurite = withAzurite();
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let service: RunningService;
  /** By what is wrong with it; each would be enough for every route otherwise. */
  const unfit = new Map<string, string | null>();

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    unfit.set('none', null).set('no bearer', 'Basic dXNlcjpwYXNz').set('malformed', 'Bearer not.a.token');
    const { issuer, tenantId } = service.simulators;
    for (const oddity of oddities) {
      const token = await issuer.mintToken({ audience: apiAudience, roles: [configure], tenantId, oddity });
      unfit.set(oddity, `Bearer ${token}`);
    }
  });
  afterAll(async () => {
    await service.close();
    told.mockRestore();
  });

  const registered = () =>
    service.host.routes.flatMap(({ methods, path }) => methods.map((method) => ({ method, path })));
  const unversioned = (path: string): string => path.replace(/^\/api\/(v1\.0|beta)\//, '/api/');
  /** Of nobody's service principal, so that whoever is let in changes nothing. */
  const ask = async (method: string, path: string, authorization: string | null) => {
    const url = `${service.host.url}${path.replaceAll(/\{\w+\}/g, 'nobody')}`;
    const init = { method, headers: authorization === null ? {} : { authorization } };
    const response = await service.host.invokeHttp(new Request(url, init));
    await response.arrayBuffer();
    return response.status;
  };
  const letIn = (path: string): number => (path.includes('/auditLogs/') ? 200 : 404);

  it('has a row here, and each row a route', () => {
    const found = new Set(registered().map(({ method, path }) => `${method} ${unversioned(path)}`));
    expect([...found].sort()).toEqual(Object.keys(roles).sort());
  });

  it('lets nobody in without a token that is right in every way', async () => {
    for (const { method, path } of registered()) {
      if (roles[`${method} ${unversioned(path)}`] === 'nobody') continue;
      for (const [what, authorization] of unfit) {
        expect([method, path, what, await ask(method, path, authorization)]).toEqual([method, path, what, 401]);
      }
    }
    const written = told.mock.calls.join('');
    for (const authorization of unfit.values()) {
      const [, payload = ''] = authorization?.split('.') ?? [];
      if (payload.length > 10) expect(written).not.toContain(payload);
    }
  });

  it('lets in whoever has its role or one that contains it, and nobody else', async () => {
    const { apiTokens, issuer, tenantId } = service.simulators;
    const roleless = await issuer.mintToken({ audience: apiAudience, tenantId });
    const foreign = await issuer.mintToken({ audience: apiAudience, tenantId, roles: ['Directory.Read.All'] });
    for (const { method, path } of registered()) {
      const least = roles[`${method} ${unversioned(path)}`];
      if (least === undefined || least === 'nobody') continue;
      for (const token of [roleless, foreign]) {
        expect([method, path, await ask(method, path, `Bearer ${token}`)]).toEqual([method, path, 403]);
      }
      for (const role of apiRoles) {
        const expected = apiRoles.indexOf(role) >= apiRoles.indexOf(least) ? letIn(path) : 403;
        const status = await ask(method, path, `Bearer ${apiTokens[role]}`);
        expect([method, path, role, status]).toEqual([method, path, role, expected]);
      }
    }
  });

  it('asks nobody for a token where health is told and a ticket stands in', async () => {
    expect(await ask('GET', '/api/health', null)).toBe(200);
    expect(await ask('GET', '/api/zoom/authorize', null)).toBe(404);
    expect(await ask('GET', '/api/zoom/callback', null)).toBe(404);
  });
});
