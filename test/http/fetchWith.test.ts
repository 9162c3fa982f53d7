import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchWith } from '../../lib/http/fetchWith.js';
import { NetworkError } from '../../lib/http/networkError.js';

let server: Server | undefined;

const serve = (listener: RequestListener): Promise<string> =>
  new Promise((resolve) => {
    const started = createServer(listener).listen(0, '127.0.0.1', () => {
      const { port } = started.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
    server = started;
  });

afterEach(async () => {
  const running = server;
  server = undefined;
  running?.closeAllConnections();
  await new Promise<void>((resolve) => (running === undefined ? resolve() : running.close(() => resolve())));
});

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('a whole fetch', () => {
  it('gives back status, headers and body', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(404, { 'content-type': 'application/json', 'request-id': 'r1' }).end('{"error":{}}');
    });
    const response = await fetchWith()(`${origin}/v1.0/users`);
    expect(response.status).toBe(404);
    expect(response.headers.get('request-id')).toBe('r1');
    expect(await response.text()).toBe('{"error":{}}');
  });

  it('gives back an answer without a body', async () => {
    const origin = await serve((_, response) => response.writeHead(204).end());
    expect((await fetchWith()(origin)).status).toBe(204);
  });

  it('does not follow a redirect', async () => {
    const asked: string[] = [];
    const origin = await serve((request, response) => {
      asked.push(String(request.url));
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect((await fetchWith()(`${origin}/here`)).status).toBe(302);
    expect(asked).toEqual(['/here']);
  });

  it('treats a body that breaks off as a network failure', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"value":[');
      response.flushHeaders();
      setImmediate(() => response.destroy());
    });
    const error = await errorOf(fetchWith()(origin));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: 'NetworkFailed', neverSent: false });
  });

  it('treats a reset connection as one that may have carried the request', async () => {
    const origin = await serve((request) => request.socket.destroy());
    expect(await errorOf(fetchWith()(`${origin}/Users?filter=secret`))).toMatchObject({
      code: 'NetworkFailed',
      neverSent: false,
      message: expect.not.stringContaining('secret'),
    });
  });

  it('knows that a refused connection carried nothing', async () => {
    const origin = await serve(() => undefined);
    await new Promise<void>((resolve) => server?.close(() => resolve()));
    expect(await errorOf(fetchWith()(origin))).toMatchObject({ neverSent: true, causeCode: 'ECONNREFUSED' });
  });

  it('throws the reason of the caller’s abort, also while the body is read', async () => {
    const caller = new AbortController();
    const origin = await serve((_, response) => {
      response.writeHead(200).write('half');
      setImmediate(() => caller.abort(new Error('slice over')));
    });
    await expect(fetchWith()(origin, { signal: caller.signal })).rejects.toThrow('slice over');
  });

  it('keeps connections alive', async () => {
    const ports = new Set<number | undefined>();
    const origin = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    const send = fetchWith();
    for (let sent = 0; sent < 6; sent += 1) {
      await send(origin);
    }
    expect(ports.size).toBeLessThan(4);
  });
});
