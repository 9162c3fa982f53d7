import { z } from 'zod';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { mailDomain, type RunningService, startService } from './runningService.js';

const pair = z.object({ '@odata.context': z.string(), key: z.string(), value: z.string() });
const keyShape = z.object({ result: z.string(), details: z.record(z.string(), z.unknown()) });
const stepShape = z.object({
  name: z.string(),
  type: z.string(),
  status: z.string(),
  description: z.string(),
  timestamp: z.string(),
  details: z.record(z.string(), z.string()),
});
const valueShape = z.object({
  action: z.string(),
  changeId: z.string(),
  startTime: z.string(),
  endTime: z.string(),
  reportableIdentifier: z.string(),
  statusInfo: z.object({ status: z.string(), errorCode: z.string().nullable() }),
  modifiedProperties: z.array(
    z.object({ displayName: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() }),
  ),
  provisioningSteps: z.array(stepShape),
  sourceIdentity: z.object({ id: z.string(), type: z.string() }),
  targetIdentity: z.object({ id: z.string(), type: z.string() }),
});
type Value = z.infer<typeof valueShape>;
const errorShape = z.object({ error: z.object({ code: z.string(), target: z.string().optional() }) });
const runShape = z.object({
  id: z.string(),
  state: z.string(),
  counts: z.object({ success: z.number(), skipped: z.number(), failure: z.number() }),
  progress: z.object({ completedUnits: z.number(), totalUnits: z.number().nullable() }),
});

