import { z } from 'zod';
import { createAzureTables } from '../../lib/state/azureTables.js';
import { tableNames } from '../../lib/state/names.js';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { type RunningService, startService } from './runningService.js';
import { until } from './until.js';

const jobShape = z.object({
  schedule: z.object({ state: z.string(), interval: z.string() }),
  status: z.object({
    code: z.string(),
    quarantine: z.object({ reason: z.string() }).nullable(),
    lastExecution: z.object({ state: z.string(), countImported: z.number(), countExported: z.number() }).nullable(),
    progress: z.array(z.object({ units: z.string(), completedUnits: z.number(), totalUnits: z.number() })),
    synchronizedEntryCountByType: z.tuple([z.object({ key: z.literal('User'), value: z.number() })]),
  }),
  synchronizationJobSettings: z.array(z.object({ name: z.string(), value: z.string() })),
});
const audited = z.object({ activity: z.string(), changes: z.array(z.object({ name: z.string() })) });
const people = 60;

describe('the controls of a job through the functions’ registrations', () => {
  const azurite = withAzurite();
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let service: RunningService;
  const ids: string[] = [];

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    for (let index = 0; index < people; index += 1) ids.push(service.join(`user${index}`));
  });
  afterAll(async () => {
    await service.close();
    told.mockRestore();
  });

  const post = (verb: string, body?: unknown) =>
    service.call('POST', `${service.jobUrl}/${verb}`, body === undefined ? {} : { body: JSON.stringify(body) });
  const readJob = async () => {
    const body: unknown = await (await service.call('GET', service.jobUrl)).json();
    expect(checkGraphType('synchronizationJob', body)).toEqual([]);
    return jobShape.parse(body);
  };
  const accounts = () => [...service.simulators.zoom.state().accounts.values()];
  const inactive = () => accounts().flatMap(({ status, userName }) => (status === 'active' ? [] : [userName]));
  const creates = () => service.simulators.zoom.journal.entries.filter(({ operation }) => operation === 'users.create');
  const tables = () =>
    createAzureTables({ connection: { kind: 'connectionString', connectionString: azurite.connectionString() } });

  it('pause a cycle between two people, show how far it is, and go on from there', async () => {
    const { zoom } = service.simulators;
    zoom.settings.latencyMs = 250;
    expect((await post('run')).status).toBe(202);
    const drained = service.host.drain();
    await until(() => creates().length > 0);
    expect((await post('pause')).status).toBe(204);
    await drained;
    zoom.settings.latencyMs = 0;
    const made = accounts().length;
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(people);
    const paused = await readJob();
    expect([paused.schedule.state, paused.status.code]).toEqual(['Paused', 'Paused']);
    expect(paused.status.progress).toEqual([expect.objectContaining({ units: 'objects' })]);
    const refused = await post('run');
    expect([refused.status, await refused.json()]).toMatchObject([409, { error: { code: 'JobPaused' } }]);

    expect((await post('start')).status).toBe(204);
    await service.host.drain();
    const active = await readJob();
    expect(active.status).toMatchObject({ code: 'Active', progress: [] });
    expect(active.status.synchronizedEntryCountByType[0].value).toBe(people);
    expect([accounts().length, creates().length]).toEqual([people, people]);
  });

  it('keep what is set for a job, and use it', async () => {
    const body = JSON.stringify({
      schedule: { interval: 'PT1H' },
      synchronizationJobSettings: [{ name: 'QuarantineTooManyDeletesThreshold', value: '1' }],
    });
    const patched = await service.call('PATCH', service.jobUrl, { body });
    expect(patched.status).toBe(200);
    const job = await readJob();
    expect(job).toEqual(jobShape.parse(await patched.json()));
    expect(job.schedule.interval).toBe('PT1H');
    expect(job.synchronizationJobSettings).toContainEqual({ name: 'QuarantineTooManyDeletesThreshold', value: '1' });

    for (const id of ids.slice(0, 3)) service.simulators.graph.dir.updateUser(id, { accountEnabled: false });
    await service.runByApi();
    expect(inactive()).toEqual([]);
    expect((await readJob()).status).toMatchObject({ code: 'Quarantine', quarantine: { reason: 'TooManyDeletes' } });
  });

  it.each([
    [{ schedule: { interval: 'PT1S' } }, 'schedule.interval'],
    [
      { synchronizationJobSettings: [{ name: 'DeletionThresholdPercent', value: '101' }] },
      'synchronizationJobSettings[0].value',
    ],
    [{ synchronizationJobSettings: [{ name: 'Colour', value: '1' }] }, 'synchronizationJobSettings[0].name'],
    [{ templateId: 'other' }, 'templateId'],
  ])('refuse the setting %j by its field', async (body, target) => {
    const response = await service.call('PATCH', service.jobUrl, { body: JSON.stringify(body) });
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'BadRequest', target } }]);
  });

  it('match everybody anew after a full restart, and neither carry out nor forget what is held', async () => {
    const before = creates().length;
    expect((await post('restart', { criteria: { resetScope: 'Full' } })).status).toBe(204);
    await service.host.drain();
    const { status } = await readJob();
    expect(status.lastExecution).toMatchObject({ state: 'Succeeded', countImported: people });
    expect(status.synchronizedEntryCountByType[0].value).toBe(people);
    expect(creates().length).toBe(before);
    expect(inactive()).toEqual([]);
    expect(status.quarantine).toMatchObject({ reason: 'TooManyDeletes' });
  });

  it('carry out what is held once that is forced, with the usual scopes beside it', async () => {
    expect((await post('restart', { criteria: { resetScope: 'Everything' } })).status).toBe(400);
    const response = await post('restart', { criteria: { resetScope: 'ForceDeletes, Watermark' } });
    expect(response.status).toBe(204);
    await service.host.drain();
    expect(inactive()).toHaveLength(3);
    expect((await readJob()).status).toMatchObject({ code: 'Active', quarantine: null });
  });

  it('erase what a job knows, and find its accounts again when it is started', async () => {
    const subjects = [{ objectId: ids[5], objectTypeName: 'User' }];
    expect((await post('provisionOnDemand', { parameters: [{ ruleId: 'r', subjects }] })).status).toBe(200);
    const before = creates().length;
    expect((await service.call('DELETE', service.jobUrl)).status).toBe(204);
    await service.host.drain();
    const erased = await readJob();
    expect(erased.schedule.state).toBe('Disabled');
    expect(erased.status).toMatchObject({ code: 'NotRun', lastExecution: null, progress: [] });
    expect(erased.status.synchronizedEntryCountByType[0].value).toBe(0);
    const log: unknown = await (await service.call('GET', 'auditLogs/provisioning')).json();
    expect(log).toMatchObject({ value: [] });
    for (const name of [tableNames.objects, tableNames.targets, tableNames.edges, tableNames.demands]) {
      expect([name, await tables().table(name).listKeys({ from: '', before: '~~' }, 10)]).toEqual([name, []]);
    }
    const left = await tables().table(tableNames.jobs).listKeys({ from: '', before: '~~' }, 10);
    expect(left.map(({ rowKey }) => rowKey).sort()).toEqual(expect.arrayContaining(['job']));
    expect(left.every(({ rowKey }) => rowKey === 'job' || rowKey === 'lease')).toBe(true);

    expect((await post('start')).status).toBe(204);
    await service.host.drain();
    expect((await readJob()).status).toMatchObject({ code: 'Active', lastExecution: { state: 'Succeeded' } });
    expect(creates().length).toBe(before);
  });

  it('have recorded who did what', async () => {
    const jobId = service.jobUrl.split('/').at(-1) ?? '';
    const { rows } = await tables().table(tableNames.audit).query({ partitionKey: jobId }, 100);
    const entries = rows.map(({ columns }) => audited.parse(JSON.parse(String(columns['entry']))));
    const activities = new Set(entries.map(({ activity }) => activity));
    expect([...activities].sort()).toEqual([
      'Delete provisioning configuration',
      'Disable/pause provisioning configuration',
      'Enable/restart provisioning configuration',
      'Enable/start provisioning configuration',
      'Run provisioning cycle',
      'Update provisioning setting or credentials',
    ]);
    const patched = entries.find(({ activity }) => activity === 'Update provisioning setting or credentials');
    expect(patched?.changes.map(({ name }) => name)).toEqual([
      'schedule.interval',
      'QuarantineTooManyDeletesThreshold',
      'DeletionThresholdDaily',
    ]);
  });
});
