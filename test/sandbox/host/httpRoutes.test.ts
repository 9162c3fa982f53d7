import { z } from 'zod';
import { startFixture, stopFixtures } from './startFixture.js';

const reportShape = z.object({ heapUsed: z.number(), rss: z.number(), peakRss: z.number() });

afterEach(stopFixtures);

describe('the routes of an app, over a socket', () => {
  test('parameters, query, headers, body and cookies go through the library and back', async () => {
    const { host } = await startFixture();
    const url = `${host.url}/api/serviceprincipals/a%20b/synchronization/jobs/zoom.t.s/start?$top=5&a=1&a=2`;
    const response = await fetch(url, { method: 'POST', body: 'søk', headers: { 'x-echo': 'hi' } });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-echo')).toBe('hi');
    expect(response.headers.getSetCookie()).toEqual(['seen=yes; Path=/; HttpOnly']);
    expect(await response.json()).toEqual({
      params: { sp: 'a b', job: 'zoom.t.s', action: 'start' },
      query: { $top: '5', a: '1,2' },
      body: 'søk',
    });
  });

  test('an optional parameter may be absent', async () => {
    const { host } = await startFixture();
    const response = await fetch(`${host.url}/api/servicePrincipals/x/synchronization/jobs/y`, { method: 'POST' });
    expect(await response.json()).toMatchObject({ params: { sp: 'x', job: 'y' } });
  });

  test('bytes stay bytes, and a function without a route answers under its name', async () => {
    const { host } = await startFixture();
    const response = await fetch(`${host.url}/api/bytes`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 255, 10]));
  });

  test('a method that no function takes is not found, as in the real host', async () => {
    const { host } = await startFixture();
    const statuses = await Promise.all(
      ['POST', 'HEAD', 'DELETE'].map(async (method) => (await fetch(`${host.url}/api/bytes`, { method })).status),
    );
    expect(statuses).toEqual([404, 404, 404]);
    expect((await fetch(`${host.url}/bytes`)).status).toBe(404);
  });

  test('a function that throws answers 500 and tells the caller nothing', async () => {
    const { host } = await startFixture();
    const response = await fetch(`${host.url}/api/broken`);
    expect([response.status, await response.text()]).toEqual([500, '']);
  });

  test('a function that returns nothing answers 204', async () => {
    const { host } = await startFixture();
    expect((await fetch(`${host.url}/api/silent`)).status).toBe(204);
  });

  test('a function with a key is closed unless a key is set and given', async () => {
    const without = await startFixture();
    expect((await fetch(`${without.host.url}/api/locked?code=`)).status).toBe(401);
    await without.host.stop();
    const { host } = await startFixture({ SANDBOX_FUNCTION_KEY: 'k' });
    expect((await fetch(`${host.url}/api/locked`)).status).toBe(401);
    expect((await fetch(`${host.url}/api/locked?code=k`)).status).toBe(200);
    expect((await fetch(`${host.url}/api/locked`, { headers: { 'x-functions-key': 'k' } })).status).toBe(200);
  });

  test('invokeHttp answers the same without a socket', async () => {
    const { host } = await startFixture();
    const response = await host.invokeHttp(new Request('http://host/api/silent'));
    expect(response.status).toBe(204);
    expect((await host.invokeHttp(new Request('http://host/api/nowhere'))).status).toBe(404);
  });
});

describe('the admin routes', () => {
  const post = (url: string, body: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(body) });

  test('run a timer and a queue function in the background', async () => {
    const { host, saw } = await startFixture();
    expect((await post(`${host.url}/admin/functions/tick`, { input: '' })).status).toBe(202);
    expect((await post(`${host.url}/admin/functions/work`, { input: '{"a":1}' })).status).toBe(202);
    await host.stop();
    expect(saw('tick')).toHaveLength(1);
    expect(saw('work')).toEqual([expect.objectContaining({ message: { a: 1 } })]);
  });

  test('refuse an unknown function, an HTTP function and a body that is no object', async () => {
    const { host } = await startFixture();
    const statuses = [
      await post(`${host.url}/admin/functions/nobody`, { input: '' }),
      await post(`${host.url}/admin/functions/echo`, { input: '' }),
      await post(`${host.url}/admin/functions/tick`, null),
    ].map((response) => response.status);
    expect(statuses).toEqual([404, 400, 400]);
  });

  test('report memory only where the setting asks for it', async () => {
    const closed = await startFixture();
    expect((await fetch(`${closed.host.url}/admin/memory`)).status).toBe(404);
    await closed.host.stop();
    const { host } = await startFixture({ SANDBOX_REPORT_MEMORY: '1' });
    const report = reportShape.parse(await (await fetch(`${host.url}/admin/memory`)).json());
    expect(report.heapUsed).toBeGreaterThan(1_000_000);
    expect(report.peakRss).toBeGreaterThan(report.heapUsed);
  });
});
