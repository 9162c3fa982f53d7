import { z } from 'zod';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { mailDomain, type RunningService, startService } from './runningService.js';

const page = z.object({
  value: z.array(z.looseObject({ id: z.string(), activityDateTime: z.string() })),
  '@odata.nextLink': z.string().optional(),
  '@odata.count': z.number().optional(),
});
type Page = z.infer<typeof page>;

describe('the logs through the functions’ registrations', () => {
  const azurite = withAzurite();
  let service: RunningService;
  let id: string;

  const read = async (link: string): Promise<Page> => {
    const response = await fetch(link, {
      headers: { authorization: `Bearer ${service.simulators.apiTokens['Provisioning.Read']}` },
    });
    expect(response.status).toBe(200);
    return page.parse(await response.json());
  };
  const urlOf = (path: string, query: Readonly<Record<string, string>>): string =>
    `${service.host.url}/api/${path}?${new URLSearchParams(query)}`;

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    service.join('anchor');
    id = service.join('ann');
    await service.runByTimer();
    const { graph } = service.simulators;
    graph.dir.updateUser(id, { department: 'Legal' });
    await service.runByApi();
    graph.dir.deleteUser(id);
    await service.runByApi();
    graph.dir.purgeUser(id);
    await service.runByApi();
    await service.call('POST', `${service.jobUrl}/pause`);
  });
  afterAll(async () => {
    await service.close();
  });

  it('are paged through by their links, newest first, in Graph’s shape', async () => {
    let answer = await read(urlOf('v1.0/auditLogs/provisioning', { $top: '1', $count: 'true' }));
    const count = answer['@odata.count'];
    const records = [...answer.value];
    for (let link = answer['@odata.nextLink']; link !== undefined; link = answer['@odata.nextLink']) {
      expect(link).toContain('/api/v1.0/auditLogs/provisioning?');
      answer = await read(link);
      records.push(...answer.value);
    }
    expect(records.length).toBeGreaterThanOrEqual(4);
    expect(records).toHaveLength(count ?? -1);
    expect(new Set(records.map((record) => record.id)).size).toBe(records.length);
    const instants = records.map(({ activityDateTime }) => Date.parse(activityDateTime));
    expect(instants).toEqual(instants.toSorted((one, other) => other - one));
    expect(checkGraphType('Collection(provisioningObjectSummary)', records, { everyMember: true })).toEqual([]);
  });

  it('tell everything about somebody who is gone for good, by the name that went with them', async () => {
    const $filter = `sourceIdentity/details/userPrincipalName eq 'Ann@${mailDomain}'`;
    const { value } = await read(urlOf('auditLogs/provisioning', { $filter }));
    expect(value.every((record) => z.object({ id: z.string() }).parse(record['sourceIdentity']).id === id)).toBe(true);
    const actions = value.map((record) => record['provisioningAction']);
    expect(actions.at(-1)).toBe('create');
    expect(actions).toEqual(expect.arrayContaining(['disable', 'update', 'create']));
  });

  it('find one record by its id, of one cycle, or none', async () => {
    const [newest] = (await read(urlOf('auditLogs/provisioning', { $top: '1' }))).value;
    const byId = await read(urlOf('auditLogs/provisioning', { $filter: `changeId eq '${newest?.id}'` }));
    expect(byId.value.map((record) => record.id)).toEqual([newest?.id]);
    const cycleId = String(newest?.['cycleId']);
    const ofCycle = await read(urlOf('beta/auditLogs/provisioning', { $filter: `cycleId eq '${cycleId}'` }));
    expect(ofCycle.value.map((record) => record.id)).toContain(newest?.id);
    expect((await read(urlOf('auditLogs/provisioning', { $filter: "jobId eq 'another'" }))).value).toEqual([]);
  });

  it('name who changed the configuration', async () => {
    const $filter = "activityDisplayName eq 'Disable/pause provisioning configuration'";
    const { value } = await read(urlOf('auditLogs/directoryAudits', { $filter }));
    expect(value).toMatchObject([
      { category: 'ProvisioningManagement', result: 'success', initiatedBy: { app: { appId: expect.any(String) } } },
    ]);
  });

  it('refuse what cannot be answered, naming it', async () => {
    const response = await service.call('GET', 'auditLogs/provisioning?$filter=nobody%20eq%20null');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'BadRequest', target: 'nobody' } });
  });
});
