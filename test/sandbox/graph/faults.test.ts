import { addUsers, at, base, createClient, createPlainSimulator, type Row } from './client.js';

const stream = '/users/delta?$select=displayName';
const only = { times: 1 } as const;

test.each([
  ['seconds', '600'],
  ['date', 'Mon, 05 Jan 2026 08:10:00 GMT'],
  ['absent', null],
] as const)('a 429 carries its wait as %s', async (retryAfter, header) => {
  const simulator = createPlainSimulator();
  simulator.addFault({ kind: 'throttled', retryAfter, seconds: 600 }, only);
  const client = createClient(simulator);
  const reply = await client.get(stream);
  expect([reply.status, reply.headers.get('Retry-After')]).toEqual([429, header]);
  expect((await client.get(stream)).status).toBe(200);
});

test('a 429 may come as UnknownError without a message', async () => {
  const simulator = createPlainSimulator();
  simulator.addFault({ kind: 'throttled', retryAfter: 'absent', code: 'UnknownError' });
  const { body } = await createClient(simulator).get(stream);
  expect(body.error).toMatchObject({ code: 'UnknownError', message: '' });
});

test.each([
  [500, 'json', 'InternalServerError'],
  [502, 'html', null],
  [503, 'json', 'serviceNotAvailable'],
  [504, 'empty', null],
  [509, 'json', 'UnknownError'],
  [403, 'json', 'Authorization_RequestDenied'],
  [401, 'json', 'InvalidAuthenticationToken'],
] as const)('a %d comes with a body as %s', async (status, body, code) => {
  const simulator = createPlainSimulator();
  simulator.addFault({ kind: 'status', status, body });
  const headers = { Authorization: `Bearer ${simulator.issueToken(['User.Read.All'])}` };
  const response = await simulator.send(`${base}${stream}`, { headers });
  const text = await response.text();
  expect(response.status).toBe(status);
  expect([body, text]).toEqual([
    body,
    code === null ? expect.stringMatching(body === 'html' ? /^<html>/ : /^$/) : expect.stringContaining(code),
  ]);
});

test('a reset rejects as fetch does, a reset in the middle ends the body, and both are journaled', async () => {
  const simulator = createPlainSimulator();
  const client = createClient(simulator);
  simulator.addFault({ kind: 'reset', when: 'before' }, only);
  await expect(client.get(stream)).rejects.toThrow('fetch failed');
  simulator.addFault({ kind: 'reset', when: 'midBody' }, only);
  await expect(client.get(stream)).rejects.toThrow('terminated');
  expect(simulator.journal.entries).toMatchObject([
    { status: 0, faults: ['reset'] },
    { status: 200, faults: ['reset'] },
  ]);
});

test('a stall lasts until the caller gives up', async () => {
  const simulator = createPlainSimulator();
  simulator.addFault({ kind: 'stall' }, only);
  const patience = new AbortController();
  const waiting = simulator.send(`${base}${stream}`, { signal: patience.signal });
  let settled = false;
  const watched = waiting.finally(() => {
    settled = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(settled).toBe(false);
  patience.abort(new Error('enough'));
  await expect(watched).rejects.toThrow('enough');
});

test('an answer can be cut short, or say that it is HTML', async () => {
  const simulator = createPlainSimulator();
  const client = createClient(simulator);
  simulator.addFault({ kind: 'truncated' }, only);
  await expect(client.get(stream)).rejects.toThrow(SyntaxError);
  simulator.addFault({ kind: 'wrongContentType' }, only);
  expect((await client.get(stream)).headers.get('Content-Type')).toBe('text/html');
});

test.each([
  ['initial', `${base}/users/delta?$deltatoken=`],
  ['foreign', 'https://evil.example/v1.0/users/delta?$deltatoken='],
  ['absent', null],
] as const)('a 410 names %s as its Location, on deltaLinks and nextLinks alone', async (location, header) => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 6);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.addFault({ kind: 'gone', location, origin: 'https://evil.example' });
  const first = await client.get(stream);
  expect(first.status).toBe(200);
  for (const link of [first.body['@odata.nextLink'] ?? '', deltaLink]) {
    const reply = await client.get(link);
    expect([reply.status, reply.headers.get('Location')]).toEqual([410, header]);
  }
});

test.each([
  ['expired', 400, 'syncStateNotFound'],
  ['malformed', 400, 'Request_BadRequest'],
  ['unknown', 404, 'Request_ResourceNotFound'],
] as const)('a token can be refused as %s', async (as, status, code) => {
  const simulator = createPlainSimulator();
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.addFault({ kind: 'tokenRefused', as }, { token: 'delta' });
  const reply = await client.get(deltaLink);
  expect([reply.status, reply.body.error?.code]).toEqual([status, code]);
});

test('links can point to a foreign host, or back to the page they are on', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 6);
  const client = createClient(simulator);
  simulator.addFault({ kind: 'foreignLink', origin: 'https://evil.example' }, only);
  expect((await client.get(stream)).body['@odata.nextLink']).toMatch(/^https:\/\/evil\.example\/v1\.0\/users\/delta\?/);
  simulator.addFault({ kind: 'linkLoop' }, { token: 'skip' });
  const next = (await client.get(stream)).body['@odata.nextLink'] ?? '';
  const looped = await client.get(next);
  expect(looped.body['@odata.nextLink']).toBe(next);
  expect(looped.body).not.toHaveProperty('@odata.deltaLink');
});

