import { z } from 'zod';
import { type TokenOddity, tokenOddities } from '../../lib/sandbox/issuer/mintToken.js';
import { type ApiRole, apiAudience, apiRoles } from '../../lib/sandbox/startSimulators.js';
import { type DocumentedRoute, routes } from '../openapi/document.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { type RunningService, startService } from './runningService.js';

const nobody = '00000000-0000-4000-8000-000000000001';
const versions = ['', 'v1.0/', 'beta/'];
/** Not below Graph's versions: they are ours alone, and for browsers and probes. */
const unversioned = new Set(['health', 'zoomAuthorize', 'zoomCallback']);
const versionsOf = ({ operationId }: DocumentedRoute) => (unversioned.has(operationId) ? [''] : versions);

/** What stands in the header; a role is a good token with that role alone. */
type Credential = 'none' | 'empty' | 'basic' | 'malformed' | 'noRole' | 'otherRole' | TokenOddity | ApiRole;
const credentials: readonly Credential[] = [
  'none',
  'empty',
  'basic',
  'malformed',
  ...tokenOddities,
  'noRole',
  'otherRole',
  ...apiRoles,
];
const notUnderstood: ReadonlySet<Credential> = new Set(['none', 'empty', 'basic', 'malformed', ...tokenOddities]);

/** 401 for what is no token of ours, 403 for a good one that lacks the role; null: let in. */
const expectedRefusal = ({ role }: DocumentedRoute, credential: Credential): 401 | 403 | null => {
  if (role === null) return null;
  if (notUnderstood.has(credential)) return 401;
  const held = apiRoles.findIndex((one) => one === credential);
  return held >= apiRoles.indexOf(role) ? null : 403;
};

const errorShape = z.object({
  error: z.object({ code: z.string(), innerError: z.object({ 'request-id': z.string() }) }),
});

describe('every route', () => {
  const azurite = withAzurite();
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const headers = new Map<Credential, string | null>();
  let service: RunningService;

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    const { issuer, tenantId } = service.simulators;
    const mint = async (roles: readonly string[], oddity?: TokenOddity) =>
      `Bearer ${await issuer.mintToken({ audience: apiAudience, tenantId, roles, ...(oddity ? { oddity } : {}) })}`;
    headers.set('none', null).set('empty', 'Bearer ').set('basic', 'Basic dXNlcjpwYXNz').set('malformed', 'Bearer a.b.c');
    headers.set('noRole', await mint([])).set('otherRole', await mint(['Directory.Read.All', 'provisioning.read']));
    for (const oddity of tokenOddities) headers.set(oddity, await mint(['Provisioning.Configure'], oddity));
    for (const role of apiRoles) headers.set(role, await mint([role]));
  });
  afterAll(async () => {
    await service.close();
    told.mockRestore();
  });

  it('that is registered is documented, under its name, and the other way round', () => {
    const registered = service.host.routes.flatMap(({ functionName, methods, path }) =>
      methods.map((method) => `${functionName} ${method} ${path}`),
    );
    const documented = routes.flatMap((route) =>
      versionsOf(route).map((version) => {
        const suffix = { '': '', 'v1.0/': 'V1', 'beta/': 'Beta' }[version] ?? '';
        return `${route.operationId}${suffix} ${route.method} /api/${version}${route.path}`;
      }),
    );
    expect(registered.sort()).toEqual(documented.sort());
  });

  /** A job that is not there: whoever is let in changes nothing. */
  const call = (route: DocumentedRoute, version: string, credential: Credential): Promise<Response> => {
    const path = route.path.replaceAll('{sp}', nobody).replace(/\{\w+\}/g, 'unknown');
    const authorization = headers.get(credential);
    return service.host.invokeHttp(
      new Request(`${service.host.url}/api/${version}${path}`, {
        method: route.method,
        headers: authorization ? { authorization } : {},
      }),
    );
  };

  it.each(routes)('lets in whom it should, and nobody else: $method $path', async (route) => {
    for (const version of versionsOf(route)) {
      for (const credential of credentials) {
        const response = await call(route, version, credential);
        const refusal = expectedRefusal(route, credential);
        const place = `${route.method} ${version}${route.path} as ${credential}`;
        if (refusal === null) {
          expect([place, [401, 403, 500, 502].includes(response.status)]).toEqual([place, false]);
          continue;
        }
        expect([place, response.status]).toEqual([place, refusal]);
        const { error } = errorShape.parse(await response.json());
        expect(error.code).toBe(refusal === 401 ? 'InvalidAuthenticationToken' : 'Authorization_RequestDenied');
        expect(error.innerError['request-id']).toBe(response.headers.get('request-id'));
        expect(response.headers.get('www-authenticate')).toBe(refusal === 401 ? 'Bearer' : null);
      }
    }
  });

  it('logs refusals by their code, and no token', () => {
    const log = told.mock.calls.join('');
    expect(log).toContain('"ApiRefused"');
    for (const header of headers.values()) {
      const [, payload] = header?.split('.') ?? [];
      if (payload && payload.length > 10) expect(log).not.toContain(payload);
    }
  });
});
