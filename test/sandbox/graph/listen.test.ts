import { z } from 'zod';
import { type ListeningGraphSimulator, listenGraphSimulator } from '../../../lib/sandbox/graph/listen.js';
import type { GraphSimulator } from '../../../lib/sandbox/graph/model.js';
import { createClient, createPlainSimulator } from './client.js';

let simulator: GraphSimulator;
let listening: ListeningGraphSimulator;

beforeEach(async () => {
  simulator = createPlainSimulator({ tokens: { token: ['User.Read.All'] } });
  listening = await listenGraphSimulator(simulator);
});
afterEach(() => listening.close());

const headers = { Authorization: 'Bearer token' };
const control = (method: string, path: string, body?: unknown) =>
  fetch(`${listening.url}/_sim/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

test('it listens on loopback only', async () => {
  await expect(listenGraphSimulator(simulator, { host: '0.0.0.0' })).rejects.toThrow(RangeError);
});

test('links are of the host that was called', async () => {
  for (let index = 0; index < 6; index += 1) {
    simulator.dir.createUser({ userPrincipalName: `u${index}@contoso.com` });
  }
  const response = await fetch(`${listening.url}/v1.0/users/delta?$select=displayName`, { headers });
  const page = z.object({ '@odata.nextLink': z.string() }).parse(await response.json());
  expect(page['@odata.nextLink'].startsWith(`${listening.url}/v1.0/users/delta?`)).toBe(true);
  expect((await fetch(page['@odata.nextLink'], { headers })).status).toBe(200);
});

test('resets and stalls reach the socket', async () => {
  simulator.addFault({ kind: 'reset', when: 'before' }, { times: 1 });
  await expect(fetch(`${listening.url}/v1.0/users`, { headers })).rejects.toThrow('fetch failed');
  simulator.addFault({ kind: 'reset', when: 'midBody' }, { times: 1 });
  const broken = await fetch(`${listening.url}/v1.0/users`, { headers });
  await expect(broken.text()).rejects.toThrow('terminated');
  simulator.addFault({ kind: 'stall' }, { times: 1 });
  const patience = new AbortController();
  const stalled = fetch(`${listening.url}/v1.0/users`, { headers, signal: patience.signal });
  while (simulator.journal.entries.at(-1)?.faults[0] !== 'stall') {
    await new Promise((resolve) => setImmediate(resolve));
  }
  patience.abort(new Error('enough'));
  await expect(stalled).rejects.toThrow('enough');
  expect((await fetch(`${listening.url}/v1.0/users`, { headers })).status).toBe(200);
});

test('another process can change the directory, and read back all of it', async () => {
  const created = await control('POST', 'dir', [
    { op: 'createUser', userPrincipalName: 'boss@contoso.com', properties: { displayName: 'Boss' } },
    { op: 'createGroup', displayName: 'Staff' },
    { op: 'createServicePrincipal', displayName: 'Zoom' },
  ]);
  const { results } = z.object({ results: z.array(z.object({ id: z.string() })) }).parse(await created.json());
  const [boss, group, application] = results.map((result) => result.id);
  const changed = await control('POST', 'dir', [
    { op: 'createUser', userPrincipalName: 'a@contoso.com', managerId: boss },
    { op: 'addMember', groupId: group, memberId: boss },
    { op: 'assign', principalId: group },
    { op: 'updateUser', id: boss, properties: { jobTitle: 'CEO' } },
    { op: 'deleteUser', id: boss },
  ]);
  expect(changed.status).toBe(200);
  const text = await (await control('GET', 'state')).text();
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines).toMatchObject([
    { kind: 'user', managerId: boss, deletedAtMs: null },
    { kind: 'user', id: boss, properties: { jobTitle: 'CEO' }, deletedAtMs: simulator.clock.nowMs() },
    { kind: 'group', id: group, memberCount: 1 },
    { kind: 'member', groupId: group, id: boss, type: 'user', softDeleted: true },
    { kind: 'servicePrincipal', id: application },
    { kind: 'assignment', servicePrincipalId: application, principalId: group, principalType: 'Group' },
  ]);
  expect((await (await control('GET', 'state?kinds=group')).text()).split('\n')).toHaveLength(2);
});

test.each([
  ['an unknown operation', [{ op: 'hireUser' }], 400, 'op'],
  [
    'an unknown property',
    [{ op: 'createUser', userPrincipalName: 'a@b.c', properties: { shoeSize: 44 } }],
    400,
    'shoeSize',
  ],
  ['a value of another type', [{ op: 'createUser', userPrincipalName: 'a@b.c', properties: { mail: 1 } }], 400, 'mail'],
  ['a missing object', [{ op: 'deleteUser', id: 'nobody' }], 409, 'nobody'],
])('a mutation with %s is refused by name', async (_what, mutations, status, named) => {
  const response = await control('POST', 'dir', mutations);
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(named);
});

test('mutations stop at the first that the directory refuses', async () => {
  const response = await control('POST', 'dir', [
    { op: 'createUser', userPrincipalName: 'a@b.c' },
    { op: 'createUser', userPrincipalName: 'A@b.c' },
    { op: 'createUser', userPrincipalName: 'd@b.c' },
  ]);
  expect([response.status, await response.json()]).toMatchObject([
    409,
    { error: { code: 'UserPrincipalNameTaken', index: 1, results: [{ id: expect.any(String) }] } },
  ]);
  expect([...simulator.dir.users()]).toHaveLength(1);
});

test('faults, clock, settings, tokens and journal are controlled from outside', async () => {
  await control('POST', 'faults', [
    { fault: { kind: 'status', status: 503 }, selector: { routes: ['users'], times: 1 } },
  ]);
  expect((await fetch(`${listening.url}/v1.0/users`, { headers })).status).toBe(503);
  expect(await (await control('GET', 'faults')).json()).toEqual({ faults: [] });
  await control('POST', 'clock', { advanceMs: 60_000 });
  expect(await (await control('GET', 'clock')).json()).toMatchObject({ now: '2026-01-05T08:01:00.000Z' });
  expect((await control('POST', 'clock', { moveToMs: 0 })).status).toBe(400);
  await control('PATCH', 'settings', { usersPerPage: 200 });
  expect(simulator.settings).toMatchObject({ usersPerPage: 200, groupsPerPage: 5 });
  expect((await control('PATCH', 'settings', { userPerPage: 1 })).status).toBe(400);
  const issued = z.object({ token: z.string() }).parse(await (await control('POST', 'tokens', { roles: [] })).json());
  const denied = await fetch(`${listening.url}/v1.0/users`, { headers: { Authorization: `Bearer ${issued.token}` } });
  expect(denied.status).toBe(403);
  const journal = await (await control('GET', 'journal?since=1')).json();
  expect(journal).toMatchObject({ entries: [{ seq: 2, route: 'users', status: 403 }], violations: [] });
  expect(await (await control('GET', 'journal?summary=1')).json()).toMatchObject({
    requests: 2,
    byStatus: { 403: 1, 503: 1 },
  });
  expect((await control('GET', 'nothing')).status).toBe(404);
});

test('a reset empties the directory and makes its links void, or clears only what is named', async () => {
  const client = createClient(simulator);
  simulator.dir.createUser({ userPrincipalName: 'a@contoso.com' });
  const { deltaLink } = await client.walk('/users/delta?$select=displayName');
  simulator.settings.usersPerPage = 3;
  expect((await control('POST', 'reset', { parts: ['journal'] })).status).toBe(204);
  expect([simulator.journal.entries.length, [...simulator.dir.users()].length]).toEqual([0, 1]);
  await control('POST', 'reset');
  expect([...simulator.dir.users()]).toEqual([]);
  expect(simulator.settings.usersPerPage).toBe(5);
  expect((await client.get(deltaLink)).status).toBe(400);
});
