import { addUsers, at, createClient, createPlainSimulator } from './client.js';

const missingId = '00000000-0000-4000-8000-000000000000';

test('a user is found by id and by userPrincipalName, with nulls and empty lists for what was never set', async () => {
  const simulator = createPlainSimulator();
  const [id = ''] = addUsers(simulator, 1);
  const client = createClient(simulator);
  const select = '?$select=displayName,mail,otherMails';
  const shown = { id, displayName: 'User 0', mail: null, otherMails: [] };
  expect((await client.get(`/users/${id}${select}`)).body).toMatchObject(shown);
  expect((await client.get(`/users/U0%40contoso.com${select}`)).body).toMatchObject(shown);
  expect((await client.get(`/users('${id}')${select}`)).body).toMatchObject(shown);
});

test('users are found by userPrincipalName or mail in any case, and not when deleted', async () => {
  const simulator = createPlainSimulator();
  const [id = '', other = ''] = addUsers(simulator, 2);
  simulator.dir.updateUser(other, { mail: "o'neil@contoso.com" });
  const client = createClient(simulator);
  const find = async (name: string) => {
    const filter = encodeURIComponent(`userPrincipalName eq '${name}' or mail eq '${name}'`);
    return (await client.get(`/users?$filter=${filter}&$select=id`)).body;
  };
  expect(await find('U0@CONTOSO.com')).toMatchObject({ value: [{ id }] });
  expect(await find("O''Neil@contoso.com")).toMatchObject({ value: [{ id: other }] });
  simulator.dir.updateUser(other, { mail: 'u0@contoso.com' });
  expect(await find('u0@contoso.com')).toMatchObject({ value: [{ id }, { id: other }] });
  simulator.dir.deleteUser(id);
  expect(await find('u0@contoso.com')).toMatchObject({ value: [{ id: other }] });
  expect(await find('nobody@contoso.com')).toMatchObject({ value: [] });
});

test('a user without $select has the default properties and no others', async () => {
  const simulator = createPlainSimulator();
  const [id = ''] = addUsers(simulator, 1);
  const { body } = await createClient(simulator).get(`/users/${id}`);
  expect(Object.keys(body).sort()).toEqual(
    [
      '@odata.context',
      'businessPhones',
      'displayName',
      'givenName',
      'id',
      'jobTitle',
      'mail',
      'mobilePhone',
      'officeLocation',
      'preferredLanguage',
      'surname',
      'userPrincipalName',
    ].sort(),
  );
});

test('$expand=manager($select=id) adds the manager, unless it is none or soft-deleted', async () => {
  const simulator = createPlainSimulator();
  const [report = '', manager = ''] = addUsers(simulator, 2);
  const path = `/users/${report}?$select=id&$expand=manager($select=id)`;
  const client = createClient(simulator);
  expect((await client.get(path)).body).not.toHaveProperty('manager');
  simulator.dir.setManager(report, manager);
  expect((await client.get(path)).body.manager).toEqual({ '@odata.type': '#microsoft.graph.user', id: manager });
  simulator.dir.deleteUser(manager);
  expect((await client.get(path)).body).not.toHaveProperty('manager');
});

test.each([
  ['a relation that is not served', '/users/me?$expand=memberOf', 501, 'NotImplemented'],
  ['levels', '/users/me?$expand=manager($levels=2)', 501, 'NotImplemented'],
  ['an unknown property', '/users/me?$select=shoeSize', 400, 'BadRequest'],
  [
    'sixteen ids',
    `/users?$filter=id in (${Array(16).fill("'a'").join(',')})`.replace("'a'", "'b'"),
    400,
    'Request_BadRequest',
  ],
  ['another filter', "/users?$filter=department eq 'a'", 400, 'Request_UnsupportedQuery'],
  ['$skip', '/users?$skip=5', 400, 'Request_BadRequest'],
  ['$top of nothing', '/users?$top=0', 400, 'Request_BadRequest'],
  ['$count without the header', '/users?$count=true', 400, 'Request_BadRequest'],
  ['an unknown collection', '/colours', 404, 'BadRequest'],
  ['a collection that is not served', '/applications', 501, 'NotImplemented'],
  ['the delta that is not served', '/directoryObjects/delta', 501, 'NotImplemented'],
  ['an absent user', `/users/${missingId}`, 404, 'Request_ResourceNotFound'],
  ['an absent group', `/groups/${missingId}/members`, 404, 'Request_ResourceNotFound'],
  ['a version twice', '/v1.0/users', 404, 'BadRequest'],
])('a read with or of %s is refused', async (_what, path, status, code) => {
  const reply = await createClient(createPlainSimulator()).get(path);
  expect([reply.status, reply.body.error?.code]).toEqual([status, code]);
});

test('a path without a version is not served', async () => {
  const simulator = createPlainSimulator();
  expect((await createClient(simulator).get('https://graph.microsoft.com/users')).status).toBe(404);
});

test('$filter=id in (…) finds those of fifteen that are live', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 15);
  simulator.dir.deleteUser(at(ids, 4));
  const filter = encodeURIComponent(`id in (${ids.map((id) => `'${id}'`).join(',')})`);
  const { rows } = await createClient(simulator).walk(`/users?$filter=${filter}&$select=id`);
  expect(rows.map((row) => row.id)).toEqual(ids.filter((id) => id !== at(ids, 4)));
});