describe('provision on demand through the functions’ registrations', () => {
  const azurite = withAzurite();
  let service: RunningService;
  let seenCalls = 0;

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    service.join('first');
    await service.runByTimer();
  });
  afterAll(() => service.close());
  beforeEach(() => {
    seenCalls = service.simulators.zoom.journal.lastSequence;
  });

  const post = (body: object, query = '', options: { authorization?: string } = {}) =>
    service.call('POST', `${service.jobUrl}/provisionOnDemand${query}`, { ...options, body: JSON.stringify(body) });
  const subject = (objectId: string, objectTypeName = 'User') => ({
    parameters: [{ ruleId: 'rule', subjects: [{ objectId, objectTypeName }] }],
  });
  const read = async (response: Response) => {
    const body: unknown = await response.json();
    expect([response.status, checkGraphType('stringKeyStringValuePair', body, { everyMember: true })]).toEqual([
      200,
      [],
    ]);
    const { key, value } = pair.parse(body);
    return {
      key: keyShape.parse(JSON.parse(key)),
      value: z.union([valueShape, z.array(valueShape)]).parse(JSON.parse(value)),
    };
  };
  const provision = async (objectId: string, query = ''): Promise<{ result: string; value: Value }> => {
    const { key, value } = await read(await post(subject(objectId), query));
    return { result: key.result, value: valueShape.parse(value) };
  };
  const calls = (): readonly string[] =>
    service.simulators.zoom.journal
      .since(seenCalls)
      .filter(({ operation }) => !operation.startsWith('oauth.'))
      .map(({ operation }) => operation);
  const outline = ({ provisioningSteps }: Value) =>
    provisioningSteps.map(({ name, type, status }) => `${name} ${type} ${status}`);
  const opening = ['EntryImport Import Success', 'EntrySynchronizationScoping Scoping Success'];

  it('creates, and the answer is the log record with what was read', async () => {
    const id = service.join('ada');
    const { result, value } = await provision(id);
    expect([result, value.action, value.reportableIdentifier]).toEqual(['Success', 'Create', `ada@${mailDomain}`]);
    expect(outline(value)).toEqual([
      ...opening,
      'EntryImport Matching Success',
      'EntrySynchronizationAdd Processing Success',
      'EntryExportAdd Export Success',
    ]);
    expect(calls()).toEqual(['users.filter', 'users.create']);
    expect(value.targetIdentity.id).toBe(service.accountId('ada'));
    const record = await service.recordOf(id, value.changeId);
    expect(record).toMatchObject({
      provisioningAction: 'create',
      initiatedBy: { displayName: 'Provision on demand', initiatorType: 'application' },
      modifiedProperties: value.modifiedProperties,
    });
    expect(checkGraphType('provisioningObjectSummary', record)).toEqual([]);
    const { received } = await service.runByApi();
    expect(received.filter(({ method }) => method !== 'GET')).toHaveLength(1);
  });

  it('adopts', async () => {
    const { zoom } = service.simulators;
    zoom.seed({ users: [{ userName: `ben@${mailDomain}`, department: 'Old' }] });
    const { value } = await provision(service.join('ben'));
    expect(value.action).toBe('Update');
    expect(value.provisioningSteps[2]?.details).toMatchObject({ id: service.accountId('ben'), active: 'True' });
    expect(value.modifiedProperties).toContainEqual(expect.objectContaining({ oldValue: 'Old', newValue: 'Sales' }));
  });

  it('updates, then finds both sides equal', async () => {
    const id = service.join('cem');
    await provision(id);
    service.simulators.graph.dir.updateUser(id, { department: 'Legal' });
    const { value } = await provision(id);
    expect(value.modifiedProperties).toEqual([expect.objectContaining({ oldValue: 'Sales', newValue: 'Legal' })]);
    seenCalls = service.simulators.zoom.journal.lastSequence;
    const equal = await provision(`CEM@${mailDomain}`);
    expect([equal.result, equal.value.action, equal.value.statusInfo.errorCode]).toEqual([
      'Skipped',
      'Other',
      'RedundantExport',
    ]);
    expect(outline(equal.value).at(-1)).toBe('EntrySynchronizationSkip Export Skipped');
    expect(calls()).toEqual(['users.get']);
  });

  it('disables after the assignment went', async () => {
    const { graph, appRoleIds } = service.simulators;
    const id = service.join('dia');
    await provision(id);
    graph.dir.unassign({ principalId: id, appRoleId: appRoleIds.Licensed });
    const { value } = await provision(id);
    expect([value.action, value.provisioningSteps[1]?.details.Assigned]).toEqual(['Disable', 'False']);
    expect(value.modifiedProperties).toEqual([{ displayName: 'active', oldValue: 'true', newValue: 'false' }]);
    expect(await service.recordOf(id, value.changeId)).toMatchObject({ provisioningAction: 'disable' });
  });

  it('tells by which gate somebody is out of scope', async () => {
    const { graph } = service.simulators;
    const stranger = await provision(service.join('eva', { assigned: false }));
    expect(stranger.value.provisioningSteps[1]?.details).toMatchObject({ Assigned: 'False', IsActive: 'True' });
    const blocked = service.join('fay');
    graph.dir.updateUser(blocked, { accountEnabled: false });
    expect((await provision(blocked)).value.provisioningSteps[1]?.details).toMatchObject({
      Assigned: 'True',
      IsActive: 'False',
    });
    const deleted = service.join('gus');
    graph.dir.deleteUser(deleted);
    const { result, value } = await provision(deleted);
    expect([result, value.statusInfo.errorCode]).toEqual(['Skipped', 'NotEffectivelyEntitled']);
    expect(value.provisioningSteps[1]?.details).toMatchObject({ existence: 'False: the user is in the recycle bin' });
    expect(calls()).toEqual([]);
  });

  it('says what stands in the way: ambiguous match, invited, pending or foreign, Zoom down', async () => {
    const { zoom } = service.simulators;
    const resource = (n: number) => ({ id: `a${n}`, userName: `hal@${mailDomain}`, active: true });
    const body = JSON.stringify({ totalResults: 2, Resources: [resource(1), resource(2)] });
    zoom.addFault({ on: 'users.filter', fault: { mode: 'status', code: 200, body }, times: 1 });
    const several = await provision(service.join('hal'));
    expect([several.result, several.value.statusInfo.errorCode]).toEqual(['Failure', 'DuplicateTargetEntries']);

    zoom.seed({ foreign: [`ida@${mailDomain}`] });
    expect((await provision(service.join('ida'))).value.statusInfo.errorCode).toBe('PendingOrForeign');

    const invited = service.simulators.graph.dir.createUser({
      userPrincipalName: 'jon@elsewhere.example',
      mail: 'jon@elsewhere.example',
      displayName: 'Jon',
    });
    service.simulators.graph.dir.assign({
      principalId: invited,
      appRoleId: service.simulators.appRoleIds.Licensed,
    });
    expect((await provision(invited)).value.action).toBe('Create');
    expect((await provision(invited)).value.statusInfo.errorCode).toBe('Invited');

    const down = service.join('kim');
    zoom.addFault({ on: 'users.*', fault: { mode: 'status', code: 400, body: '{"detail":"no"}' } });
    const failed = await provision(down);
    zoom.clearFaults();
    expect([failed.result, failed.value.statusInfo.status]).toEqual(['Failure', 'Failure']);
    expect(await service.recordOf(down, failed.value.changeId)).toMatchObject({
      provisioningStatusInfo: { status: 'failure' },
    });
  });

  it('shows the steps without the last', async () => {
    const { result, value } = await provision(service.join('lea'), '?dryRun=true');
    expect([result, value.action, value.statusInfo.errorCode]).toEqual(['Skipped', 'Create', 'DryRun']);
    expect(outline(value)).toEqual([
      ...opening,
      'EntryImport Matching Success',
      'EntrySynchronizationAdd Processing Success',
    ]);
    expect(calls()).toEqual(['users.filter']);
  });

  it('provisions some members of a group, or all, with one value each', async () => {
    const { graph, appRoleIds } = service.simulators;
    const ids = ['max', 'nia', 'oda'].map((name) => service.join(name, { assigned: false }));
    const group = graph.dir.createGroup({ displayName: 'Zoom', securityEnabled: true });
    for (const id of ids) graph.dir.addMember(group, id);
    graph.dir.assign({ principalId: group, appRoleId: appRoleIds.Licensed });
    const members = [{ objectId: ids[0], objectTypeName: 'User' }];
    const some = await read(
      await post({ parameters: [{ subjects: [{ objectId: group, objectTypeName: 'Group', links: { members } }] }] }),
    );
    expect(
      z
        .array(valueShape)
        .parse(some.value)
        .map(({ action }) => action),
    ).toEqual(['Create']);
    const all = await read(await post(subject(group, 'Group')));
    const values = z.array(valueShape).parse(all.value);
    expect(values.map(({ sourceIdentity }) => sourceIdentity.id).sort()).toEqual([...ids].sort());
    expect(all.key).toEqual({ result: 'Success', details: { success: 2, skipped: 1, failure: 0 } });
  });

  it('answers 202 for more than twenty people, and tells how far it is', async () => {
    const { graph, appRoleIds } = service.simulators;
    const group = graph.dir.createGroup({ displayName: 'Many', securityEnabled: true });
    for (let n = 0; n < 21; n += 1) graph.dir.addMember(group, service.join(`many${n}`, { assigned: false }));
    graph.dir.assign({ principalId: group, appRoleId: appRoleIds.Licensed });
    const response = await post(subject(group, 'Group'));
    expect(response.status).toBe(202);
    const started = runShape.parse(await response.json());
    expect(started).toMatchObject({ state: 'running', progress: { completedUnits: 0 } });
    const location = response.headers.get('location') ?? '';
    expect(location).toBe(`/api/${service.jobUrl}/provisionOnDemand/${started.id}`);
    await service.host.drain();
    const ended = runShape.parse(await (await service.call('GET', location.replace('/api/', ''))).json());
    expect(ended).toMatchObject({ state: 'completed', counts: { success: 21, skipped: 0, failure: 0 } });
    expect((await service.call('GET', `${service.jobUrl}/provisionOnDemand/none`)).status).toBe(404);
  });

  it('refuses who may not, what it does not understand, and whom nobody knows', async () => {
    const { apiTokens } = service.simulators;
    const reader = { authorization: `Bearer ${apiTokens['Provisioning.Read']}` };
    expect((await post(subject('a'), '', reader)).status).toBe(403);
    const errorOf = async (response: Response) => {
      const { error } = errorShape.parse(await response.json());
      return [response.status, error.code, error.target];
    };
    expect(await errorOf(await post({ parameters: [] }))).toEqual([400, 'BadRequest', 'parameters']);
    const field = 'parameters[0].subjects[0].objectId';
    expect(await errorOf(await post(subject(`nobody@${mailDomain}`)))).toEqual([404, 'ResourceNotFound', field]);
    service.simulators.graph.dir.updateUser(service.join('pia'), { mail: `qui@${mailDomain}` });
    service.join('qui');
    expect(await errorOf(await post(subject(`qui@${mailDomain}`)))).toEqual([400, 'AmbiguousSubject', field]);
    service.simulators.graph.addFault({ kind: 'status', status: 403 }, { routes: ['appRoleAssignedTo'] });
    const unreadable = await post(subject(service.join('ray')));
    service.simulators.graph.clearFaults();
    expect(await errorOf(unreadable)).toEqual([502, 'InsufficientGraphPermissions', undefined]);
    expect(calls()).toEqual([]);
  });

  it('makes one write for a hundred calls at once', async () => {
    const id = service.join('sam');
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(subject(id))));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(calls().filter((operation) => operation !== 'users.get' && operation !== 'users.filter')).toEqual([
      'users.create',
    ]);
  });
});
