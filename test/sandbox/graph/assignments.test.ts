import type { GraphSimulator } from '../../../lib/sandbox/graph/model.js';
import { addUsers, at, createClient, createPlainSimulator } from './client.js';

const licensed = '11111111-1111-4111-8111-111111111111';
const defaultAccess = '00000000-0000-0000-0000-000000000000';

const addApplication = (simulator: GraphSimulator): string => {
  const id = simulator.dir.createServicePrincipal({ displayName: 'Zoom' });
  simulator.dir.defineAppRoles(id, [{ id: licensed, displayName: 'Licensed', value: 'licensed' }]);
  return id;
};

const select = '$select=id,appRoleId,principalId,principalType,principalDisplayName';

test('the list names users and groups with their roles, one row a role', async () => {
  const simulator = createPlainSimulator();
  const application = addApplication(simulator);
  const [user = ''] = addUsers(simulator, 1);
  const group = simulator.dir.createGroup({ displayName: 'Staff' });
  simulator.dir.assign({ principalId: user });
  simulator.dir.assign({ principalId: user, appRoleId: licensed });
  simulator.dir.assign({ principalId: group, appRoleId: licensed });
  const { rows } = await createClient(simulator).walk(
    `/servicePrincipals/${application}/appRoleAssignedTo?$top=999&${select}`,
  );
  const row = (principalId: string, principalType: string, principalDisplayName: string, appRoleId: string) => ({
    id: expect.stringMatching(/^[\w-]{43}$/),
    appRoleId,
    principalId,
    principalType,
    principalDisplayName,
  });
  expect(rows).toEqual([
    row(user, 'User', 'User 0', defaultAccess),
    row(user, 'User', 'User 0', licensed),
    row(group, 'Group', 'Staff', licensed),
  ]);
});

test('the application is found by id and by appId, with its roles; a disabled one says so, a deleted one is 404', async () => {
  const simulator = createPlainSimulator();
  const application = addApplication(simulator);
  const appId = simulator.dir.servicePrincipal(application)?.properties.appId;
  const client = createClient(simulator);
  const path = `/servicePrincipals(appId='${appId}')`;
  expect((await client.get(`${path}?$select=id,appRoles`)).body).toMatchObject({
    id: application,
    appRoles: [{ id: licensed, displayName: 'Licensed', value: 'licensed', isEnabled: true }],
  });
  simulator.dir.updateServicePrincipal(application, { accountEnabled: false });
  expect((await client.get(`/servicePrincipals/${application}?$select=accountEnabled`)).body.accountEnabled).toBe(
    false,
  );
  simulator.dir.deleteServicePrincipal(application);
  expect((await client.get(path)).status).toBe(404);
  expect((await client.get(`${path}/appRoleAssignedTo`)).status).toBe(404);
  simulator.dir.restoreServicePrincipal(application);
  expect((await client.get(path)).status).toBe(200);
});

test.each(['hidden', 'shown'] as const)(
  'rows of soft-deleted users are %s and reappear at restore',
  async (setting) => {
    const simulator = createPlainSimulator({ settings: { softDeletedAssignments: setting } });
    const application = addApplication(simulator);
    const [user = ''] = addUsers(simulator, 1);
    simulator.dir.assign({ principalId: user });
    const client = createClient(simulator);
    const count = async () => (await client.walk(`/servicePrincipals/${application}/appRoleAssignedTo`)).rows.length;
    simulator.dir.deleteUser(user);
    expect(await count()).toBe(setting === 'shown' ? 1 : 0);
    simulator.dir.restoreUser(user);
    expect(await count()).toBe(1);
    simulator.dir.deleteUser(user);
    simulator.dir.purgeUser(user);
    expect(await count()).toBe(0);
    expect([...simulator.dir.assignments()]).toEqual([]);
  },
);

test("a deleted group's row disappears", async () => {
  const simulator = createPlainSimulator({ settings: { softDeletedAssignments: 'shown' } });
  const application = addApplication(simulator);
  const group = simulator.dir.createGroup({ displayName: 'Staff' });
  simulator.dir.assign({ principalId: group });
  simulator.dir.deleteGroup(group);
  const { rows } = await createClient(simulator).walk(`/servicePrincipals/${application}/appRoleAssignedTo`);
  expect(rows).toEqual([]);
});

