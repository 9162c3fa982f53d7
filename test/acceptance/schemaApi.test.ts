import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { mailDomain, type RunningService, startService } from './runningService.js';

const exported = readFileSync(join(process.cwd(), 'test/schema/fixtures/entraExport.json'), 'utf8');
const versionsShape = z.object({
  value: z.array(z.object({ version: z.int(), savedBy: z.string().nullable(), savedDateTime: z.iso.datetime() })),
});

describe('the schema doors through the functions’ registrations', () => {
  const azurite = withAzurite();
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let service: RunningService;
  let schemaUrl: string;

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    schemaUrl = `${service.jobUrl}/schema`;
    service.simulators.graph.dir.updateUser(service.join('ada'), { jobTitle: 'Engineer' });
    await service.runByApi();
  });
  afterAll(async () => {
    await service.close();
    told.mockRestore();
  });

  const titleOf = (name: string) =>
    [...service.simulators.zoom.state().accounts.values()].find(({ userName }) => userName === `${name}@${mailDomain}`)
      ?.title;

  it('give the built-in schema first', async () => {
    const response = await service.call('GET', `v1.0/${schemaUrl}`);
    expect([response.status, response.headers.get('etag')]).toEqual([200, '"0"']);
    expect(await response.json()).toEqual(builtInZoomSchema);
  });

  it('save an export of Entra, run it at once, and give it back to the letter', async () => {
    expect(titleOf('ada')).not.toBe('Engineer');
    const response = await service.call('PUT', schemaUrl, { body: exported });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('warning')).toContain('Delete removes nobody by itself');
    await service.host.drain();
    expect(titleOf('ada')).toBe('Engineer');
    const saved = await service.call('GET', schemaUrl);
    expect(saved.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await saved.text()).toBe(exported);
    const job = await (await service.call('GET', service.jobUrl)).json();
    expect(job).toMatchObject({ status: { lastExecution: { state: 'Succeeded' } } });
  });

  it('refuse a broken one in Graph’s shape', async () => {
    const response = await service.call('PUT', schemaUrl, { body: exported.replace('Join(', 'Jion(') });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: {
        code: 'InvalidSchema',
        target: 'synchronizationRules[0].objectMappings[1].attributeMappings[2].source.expression',
        details: [{ code: 'UnknownFunction', message: expect.stringContaining('Join') }],
      },
    });
    expect(await (await service.call('GET', schemaUrl)).text()).toBe(exported);
  });

  it('list versions and bring one back', async () => {
    const { value } = versionsShape.parse(await (await service.call('GET', `${schemaUrl}/versions`)).json());
    expect(value.map(({ version, savedBy }) => [version, savedBy !== null])).toEqual([
      [2, true],
      [1, false],
    ]);
    const response = await service.call('POST', `${schemaUrl}/versions/1/restore`);
    expect([response.status, response.headers.get('etag')]).toEqual([204, '"3"']);
    await service.host.drain();
    expect(await (await service.call('GET', schemaUrl)).json()).toEqual(builtInZoomSchema);
    expect((await service.call('POST', `${schemaUrl}/versions/9/restore`)).status).toBe(404);
  });

  it('try an expression and list what there is, with a version in front of the path or none', async () => {
    const body = JSON.stringify({
      expression: 'ToUpper([mail])',
      testInputObject: { properties: [{ key: 'mail', value: 'a' }] },
    });
    const trial = await service.call('POST', `beta/${schemaUrl}/parseExpression`, { body });
    expect(await trial.json()).toMatchObject({ parsingSucceeded: true, evaluationResult: ['A'] });
    for (const list of ['functions', 'filterOperators']) {
      expect(await (await service.call('GET', `${schemaUrl}/${list}`)).json()).toMatchObject({
        value: expect.arrayContaining([expect.objectContaining({ id: expect.any(String) })]),
      });
    }
  });

  it.each([
    ['Provisioning.Read', 'GET', '', 200],
    ['Provisioning.Read', 'GET', '/versions', 200],
    ['Provisioning.Read', 'POST', '/parseExpression', 400],
    ['Provisioning.Read', 'PUT', '', 403],
    ['Provisioning.Operate', 'PUT', '', 403],
    ['Provisioning.Operate', 'POST', '/versions/1/restore', 403],
  ] as const)('answer %s, %s …/schema%s with %i', async (role, method, path, status) => {
    const authorization = `Bearer ${service.simulators.apiTokens[role]}`;
    const body = method === 'GET' ? {} : { body: '{}' };
    expect((await service.call(method, `${schemaUrl}${path}`, { authorization, ...body })).status).toBe(status);
  });

  it('take no body of more than a megabyte', async () => {
    const response = await service.call('PUT', schemaUrl, { body: JSON.stringify({ long: 'x'.repeat(1_100_000) }) });
    expect(response.status).toBe(413);
  });
});