test('lists come in pages of 100 unless $top says otherwise, and of 999 at most', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 1_001);
  const client = createClient(simulator);
  const sizes = async (path: string) => (await client.walk(path)).pages.map((page) => page.length);
  expect(await sizes('/users?$select=id')).toEqual([...Array(10).fill(100), 1]);
  expect(await sizes('/users?$select=id&$top=5000')).toEqual([999, 2]);
  const { body } = await client.get('/users?$select=id&$top=700');
  expect(body['@odata.nextLink']).toMatch(/\/users\?\$select=id&\$top=700&\$skiptoken=/);
});

test('a list token goes on with its own list only, and expires', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 3);
  const client = createClient(simulator);
  const link = (await client.get('/users?$select=id&$top=2')).body['@odata.nextLink'] ?? '';
  expect((await client.get(link.replace('$top=2', '$top=1'))).status).toBe(400);
  expect((await client.get(link)).body.value).toHaveLength(1);
  simulator.clock.advance(25 * 3_600_000);
  expect((await client.get(link)).body.error?.code).toBe('Directory_ExpiredPageToken');
});

test('soft-deleted users are hidden from reads and members, and stand in the recycle bin under a freed name', async () => {
  const simulator = createPlainSimulator();
  const [gone = '', here = ''] = addUsers(simulator, 2);
  const group = simulator.dir.createGroup({ displayName: 'G' });
  simulator.dir.addMember(group, gone);
  simulator.dir.addMember(group, here);
  simulator.dir.deleteUser(gone);
  const client = createClient(simulator);
  expect((await client.get(`/users/${gone}`)).status).toBe(404);
  expect((await client.walk(`/groups/${group}/members?$select=id`)).rows.map((row) => row.id)).toEqual([here]);
  const bin = await client.walk('/directory/deletedItems/microsoft.graph.user?$select=id,userPrincipalName&$top=999');
  expect(bin.rows).toEqual([{ id: gone, userPrincipalName: `${gone.replaceAll('-', '')}u0@contoso.com` }]);
  expect((await client.get(`/directory/deletedItems/${gone}`)).body).toMatchObject({
    '@odata.type': '#microsoft.graph.user',
    deletedDateTime: '2026-01-05T08:00:00.000Z',
  });
  expect((await client.get(`/directory/deletedItems/${here}`)).status).toBe(404);
});

test('memberOf names direct live groups; transitiveMembers flattens, also through a cycle', async () => {
  const simulator = createPlainSimulator();
  const [user = '', other = ''] = addUsers(simulator, 2);
  const outer = simulator.dir.createGroup({ displayName: 'Outer' });
  const inner = simulator.dir.createGroup({ displayName: 'Inner' });
  const deleted = simulator.dir.createGroup({ displayName: 'Deleted' });
  simulator.dir.addMember(inner, user);
  simulator.dir.addMember(outer, inner);
  simulator.dir.addMember(inner, outer);
  simulator.dir.addMember(outer, other);
  simulator.dir.addMember(deleted, user);
  simulator.dir.deleteGroup(deleted);
  const client = createClient(simulator);
  const ids = async (path: string) => (await client.walk(path)).rows.map((row) => row.id);
  expect(await ids(`/users/${user}/memberOf?$select=id`)).toEqual([inner]);
  expect((await ids(`/groups/${outer}/transitiveMembers?$select=id`)).sort()).toEqual([inner, user, other].sort());
  expect(await ids(`/groups/${outer}/members?$select=id`)).toEqual([inner, other]);
});

test('a cast asks for the separately indexed store', async () => {
  const simulator = createPlainSimulator();
  const [user = ''] = addUsers(simulator, 1);
  const group = simulator.dir.createGroup({ displayName: 'G' });
  const inner = simulator.dir.createGroup({ displayName: 'Inner' });
  simulator.dir.addMember(group, user);
  simulator.dir.addMember(group, inner);
  const client = createClient(simulator);
  const path = `/groups/${group}/transitiveMembers/microsoft.graph.user?$select=id`;
  expect((await client.get(path)).status).toBe(400);
  const { body } = await client.get(`${path}&$count=true`, { ConsistencyLevel: 'eventual' });
  expect(body.value).toEqual([{ '@odata.type': '#microsoft.graph.user', id: user }]);
  expect(body['@odata.count']).toBe(1);
});

test('a lagging replica does not know a user that was just created, and still shows one that was just deleted', async () => {
  const simulator = createPlainSimulator({ settings: { lagProbability: 1, lagMaxMs: 60_000 } });
  const [old = ''] = addUsers(simulator, 1);
  simulator.clock.advance(120_000);
  const young = simulator.dir.createUser({ userPrincipalName: 'young@contoso.com', displayName: 'Young' });
  simulator.dir.updateUser(old, { displayName: 'Renamed' });
  simulator.dir.deleteUser(old);
  const client = createClient(simulator);
  expect((await client.get(`/users/${young}`)).status).toBe(404);
  expect((await client.get(`/users/${old}`)).body.displayName).toBe('User 0');
  simulator.clock.advance(120_000);
  expect((await client.get(`/users/${young}`)).status).toBe(200);
  expect((await client.get(`/users/${old}`)).status).toBe(404);
});

test('every answer carries ids, date and version, and echoes the client-request-id', async () => {
  const simulator = createPlainSimulator();
  const reply = await createClient(simulator).get(`/users/${missingId}`, { 'client-request-id': 'mine' });
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    'client-request-id': 'mine',
    'content-type': expect.stringMatching(/^application\/json;odata.metadata=minimal;.*charset=utf-8$/),
    date: 'Mon, 05 Jan 2026 08:00:00 GMT',
    'odata-version': '4.0',
    'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-ms-resource-unit': '1',
  });
  expect(reply.body.error).toMatchObject({
    innerError: { 'request-id': reply.headers.get('request-id'), 'client-request-id': 'mine' },
  });
});
