import { parseQuery } from '../../../lib/sandbox/graph/query.js';
import { costOf, createBucket } from '../../../lib/sandbox/graph/throttle.js';
import { addUsers, base, createClient, createPlainSimulator } from './client.js';

const idOfNobody = '00000000-0000-4000-8000-000000000000';

test.each([
  ['User.Read.All', '/users/delta?$select=id'],
  ['User.Read.All', '/users'],
  ['User.Read.All', '/directory/deletedItems/microsoft.graph.user'],
  ['GroupMember.Read.All', '/groups/delta?$select=id,members'],
  ['GroupMember.Read.All', `/groups/${idOfNobody}/members`],
  ['GroupMember.Read.All', `/groups/${idOfNobody}/transitiveMembers`],
  ['Group.Read.All', '/directory/deletedItems/microsoft.graph.group'],
  ['Application.Read.All', `/servicePrincipals/${idOfNobody}`],
  ['Application.Read.All', `/servicePrincipals/${idOfNobody}/appRoleAssignedTo`],
])('%s is enough for %s, and without it the answer is 403', async (role, path) => {
  const simulator = createPlainSimulator();
  const others = ['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All', 'Mail.Send'].filter(
    (other) => other !== role,
  );
  expect((await createClient(simulator, [role]).get(path)).status).not.toBe(403);
  const { status, body } = await createClient(simulator, others).get(path);
  expect([status, body.error?.code]).toEqual([403, 'Authorization_RequestDenied']);
});

test('memberOf wants both roles, or Directory.Read.All where the setting says so', async () => {
  const simulator = createPlainSimulator();
  const [id = ''] = addUsers(simulator, 1);
  const statusWith = async (...roles: string[]) =>
    (await createClient(simulator, roles).get(`/users/${id}/memberOf?$select=id`)).status;
  expect(await statusWith('User.Read.All')).toBe(403);
  expect(await statusWith('User.Read.All', 'GroupMember.Read.All')).toBe(200);
  simulator.settings.memberOfPermission = 'directory';
  expect(await statusWith('User.Read.All', 'GroupMember.Read.All')).toBe(403);
  expect(await statusWith('Directory.Read.All')).toBe(200);
});

test('members that the token may not read have type and id only', async () => {
  const simulator = createPlainSimulator();
  const [id = ''] = addUsers(simulator, 1);
  const group = simulator.dir.createGroup({ displayName: 'G' });
  simulator.dir.addMember(group, id);
  const client = createClient(simulator, ['GroupMember.Read.All']);
  const { rows } = await client.walk(`/groups/${group}/members?$select=id,displayName`);
  expect(rows).toEqual([{ '@odata.type': '#microsoft.graph.user', id }]);
});

test('no token, an unknown one and an expired one are 401', async () => {
  const simulator = createPlainSimulator({ tokens: { fixed: ['User.Read.All'] } });
  const statusWith = async (headers: Record<string, string>) =>
    (await simulator.send(`${base}/users`, { headers })).status;
  expect(await statusWith({})).toBe(401);
  expect(await statusWith({ Authorization: 'Bearer nonsense' })).toBe(401);
  expect(await statusWith({ Authorization: 'Bearer fixed' })).toBe(200);
  const token = simulator.issueToken(['User.Read.All'], 60_000);
  expect(await statusWith({ Authorization: `Bearer ${token}` })).toBe(200);
  simulator.clock.advance(60_000);
  expect(await statusWith({ Authorization: `Bearer ${token}` })).toBe(401);
  expect(await statusWith({ Authorization: 'Bearer fixed' })).toBe(200);
});

test('tokens of another issuer are good where it vouches for them', async () => {
  const simulator = createPlainSimulator({
    verifyToken: (token) => (token === 'theirs' ? { roles: ['User.Read.All'], expiresAtMs: null } : null),
  });
  const reply = await simulator.send(`${base}/users`, { headers: { Authorization: 'Bearer theirs' } });
  expect(reply.status).toBe(200);
});

test.each(['POST', 'PATCH', 'PUT', 'DELETE'])('%s is refused and journaled as a violation', async (method) => {
  const simulator = createPlainSimulator();
  const [id = ''] = addUsers(simulator, 1);
  const headers = { Authorization: `Bearer ${simulator.issueToken(['Directory.ReadWrite.All'])}` };
  const known = await simulator.send(`${base}/users/${id}`, { method, headers });
  const unknown = await simulator.send(`${base}/colours`, { method, headers });
  expect([known.status, unknown.status]).toEqual([403, 405]);
  expect(simulator.journal.violations).toHaveLength(2);
  expect(simulator.dir.user(id)?.properties.displayName).toBe('User 0');
});

