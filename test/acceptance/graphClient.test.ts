import { Client, type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { type RunningService, startService } from './runningService.js';

/** Microsoft's own chain sends tokens over https only; this one sends them to the sandbox on loopback. */
class LoopbackMiddleware implements Middleware {
  constructor(private readonly token: string) {}

  async execute(context: Context): Promise<void> {
    const headers = new Headers(context.options?.headers);
    headers.set('authorization', `Bearer ${this.token}`);
    context.response = await fetch(context.request, { ...context.options, headers });
  }
}

const page = z.object({ value: z.array(z.looseObject({ id: z.string() })), '@odata.nextLink': z.string().optional() });
const pair = z.object({ key: z.string(), value: z.string() });

describe('Microsoft’s Graph client, pointed here', () => {
  const azurite = withAzurite();
  let service: RunningService;
  let client: Client;
  let jobs = '';
  let ada = '';

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    ada = service.join('ada');
    for (const name of ['ben', 'cleo', 'dora', 'emil']) service.join(name);
    const { apiTokens, servicePrincipalId } = service.simulators;
    jobs = `/servicePrincipals/${servicePrincipalId}/synchronization/jobs`;
    client = Client.initWithMiddleware({
      baseUrl: `${service.host.url}/api/`,
      middleware: new LoopbackMiddleware(apiTokens['Provisioning.Operate']),
    });
  });
  afterAll(async () => {
    await service.close();
  });

  it('lists the job and reads its schema, in each version', async () => {
    for (const version of ['v1.0', 'beta']) {
      const { value } = page.parse(await client.api(jobs).version(version).get());
      expect(value).toHaveLength(1);
      expect(checkGraphType('Collection(synchronizationJob)', value)).toEqual([]);
      const schema: unknown = await client.api(`${jobs}/${value[0]?.id}/schema`).version(version).get();
      expect(checkGraphType('synchronizationSchema', schema)).toEqual([]);
    }
  });

  it('provisions a user on demand', async () => {
    const { value: found } = page.parse(await client.api(jobs).get());
    const answer: unknown = await client.api(`${jobs}/${found[0]?.id}/provisionOnDemand`).post({
      parameters: [{ ruleId: 'any', subjects: [{ objectId: ada, objectTypeName: 'User' }] }],
    });
    const { key, value } = pair.parse(answer);
    expect(JSON.parse(key)).toMatchObject({ result: 'Success' });
    expect(JSON.parse(value)).toMatchObject({ action: 'Create', sourceIdentity: { id: ada } });
    expect(service.accountId('ada')).not.toBe('');
  });

  it('restarts the job, waits for its cycle and pages through the log', async () => {
    const { value } = page.parse(await client.api(jobs).get());
    const answer: unknown = await client
      .api(`${jobs}/${value[0]?.id}/restart`)
      .post({ criteria: { resetScope: 'Watermark, Escrows, QuarantineState' } });
    expect(answer ?? null).toBeNull();
    await service.host.drain();
    const seen: string[] = [];
    let next: string | undefined = '/auditLogs/provisioning?$top=2';
    for (let pages = 0; next !== undefined && pages < 20; pages += 1) {
      const found = page.parse(await client.api(next).get());
      expect(checkGraphType('Collection(provisioningObjectSummary)', found.value)).toEqual([]);
      expect(found.value.length).toBeLessThanOrEqual(2);
      seen.push(...found.value.map(({ id }) => id));
      // The client takes absolute links with https only.
      next = found['@odata.nextLink']?.replace(/^.*\/v1\.0/, '');
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(5);
  });

  it('is told of an error as Graph tells it', async () => {
    const refusal: unknown = await client
      .api(`${jobs}/unknown`)
      .get()
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ statusCode: 404, code: 'ResourceNotFound', requestId: expect.any(String) });
  });
});