test('unassign takes one role or all, and refuses what is not assigned', () => {
  const simulator = createPlainSimulator();
  addApplication(simulator);
  const [user = ''] = addUsers(simulator, 1);
  simulator.dir.assign({ principalId: user });
  simulator.dir.assign({ principalId: user, appRoleId: licensed });
  expect(() => simulator.dir.assign({ principalId: user })).toThrow('already');
  simulator.dir.unassign({ principalId: user, appRoleId: licensed });
  expect([...simulator.dir.assignments()]).toMatchObject([{ principalId: user, appRoleId: defaultAccess }]);
  simulator.dir.unassign({ principalId: user });
  expect(() => simulator.dir.unassign({ principalId: user })).toThrow('not assigned');
});

test('a row can show an unknown principal type and no name', async () => {
  const simulator = createPlainSimulator();
  const application = addApplication(simulator);
  const [user = ''] = addUsers(simulator, 1);
  simulator.dir.assign({ principalId: user, shownAs: { principalType: 'Agent', principalDisplayName: null } });
  const robot = simulator.dir.createServicePrincipal({ displayName: 'Robot' });
  simulator.dir.assign({ principalId: robot, servicePrincipalId: application });
  const { rows } = await createClient(simulator).walk(`/servicePrincipals/${application}/appRoleAssignedTo?${select}`);
  expect(rows).toMatchObject([
    { principalType: 'Agent', principalDisplayName: null },
    { principalType: 'ServicePrincipal', principalDisplayName: 'Robot' },
  ]);
});

test.each([
  ["$filter=startswith(principalDisplayName,'user 1')", 200, 2],
  ["$filter=principalDisplayName eq 'User 3'", 200, 1],
  ["$filter=principalType eq 'User'", 400, 0],
  [`$filter=appRoleId eq ${defaultAccess}`, 400, 0],
  ['$expand=principal', 400, 0],
  ['$orderby=principalId', 400, 0],
])('assignments can be asked for with %s: %d', async (query, status, count) => {
  const simulator = createPlainSimulator();
  const application = addApplication(simulator);
  for (const principalId of addUsers(simulator, 11)) {
    simulator.dir.assign({ principalId });
  }
  const reply = await createClient(simulator).get(`/servicePrincipals/${application}/appRoleAssignedTo?${query}`);
  expect([reply.status, reply.body.value?.length ?? 0]).toEqual([status, count]);
});

test('pages of the list are no snapshot, but every row that stays is listed', async () => {
  const simulator = createPlainSimulator();
  const application = addApplication(simulator);
  const ids = addUsers(simulator, 9);
  for (const principalId of ids) {
    simulator.dir.assign({ principalId });
  }
  const client = createClient(simulator);
  const first = await client.get(`/servicePrincipals/${application}/appRoleAssignedTo?$top=3`);
  simulator.dir.unassign({ principalId: at(ids, 0) });
  simulator.dir.unassign({ principalId: at(ids, 5) });
  const rest = await client.walk(first.body['@odata.nextLink'] ?? '');
  expect(rest.rows.map((row) => row.principalId)).toEqual(ids.filter((_id, index) => index > 2 && index !== 5));
});

test('a lagging list lacks a fresh row and keeps one that just went', async () => {
  const simulator = createPlainSimulator({ settings: { lagProbability: 1, lagMaxMs: 60_000 } });
  const application = addApplication(simulator);
  const [old = '', young = ''] = addUsers(simulator, 2);
  simulator.dir.assign({ principalId: old });
  simulator.clock.advance(120_000);
  simulator.dir.assign({ principalId: young });
  simulator.dir.unassign({ principalId: old });
  const path = `/servicePrincipals/${application}/appRoleAssignedTo`;
  const client = createClient(simulator);
  const principals = async () => (await client.walk(path)).rows.map((row) => row.principalId);
  expect(await principals()).toEqual([old]);
  simulator.clock.advance(120_000);
  expect(await principals()).toEqual([young]);
});
