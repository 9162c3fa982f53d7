import { type ListeningZoom, listenZoomSimulator } from '../../../lib/sandbox/zoom/server.js';
import type { ZoomSimulator } from '../../../lib/sandbox/zoom/simulator.js';
import { newUser, startZoom } from './zoomCalls.js';

describe('the server', () => {
  let zoom: ZoomSimulator;
  let server: ListeningZoom;
  const headers = { Authorization: 'Bearer static-1', 'Content-Type': 'application/json' };

  beforeEach(async () => {
    zoom = startZoom({ settings: { idAlphabet: 'awkward', rate: 'businessPlus' }, clock: 'real' });
    server = await listenZoomSimulator(zoom);
  });
  afterEach(() => server.close());

  const create = (userName: string) =>
    fetch(`${server.url}/scim2/Users`, { method: 'POST', headers, body: JSON.stringify(newUser(userName)) });

  test('serves SCIM, OAuth and the control surface with headers and encoded ids', async () => {
    const created = await create('åse@contoso.example');
    expect(created.status).toBe(201);
    expect(created.headers.get('x-ratelimit-category')).toBe('Light');
    const { id } = JSON.parse(await created.text());
    const read = await fetch(`${server.url}/scim2/Users/${encodeURIComponent(id)}`, { headers });
    expect(JSON.parse(await read.text()).userName).toBe('åse@contoso.example');
    const erased = await fetch(`${server.url}/scim2/Users/${encodeURIComponent(id)}`, { method: 'DELETE', headers });
    expect([erased.status, await erased.text()]).toEqual([204, '']);
    const token = await fetch(`${server.url}/oauth/token?grant_type=account_credentials&account_id=ACC123`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa('client-1:secret-1')}` },
    });
    expect(token.status).toBe(200);
    const journal = await fetch(`${server.url}/__sim/journal?summary=1`);
    expect(JSON.parse(await journal.text())).toMatchObject({ total: 4, byOperation: { 'users.create': 1 } });
  });

  test('drops the connection where the answer is lost, though the write is stored', async () => {
    zoom.addFault({ on: 'users.create', fault: { mode: 'net.timeoutAfterCommit' } });
    await expect(create('a@contoso.example')).rejects.toThrow('fetch failed');
    expect(zoom.state().accounts.size).toBe(1);
  });

  test('closing does not wait for slow replies', async () => {
    zoom.addFault({ on: 'users.create', fault: { mode: 'latency.slow', delayMs: 3_600_000 } });
    const answer = create('a@contoso.example');
    const failed = expect(answer).rejects.toThrow('fetch failed');
    while (zoom.journal.lastSequence === 0) await new Promise(setImmediate);
    await server.close();
    await failed;
    expect(zoom.state().accounts.size).toBe(0);
    server = await listenZoomSimulator(zoom);
  });

  test('refuses every address that is not loopback', async () => {
    await expect(listenZoomSimulator(zoom, { host: '0.0.0.0' })).rejects.toThrow('loopback only');
    await expect(listenZoomSimulator(zoom, { host: 'zoom.contoso.example' })).rejects.toThrow('loopback only');
  });
});