test('empty pages with a nextLink can precede any page', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 3);
  simulator.addFault({ kind: 'emptyPages', count: 3 }, only);
  const { pages } = await createClient(simulator).walk(stream);
  expect(pages.map((page) => page.length)).toEqual([0, 0, 0, 3, 0]);
  simulator.addFault({ kind: 'emptyPages', count: 2 }, { routes: ['users'], times: 1 });
  expect((await createClient(simulator).walk('/users')).pages.map((page) => page.length)).toEqual([0, 0, 3]);
});

test.each([
  ['olderFirst', ['Old', 'New']],
  ['newerFirst', ['New', 'Old']],
] as const)('an object can stand on a page in its former and present state, %s', async (order, names) => {
  const simulator = createPlainSimulator();
  const id = simulator.dir.createUser({ userPrincipalName: 'a@contoso.com', displayName: 'Old' });
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.updateUser(id, { displayName: 'New' });
  simulator.addFault({ kind: 'repeatedRow', order }, only);
  expect((await client.walk(deltaLink)).rows).toEqual(names.map((displayName) => ({ id, displayName })));
});

test('a feed oddity waits for an answer that it can bend', async () => {
  const simulator = createPlainSimulator();
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  const planned = simulator.addFault({ kind: 'lateChange', rounds: 1 }, only);
  await client.walk(deltaLink);
  expect([planned.hits, simulator.faults.length]).toEqual([0, 1]);
});

test('the last round can be replayed', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 2);
  const client = createClient(simulator);
  const initial = await client.walk(stream);
  simulator.dir.updateUser(at(ids, 0), { displayName: 'A' });
  const first = await client.walk(initial.deltaLink);
  simulator.addFault({ kind: 'replayedRound' }, only);
  expect((await client.walk(first.deltaLink)).rows).toEqual(first.rows);
  expect((await client.walk(first.deltaLink)).rows).toEqual([]);
});

test('an edge can be told as it is and then as it was', async () => {
  const simulator = createPlainSimulator();
  const [user = ''] = addUsers(simulator, 1);
  const group = simulator.dir.createGroup({ displayName: 'G' });
  const client = createClient(simulator);
  const { deltaLink } = await client.walk('/groups/delta?$select=members');
  simulator.dir.addMember(group, user);
  simulator.addFault({ kind: 'edgeOutOfOrder' }, only);
  const edge = { '@odata.type': '#microsoft.graph.user', id: user };
  expect((await client.walk(deltaLink)).rows).toEqual([
    { id: group, 'members@delta': [edge, { ...edge, '@removed': { reason: 'deleted' } }] },
  ]);
});

test('a change can be told rounds later, and is then as it is by then', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 1);
  const client = createClient(simulator);
  let { deltaLink } = await client.walk(stream);
  simulator.dir.updateUser(at(ids, 0), { displayName: 'A' });
  simulator.addFault({ kind: 'lateChange', rounds: 2 }, only);
  const told: (readonly Row[])[] = [];
  for (let round = 0; round < 4; round += 1) {
    const walked = await client.walk(deltaLink);
    told.push(walked.rows);
    deltaLink = walked.deltaLink;
  }
  expect(told).toEqual([[], [], [{ id: at(ids, 0), displayName: 'A' }], []]);
});

test('appRoleAssignedTo can lack a row, or be empty, once', async () => {
  const simulator = createPlainSimulator();
  const application = simulator.dir.createServicePrincipal({ displayName: 'Zoom' });
  const ids = addUsers(simulator, 3);
  for (const principalId of ids) {
    simulator.dir.assign({ principalId });
  }
  const client = createClient(simulator);
  const list = async () =>
    (await client.walk(`/servicePrincipals/${application}/appRoleAssignedTo`)).rows.map((row) => row.principalId);
  simulator.addFault({ kind: 'rowMissing', principalId: at(ids, 1) }, only);
  expect(await list()).toEqual([at(ids, 0), at(ids, 2)]);
  simulator.addFault({ kind: 'emptyList' }, only);
  expect(await list()).toEqual([]);
  expect(await list()).toEqual(ids);
});

test('spellings and unknown members are settings', async () => {
  const simulator = createPlainSimulator({
    settings: { innerErrorKey: 'innererror', errorCodeCase: 'lower', unknownFields: true },
  });
  addUsers(simulator, 1);
  const client = createClient(simulator);
  const { body } = await client.get('/users/nobody');
  expect(body.error).toMatchObject({ code: 'request_resourcenotfound', innererror: { date: '2026-01-05T08:00:00' } });
  expect(at((await client.walk(stream)).rows, 0)).toHaveProperty('futureProperty');
});

test('a selector narrows by route, url, token, batch and count', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 1);
  const client = createClient(simulator);
  const fault = { kind: 'status', status: 500 } as const;
  const planned = simulator.addFault(fault, {
    routes: ['user'],
    urlIncludes: 'u0@',
    after: 1,
    times: 2,
    inBatch: false,
  });
  const statuses: number[] = [];
  for (const path of ['/users', '/users/nobody', ...Array(4).fill('/users/u0@contoso.com')]) {
    statuses.push((await client.get(path)).status);
  }
  expect(statuses).toEqual([200, 404, 200, 500, 500, 200]);
  expect(planned.hits).toBe(2);
  simulator.addFault(fault, { probability: 0 });
  const removed = simulator.addFault(fault);
  removed.remove();
  expect((await client.get('/users')).status).toBe(200);
});
