import { z } from 'zod';
import { tokenOddities } from '../../lib/sandbox/issuer/mintToken.js';
import { apiAudience } from '../../lib/sandbox/startSimulators.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { type RunningService, startService } from './runningService.js';

const started = z.object({ id: z.string() });
const failure = z.object({
  error: z.object({
    code: z.string(),
    target: z.string().optional(),
    innerError: z.object({ 'request-id': z.string() }),
  }),
});
const errorOf = async (response: Response) => failure.parse(await response.json()).error;

describe('the jobs API through the functions’ registrations', () => {
  const azurite = withAzurite();
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let service: RunningService;

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    service.join('ada');
  });
  afterAll(async () => {
    await service.close();
    told.mockRestore();
  });

  const bearer = (role: keyof RunningService['simulators']['apiTokens']): string =>
    `Bearer ${service.simulators.apiTokens[role]}`;

  it('tells of the job before it ever ran', async () => {
    const response = await service.call('GET', service.jobUrl);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      id: service.jobUrl.split('/').at(-1),
      templateId: 'zoom',
      schedule: { interval: 'PT40M', state: 'Active' },
      status: { code: 'NotRun', lastExecution: null },
    });
  });

  it('starts a cycle with 202 and its id, and tells when it has ended', async () => {
    const response = await service.call('POST', `${service.jobUrl}/run`);
    expect(response.status).toBe(202);
    const { id } = started.parse(await response.json());
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const waiting = await service.call('POST', `${service.jobUrl}/run`);
    expect([waiting.status, await waiting.json()]).toEqual([202, { id }]);
    await service.host.drain();
    const job = await (await service.call('GET', service.jobUrl)).json();
    expect(job).toHaveProperty(
      'status',
      expect.objectContaining({
        code: 'Active',
        lastExecution: expect.objectContaining({
          activityIdentifier: id,
          state: 'Succeeded',
          countExported: 1,
          error: null,
        }),
        synchronizedEntryCountByType: [{ key: 'User', value: 1 }],
      }),
    );
  });

  it.each(['', 'v1.0/', 'beta/'])('answers with the prefix "%s"', async (prefix) => {
    expect((await service.call('GET', `${prefix}${service.jobUrl}`)).status).toBe(200);
    const list = await service.call('GET', `${prefix}${service.jobUrl.split('/').slice(0, -1).join('/')}`);
    expect(await list.json()).toMatchObject({ value: [{ templateId: 'zoom' }] });
  });

  it.each(tokenOddities)('lets nobody in with a token that is odd: %s', async (oddity) => {
    const { issuer, tenantId } = service.simulators;
    const token = await issuer.mintToken({
      audience: apiAudience,
      roles: ['Provisioning.Configure'],
      tenantId,
      oddity,
    });
    const response = await service.call('GET', service.jobUrl, { authorization: `Bearer ${token}` });
    expect(response.status).toBe(401);
    expect(told.mock.calls.join('')).not.toContain(token.split('.')[1]);
  });

  it.each([null, 'Bearer', 'Bearer not.a.token', 'Basic dXNlcjpwYXNz', 'Bearer  '])(
    'lets nobody in with the authorization %p',
    async (authorization) => {
      const response = await service.call('POST', `${service.jobUrl}/run`, { authorization });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      const error = await errorOf(response);
      expect(error.code).toBe('InvalidAuthenticationToken');
      expect(error.innerError['request-id']).toBe(response.headers.get('request-id'));
    },
  );

  it('asks for the role that each door needs, and takes one that contains it', async () => {
    const { issuer, tenantId } = service.simulators;
    const without = `Bearer ${await issuer.mintToken({ audience: apiAudience, tenantId })}`;
    const other = `Bearer ${await issuer.mintToken({ audience: apiAudience, tenantId, roles: ['Other.Role'] })}`;
    const status = async (method: string, path: string, authorization: string) =>
      (await service.call(method, path, { authorization })).status;
    expect(await status('GET', service.jobUrl, without)).toBe(403);
    expect(await status('GET', service.jobUrl, other)).toBe(403);
    expect(await status('POST', `${service.jobUrl}/run`, bearer('Provisioning.Read'))).toBe(403);
    expect(await status('GET', service.jobUrl, bearer('Provisioning.Read'))).toBe(200);
    expect(await status('GET', service.jobUrl, bearer('Provisioning.Operate'))).toBe(200);
    expect(await status('POST', `${service.jobUrl}/run`, bearer('Provisioning.Operate'))).toBe(202);
    await service.host.drain();
  });

  it('answers 404 for another service principal or job', async () => {
    const { servicePrincipalId } = service.simulators;
    const other = '00000000-0000-4000-8000-000000000001';
    for (const path of [service.jobUrl.replaceAll(servicePrincipalId, other), `${service.jobUrl}x`]) {
      const response = await service.call('GET', path);
      expect(response.status).toBe(404);
      expect((await errorOf(response)).code).toBe('ResourceNotFound');
      expect((await service.call('POST', `${path}/run`)).status).toBe(404);
    }
  });

  it.each([
    ['{"kind":"everything"}', 'kind'],
    ['{"sort":"initial"}', 'sort'],
    ['no json', null],
    ['[]', null],
  ])('answers 400 for the body %s', async (body, target) => {
    const response = await service.call('POST', `${service.jobUrl}/run`, { body });
    expect(response.status).toBe(400);
    const error = await errorOf(response);
    expect(error.code).toBe('BadRequest');
    expect(error.target ?? null).toBe(target);
  });

  it('answers 409 with the running cycle’s id while one runs', async () => {
    const { zoom, graph } = service.simulators;
    service.join('ben');
    const { id } = started.parse(await (await service.call('POST', `${service.jobUrl}/run`)).json());
    let release = (): void => undefined;
    const asked = new Promise<Response>((resolve) => {
      const watch = setInterval(() => {
        if (!graph.journal.entries.some(({ path }) => path.includes('appRoleAssignedTo'))) return;
        release();
        resolve(service.call('POST', `${service.jobUrl}/run`));
      }, 5);
      release = () => clearInterval(watch);
    });
    graph.journal.clear();
    zoom.settings.latencyMs = 400;
    const drained = service.host.drain();
    const response = await asked;
    zoom.settings.latencyMs = 0;
    await drained;
    expect(response.status).toBe(409);
    expect(await errorOf(response)).toMatchObject({ code: 'CycleRunning', target: id });
  });

  it('makes an initial cycle where one is asked for', async () => {
    const { execution } = await service.runByApi('initial');
    expect(execution).toMatchObject({ state: 'Succeeded', countExported: 0 });
  });
});

describe('a job that is off', () => {
  const azurite = withAzurite();
  let service: RunningService;

  beforeAll(async () => {
    service = await startService({
      connectionString: azurite.connectionString(),
      settings: { PROVISIONING_STATUS: 'off' },
    });
  });
  afterAll(async () => {
    await service.close();
  });

  it('runs no cycle, by timer or by request', async () => {
    service.join('ada');
    await service.host.invokeTimer('schedule', new Date());
    expect(await service.host.drain()).toBe(0);
    const response = await service.call('POST', `${service.jobUrl}/run`);
    expect(response.status).toBe(409);
    expect((await errorOf(response)).code).toBe('JobPaused');
    expect(service.simulators.zoom.journal.entries).toEqual([]);
  });
});