test('sendMail wants Mail.Send and a mailbox, answers 202 and fills the outbox', async () => {
  const simulator = createPlainSimulator();
  const [id = '', without = ''] = addUsers(simulator, 2);
  simulator.dir.updateUser(id, { mail: 'u0@contoso.com' });
  const mail = (address: string) => ({
    message: {
      subject: 'Quarantine',
      body: { contentType: 'Text', content: 'Look.' },
      toRecipients: [{ emailAddress: { address } }],
    },
    saveToSentItems: false,
  });
  const client = createClient(simulator, ['Mail.Send']);
  expect((await createClient(simulator, ['User.Read.All']).post(`/users/${id}/sendMail`, mail('a@b.c'))).status).toBe(
    403,
  );
  expect((await client.post(`/users/${without}/sendMail`, mail('a@b.c'))).status).toBe(404);
  expect((await client.post(`/users/${id}/sendMail`, { message: {} })).status).toBe(400);
  expect(simulator.outbox.mails).toEqual([]);
  expect((await client.post(`/users/u0@contoso.com/sendMail`, mail('a@b.c'))).status).toBe(202);
  expect(simulator.outbox.mails).toMatchObject([
    { senderId: id, saveToSentItems: false, message: { subject: 'Quarantine' } },
  ]);
  expect(simulator.journal.violations).toEqual([]);
  simulator.settings.mailSenders = [without];
  expect((await client.post(`/users/${id}/sendMail`, mail('a@b.c'))).status).toBe(403);
  expect(simulator.outbox.mails).toHaveLength(1);
});

test.each([
  ['usersDelta', '?$select=id', 1],
  ['groupsDelta', '?$skiptoken=x', 1],
  ['users', '', 2],
  ['users', '?$select=id', 1],
  ['users', '?$expand=manager', 3],
  ['users', '?$top=10', 1],
  ['user', '', 1],
  ['user', '?$expand=manager', 2],
  ['members', '', 3],
  ['members', '?$select=id&$top=999', 2],
  ['transitiveMembers', '', 5],
  ['memberOf', '?$select=id', 1],
  ['appRoleAssignedTo', '?$top=999&$select=id', 1],
  ['batch', '', 0],
] as const)('%s%s costs %d resource units', (route, query, cost) => {
  expect(costOf(route, parseQuery(query))).toBe(cost);
});

test('the bucket warns above 80 %, refuses with 429 above 100 %, and refills with time', async () => {
  const simulator = createPlainSimulator({ settings: { throttle: 10 } });
  addUsers(simulator, 1);
  const client = createClient(simulator);
  const path = '/users/u0@contoso.com?$select=id';
  const percentages: (string | null)[] = [];
  for (let count = 0; count < 10; count += 1) {
    percentages.push((await client.get(path)).headers.get('x-ms-throttle-limit-percentage'));
  }
  expect(percentages).toEqual([...Array(8).fill(null), '0.9', '1.0']);
  const refused = await client.get(path);
  expect(refused.status).toBe(429);
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    'retry-after': '1',
    'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
    'x-ms-throttle-scope': expect.stringMatching(/^Tenant_Application\/ReadWrite\//),
  });
  expect(refused.body.error?.code).toBe('TooManyRequests');
  expect((await client.get(path)).headers.get('Retry-After')).toBe('2');
  simulator.clock.advance(2_000);
  expect((await client.get(path)).status).toBe(429);
  simulator.clock.advance(2_000);
  expect((await client.get(path)).status).toBe(200);
});

test.each([
  [49, 3_500],
  [50, 5_000],
  [500, 5_000],
  [501, 8_000],
])('a tenant of %d users has %d resource units per 10 seconds', (users, quota) => {
  const { clock, settings } = createPlainSimulator();
  const bucket = createBucket(clock, settings, () => users);
  expect(bucket.charge(quota)).toEqual({ usage: 1, retryAfterSeconds: null });
  expect(bucket.charge(1).retryAfterSeconds).toBe(1);
  clock.advance(10_000);
  expect(bucket.charge(quota - 1).retryAfterSeconds).toBeNull();
});
