import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { mailDomain, type RunningService, startService } from './runningService.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const patchOf = (active: boolean) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'active', value: active }],
});

describe('Microsoft’s scenarios through the functions’ registrations', () => {
  const azurite = withAzurite();
  let service: RunningService;

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    // Somebody is always assigned: an empty list would be taken for an interruption.
    service.join('anchor');
    const first = await service.runByTimer();
    expect(first.execution).toMatchObject({ state: 'Succeeded', countExported: 1 });
  });
  afterAll(async () => {
    await service.close();
  });

  it('create', async () => {
    const id = service.join('create');
    const { received, records } = await service.runByApi();
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /scim2/Users', 'POST /scim2/Users']);
    expect(received[1]?.body).toMatchObject({
      userName: `create@${mailDomain}`,
      active: true,
      displayName: 'create Example',
      name: { givenName: 'create', familyName: 'Example' },
      emails: [{ type: 'work', value: `create@${mailDomain}` }],
      userType: 'Licensed',
      [enterprise]: { department: 'Sales' },
    });
    expect(records).toHaveLength(1);
    const [record] = records;
    expect(record).toMatchObject({
      provisioningAction: 'create',
      provisioningStatusInfo: { status: 'success', errorInformation: null },
      sourceIdentity: { id, displayName: 'create Example', identityType: 'User' },
      targetIdentity: { id: service.accountId('create') },
    });
    expect(record?.provisioningSteps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'EntryImport success',
      'EntrySynchronizationScoping success',
      'EntryMatching success',
      'EntrySynchronizationAdd success',
      'EntryExportAdd success',
    ]);
    expect(record?.modifiedProperties).toContainEqual({
      displayName: 'userName',
      oldValue: null,
      newValue: `create@${mailDomain}`,
    });
  });

  it('update mapped attributes', async () => {
    const id = service.join('update');
    await service.runByApi();
    service.simulators.graph.dir.updateUser(id, { department: 'Legal', surname: 'Renamed' });
    const { received, records } = await service.runByApi();
    expect(received).toEqual([
      {
        method: 'PUT',
        path: `/scim2/Users/${service.accountId('update')}`,
        body: expect.objectContaining({ name: { familyName: 'Renamed' }, [enterprise]: { department: 'Legal' } }),
      },
    ]);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      provisioningAction: 'update',
      provisioningStatusInfo: { status: 'success' },
      sourceIdentity: { id },
      targetIdentity: { id: service.accountId('update') },
    });
    expect(records[0]?.modifiedProperties).toEqual(
      expect.arrayContaining([
        { displayName: 'name.familyName', oldValue: 'Example', newValue: 'Renamed' },
        { displayName: `${enterprise}:department`, oldValue: 'Sales', newValue: 'Legal' },
      ]),
    );
    expect(records[0]?.modifiedProperties).toHaveLength(2);
    expect(records[0]?.provisioningSteps.map(({ name }) => name)).toEqual([
      'EntryImport',
      'EntrySynchronizationScoping',
      'EntryMatching',
      'EntrySynchronizationUpdate',
      'EntryExportUpdate',
    ]);
  });

  it('nothing changed, nothing sent', async () => {
    const { received, records, execution } = await service.runByApi();
    expect(received).toEqual([]);
    expect(records).toEqual([]);
    expect(execution).toMatchObject({ state: 'Succeeded', countExported: 0 });
  });

  it('disable, then enable', async () => {
    const id = service.join('disable');
    await service.runByApi();
    const path = `/scim2/Users/${service.accountId('disable')}`;
    service.simulators.graph.dir.updateUser(id, { accountEnabled: false });
    const disabled = await service.runByApi();
    expect(disabled.received).toEqual([{ method: 'PATCH', path, body: patchOf(false) }]);
    expect(disabled.records).toHaveLength(1);
    expect(disabled.records[0]).toMatchObject({
      provisioningAction: 'disable',
      provisioningStatusInfo: { status: 'success' },
      modifiedProperties: [{ displayName: 'active', oldValue: 'true', newValue: 'false' }],
    });

    service.simulators.graph.dir.updateUser(id, { accountEnabled: true });
    const enabled = await service.runByApi();
    expect(enabled.received).toEqual([
      { method: 'PATCH', path, body: patchOf(true) },
      { method: 'PUT', path, body: expect.objectContaining({ userType: 'Licensed' }) },
    ]);
    expect(enabled.records[0]).toMatchObject({ provisioningAction: 'update' });
    expect(enabled.records[0]?.modifiedProperties).toContainEqual({
      displayName: 'active',
      oldValue: 'false',
      newValue: 'true',
    });
  });

  it('soft delete disables; purge asks for nothing more where nothing is ever deleted', async () => {
    const id = service.join('purge');
    await service.runByApi();
    const path = `/scim2/Users/${service.accountId('purge')}`;
    service.simulators.graph.dir.deleteUser(id);
    const deleted = await service.runByApi();
    expect(deleted.received).toEqual([{ method: 'PATCH', path, body: patchOf(false) }]);
    expect(deleted.records).toMatchObject([{ provisioningAction: 'disable', sourceIdentity: { id } }]);
    service.simulators.graph.dir.purgeUser(id);
    const purged = await service.runByApi();
    expect(purged.received).toEqual([]);
    expect(purged.records).toMatchObject([
      { provisioningAction: 'other', provisioningStatusInfo: { status: 'skipped' }, sourceIdentity: { id } },
    ]);
  });

  it('unassign, gone, reassign, back', async () => {
    const { graph, appRoleIds } = service.simulators;
    const id = service.join('unassign');
    await service.runByApi();
    const path = `/scim2/Users/${service.accountId('unassign')}`;
    graph.dir.unassign({ principalId: id });
    // One list that lacks a row is no proof.
    expect((await service.runByApi()).received).toEqual([]);
    const gone = await service.runByApi();
    expect(gone.received).toEqual([{ method: 'PATCH', path, body: patchOf(false) }]);
    expect(gone.records).toMatchObject([{ provisioningAction: 'disable', sourceIdentity: { id } }]);
    expect(gone.records[0]?.provisioningSteps[1]).toMatchObject({
      name: 'EntrySynchronizationScoping',
      status: 'skipped',
      details: { assignment: 'neither assigned directly nor a member of an assigned group' },
    });
    graph.dir.assign({ principalId: id, appRoleId: appRoleIds.Licensed });
    const back = await service.runByApi();
    expect(back.received).toEqual([
      { method: 'PATCH', path, body: patchOf(true) },
      { method: 'PUT', path, body: expect.objectContaining({ userType: 'Licensed' }) },
    ]);
    expect((await service.runByApi()).received).toEqual([]);
  });

  it('unassign and reassign a group with its members', async () => {
    const { graph, appRoleIds, zoom } = service.simulators;
    const members = ['grouped1', 'grouped2'].map((name) => service.join(name, { assigned: false }));
    const group = graph.dir.createGroup({ displayName: 'Sales' });
    for (const id of members) graph.dir.addMember(group, id);
    graph.dir.assign({ principalId: group, appRoleId: appRoleIds.Licensed });
    const created = await service.runByApi();
    expect(created.received.filter(({ method }) => method === 'POST')).toHaveLength(2);
    const paths = ['grouped1', 'grouped2'].map((name) => `/scim2/Users/${service.accountId(name)}`).sort();

    graph.dir.unassign({ principalId: group });
    expect((await service.runByApi()).received).toEqual([]);
    const gone = await service.runByApi();
    expect(gone.received.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      paths.map((path) => `PATCH ${path}`),
    );
    expect(gone.records.map(({ provisioningAction }) => provisioningAction)).toEqual(['disable', 'disable']);

    graph.dir.assign({ principalId: group, appRoleId: appRoleIds.Licensed });
    const back = await service.runByApi();
    expect(
      back.received
        .filter(({ method }) => method === 'PATCH')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(paths);
    const accounts = [...zoom.state().accounts.values()].filter(({ userName }) => userName.startsWith('grouped'));
    expect(accounts.map(({ status, userType }) => `${status} ${userType}`)).toEqual([
      'active Licensed',
      'active Licensed',
    ]);
  });

  it('adopt an account that stood in Zoom', async () => {
    service.simulators.zoom.seed({
      users: [{ userName: `adopt@${mailDomain}`, givenName: 'adopt', familyName: 'Example', userType: 'Licensed' }],
    });
    const accountId = service.accountId('adopt');
    const id = service.join('adopt');
    const { received, records } = await service.runByApi();
    expect(received.filter(({ method }) => method !== 'GET')).toEqual([
      {
        method: 'PUT',
        path: `/scim2/Users/${accountId}`,
        body: expect.objectContaining({ [enterprise]: { department: 'Sales' } }),
      },
    ]);
    expect(records).toMatchObject([
      { provisioningAction: 'update', sourceIdentity: { id }, targetIdentity: { id: accountId } },
    ]);
    expect((await service.runByApi()).received).toEqual([]);
  });
});
