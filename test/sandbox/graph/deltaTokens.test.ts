import { addUsers, at, base, createClient, createPlainSimulator } from './client.js';

const stream = '/users/delta?$select=displayName';
const dayMs = 86_400_000;
const manyIds = Array.from({ length: 51 }, (_, index) => `id eq '${index}'`).join(' or ');

test.each([
  ['$top', '/users/delta?$top=5', 400, 'Request_BadRequest'],
  ['$expand', '/users/delta?$expand=manager', 400, 'Request_BadRequest'],
  ['$orderby', '/users/delta?$orderby=displayName', 400, 'Request_BadRequest'],
  ['$search', '/users/delta?$search="a"', 400, 'Request_BadRequest'],
  ['$count', '/users/delta?$count=true', 400, 'Request_BadRequest'],
  ['an unknown option', '/users/delta?$selcet=id', 400, 'Request_BadRequest'],
  ['an option given twice', '/users/delta?$select=id&$select=mail', 400, 'Request_BadRequest'],
  ['an unknown property', '/users/delta?$select=shoeSize', 400, 'BadRequest'],
  ['a property of another type', '/groups/delta?$select=jobTitle', 400, 'BadRequest'],
  ['a property in other case', '/users/delta?$select=DisplayName', 400, 'BadRequest'],
  ['a property that is not in the directory', '/users/delta?$select=skills', 501, 'NotImplemented'],
  ['another filter', "/users/delta?$filter=startswith(displayName,'a')", 400, 'Request_UnsupportedQuery'],
  ['51 ids', `/groups/delta?$filter=${encodeURIComponent(manyIds)}`, 400, 'Request_UnsupportedQuery'],
])('a delta query with %s is refused', async (_what, path, status, code) => {
  const reply = await createClient(createPlainSimulator()).get(path);
  expect([reply.status, reply.body.error?.code]).toEqual([status, code]);
});

test.each(['users/delta/', 'users/delta()', 'users/microsoft.graph.delta', 'users/microsoft.graph.delta()'])(
  'delta can be spelled %s',
  async (path) => {
    const simulator = createPlainSimulator();
    addUsers(simulator, 1);
    expect((await createClient(simulator).walk(`/${path}?$select=displayName`)).rows).toHaveLength(1);
  },
);

test('a deltaLink can be used again, with the same or newer rows', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 3);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.updateUser(at(ids, 0), { displayName: 'A' });
  const first = await client.walk(deltaLink);
  simulator.dir.updateUser(at(ids, 1), { displayName: 'B' });
  const second = await client.walk(deltaLink);
  expect(first.rows).toEqual([{ id: at(ids, 0), displayName: 'A' }]);
  expect(second.rows).toEqual(expect.arrayContaining([...first.rows]));
  expect(second.rows).toHaveLength(2);
});

test('a nextLink asked for twice gives the same page', async () => {
  const simulator = createPlainSimulator({ settings: { shortPageProbability: 0.5, emptyPageProbability: 0.5 } });
  addUsers(simulator, 40);
  const client = createClient(simulator);
  const first = await client.get(stream);
  const link = first.body['@odata.nextLink'] ?? '';
  const [one, two] = [await client.get(link), await client.get(link)];
  expect(one.body.value).toEqual(two.body.value);
});

test('a link is of the host and version it was asked on', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 6);
  const reply = await createClient(simulator).get('http://127.0.0.1:4711/beta/users/delta?$select=displayName');
  expect(reply.body['@odata.nextLink']).toMatch(/^http:\/\/127\.0\.0\.1:4711\/beta\/users\/delta\?\$skiptoken=/);
});

test.each([200, 900, 3_000])('a token is as long as the setting says: %d', async (tokenChars) => {
  const simulator = createPlainSimulator({ settings: { tokenChars } });
  const { deltaLink } = await createClient(simulator).walk(stream);
  const length = deltaLink.split('$deltatoken=')[1]?.length ?? 0;
  expect(Math.abs(length - tokenChars)).toBeLessThan(3);
});

test('a token that was touched, of another stream, of the other kind, or with options beside it is refused', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 6);
  const client = createClient(simulator);
  const next = (await client.get(stream)).body['@odata.nextLink'] ?? '';
  const { deltaLink } = await client.walk(stream);
  const token = deltaLink.split('$deltatoken=')[1] ?? '';
  const flipped = token.slice(0, -8) + (token.at(-8) === 'A' ? 'B' : 'A') + token.slice(-7);
  for (const link of [
    `${base}/users/delta?$deltatoken=${flipped}`,
    `${base}/users/delta?$deltatoken=nonsense`,
    deltaLink.replace('/users/', '/groups/'),
    deltaLink.replace('$deltatoken', '$skiptoken'),
    next.replace('$skiptoken', '$deltatoken'),
    `${deltaLink}&$select=displayName`,
    `${next}&$select=displayName`,
  ]) {
    const { status, body } = await client.get(link);
    expect([status, body.error?.code]).toEqual([400, 'Request_BadRequest']);
  }
});

test('a deltaLink dies after 7 days with 400 syncStateNotFound, and one round a day keeps a stream alive', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 1);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.clock.advance(6 * dayMs);
  const renewed = await client.walk(deltaLink);
  simulator.clock.advance(6 * dayMs);
  expect((await client.get(renewed.deltaLink)).status).toBe(200);
  const { status, body } = await client.get(deltaLink);
  expect([status, body.error?.code]).toEqual([400, 'syncStateNotFound']);
});

test.each([
  [400, 'Request_BadRequest', null],
  [404, 'Request_ResourceNotFound', null],
  [410, 'resyncRequired', `${base}/users/delta?$deltatoken=`],
] as const)('a token of an earlier generation is answered with %d', async (otherGeneration, code, location) => {
  const simulator = createPlainSimulator({ settings: { otherGeneration } });
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.startTokenGeneration();
  const reply = await client.get(deltaLink);
  expect([reply.status, reply.body.error?.code, reply.headers.get('Location')]).toEqual([
    otherGeneration,
    code,
    location,
  ]);
});

test('the empty token of a 410 starts anew, without the selection that is not in it', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 1);
  const { rows } = await createClient(simulator).walk('/users/delta?$deltatoken=');
  expect(at(rows, 0)).toMatchObject({ displayName: 'User 0', userPrincipalName: 'u0@contoso.com' });
  expect(at(rows, 0)).not.toHaveProperty('accountEnabled');
});

test('a lagging replica delays changes and never loses one', async () => {
  const simulator = createPlainSimulator({ settings: { lagProbability: 1, lagMaxMs: 60_000 } });
  const ids = addUsers(simulator, 1);
  simulator.clock.advance(120_000);
  const client = createClient(simulator);
  let { deltaLink } = await client.walk(stream);
  simulator.dir.updateUser(at(ids, 0), { displayName: 'New' });
  const early = await client.walk(deltaLink);
  expect(early.rows).toEqual([]);
  deltaLink = early.deltaLink;
  simulator.clock.advance(120_000);
  expect((await client.walk(deltaLink)).rows).toEqual([{ id: at(ids, 0), displayName: 'New' }]);
});
