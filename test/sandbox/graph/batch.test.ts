import { z } from 'zod';
import type { GraphSimulator } from '../../../lib/sandbox/graph/model.js';
import { addUsers, createClient, createPlainSimulator } from './client.js';

const partSchema = z.object({
  id: z.string(),
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.record(z.string(), z.unknown()).optional(),
});

const postBatch = async (simulator: GraphSimulator, requests: unknown) => {
  const reply = await createClient(simulator).post('/$batch', { requests });
  return { ...reply, parts: z.array(partSchema).parse(reply.body.responses ?? []) };
};

const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more });

test('twenty requests are answered, shuffled, each on its own', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 19);
  const requests = [...ids, 'nobody'].map((id, index) => get(String(index), `/users/${id}?$select=id`));
  const { status, parts } = await postBatch(simulator, requests);
  expect(status).toBe(200);
  expect(parts.map((part) => part.id)).not.toEqual(requests.map((request) => request.id));
  const byId = new Map(parts.map((part) => [part.id, part]));
  expect(byId.get('7')).toMatchObject({ status: 200, body: { id: ids[7] } });
  expect(byId.get('19')).toMatchObject({ status: 404, body: { error: { code: 'Request_ResourceNotFound' } } });
});

test('urls go with or without a leading slash, and links inside are absolute', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 6);
  const { parts } = await postBatch(simulator, [
    get('1', 'users/delta?$select=displayName'),
    get('2', '/users/u0@contoso.com?$select=id'),
    get('3', '/v1.0/users'),
  ]);
  const byId = new Map(parts.map((part) => [part.id, part]));
  expect(byId.get('1')?.body?.['@odata.nextLink']).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/users\/delta\?/);
  expect(byId.get('2')?.status).toBe(200);
  expect(byId.get('3')?.status).toBe(404);
});

test.each([
  ['21 requests', Array.from({ length: 21 }, (_, index) => get(String(index), '/users'))],
  ['an id twice, in another case', [get('a', '/users'), get('A', '/users')]],
  ['no requests', []],
  ['a body without a type', [{ id: '1', method: 'POST', url: '/users/a/sendMail', body: {} }]],
  ['an unknown dependency', [get('1', '/users', { dependsOn: ['0'] })]],
  ['no list', 'requests'],
])('a batch with %s is 400 as a whole', async (_what, requests) => {
  expect((await postBatch(createPlainSimulator(), requests)).status).toBe(400);
});

test('what depends on a failed request is 424, down the chain', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 1);
  const { parts } = await postBatch(simulator, [
    get('1', '/users/nobody'),
    get('2', '/users', { dependsOn: ['1'] }),
    get('3', '/users', { dependsOn: ['2'] }),
    get('4', '/users'),
  ]);
  expect(Object.fromEntries(parts.map((part) => [part.id, part.status]))).toEqual({ 1: 404, 2: 424, 3: 424, 4: 200 });
});

test('each request inside is charged and throttled on its own, under an outer 200', async () => {
  const simulator = createPlainSimulator({ settings: { throttle: 3 } });
  addUsers(simulator, 1);
  const requests = Array.from({ length: 5 }, (_, index) => get(String(index), '/users/u0@contoso.com?$select=id'));
  const { status, parts } = await postBatch(simulator, requests);
  expect(status).toBe(200);
  expect(parts.map((part) => part.status).sort()).toEqual([200, 200, 200, 429, 429]);
  const refused = parts.find((part) => part.status === 429);
  expect(Number(refused?.headers['Retry-After'])).toBeGreaterThanOrEqual(1);
  expect(simulator.journal.summary()).toMatchObject({ requests: 6, httpRequests: 1, ru: 5 });
});

test('faults can hit single requests inside, or the batch', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 1);
  simulator.addFault(
    { kind: 'throttled', retryAfter: 'seconds', seconds: 7 },
    { inBatch: true, urlIncludes: 'u0@', times: 1 },
  );
  const requests = [get('1', '/users/u0@contoso.com'), get('2', '/users')];
  const { parts } = await postBatch(simulator, requests);
  expect(parts.find((part) => part.id === '1')).toMatchObject({ status: 429, headers: { 'Retry-After': '7' } });
  simulator.addFault({ kind: 'throttled', retryAfter: 'absent' }, { routes: ['batch'], times: 1 });
  expect((await postBatch(simulator, requests)).status).toBe(429);
  expect((await postBatch(simulator, requests)).status).toBe(200);
});

test('a write inside a batch is refused and journaled as a violation', async () => {
  const simulator = createPlainSimulator();
  const [id = ''] = addUsers(simulator, 1);
  const { parts } = await postBatch(simulator, [{ id: '1', method: 'DELETE', url: `/users/${id}` }]);
  expect(parts).toMatchObject([{ status: 403 }]);
  expect(simulator.journal.violations).toMatchObject([{ method: 'DELETE', route: 'user', inBatch: '1' }]);
});
