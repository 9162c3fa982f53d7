import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDirectory } from '../../lib/entra/directory.js';
import { InvalidEndpointError } from '../../lib/http/invalidEndpointError.js';
import { createFixture, faultOf, servicePrincipalId, signal } from './directoryFixture.js';

describe('a directory', () => {
  it.each(['http://graph.microsoft.com', 'https://graph.microsoft.com/v1.0', 'graph.microsoft.com'])(
    'is not made for the endpoint %s',
    (endpoint) => {
      expect(() => createFixture([], { endpoint })).toThrow(InvalidEndpointError);
    },
  );

  it('refuses an attribute that does not exist as soon as it is made', () => {
    expect(() => createFixture([], { attributes: { user: ['departement'] } })).toThrow(
      /UnknownSourceAttribute.*"department"/,
    );
    expect(() => createFixture([], { attributes: { group: ['department'] } })).toThrow(/of a group/);
    expect(() => createFixture([], { attributes: { user: ['manager', 'extensionAttribute3'] } })).not.toThrow();
  });
});

describe('over a real connection', () => {
  let server: Server | undefined;
  const serve = (listener: RequestListener): Promise<string> =>
    new Promise((resolve) => {
      const started = createServer(listener).listen(0, '127.0.0.1', () => {
        const { port } = started.address() as AddressInfo;
        resolve(`http://127.0.0.1:${port}`);
      });
      server = started;
    });
  const connect = (endpoint: string) =>
    createDirectory({ endpoint, servicePrincipalId, getToken: async () => 'token-1', random: () => 0, maxWaitMs: 0 });

  afterEach(async () => {
    const running = server;
    server = undefined;
    running?.closeAllConnections();
    await new Promise<void>((resolve) => (running === undefined ? resolve() : running.close(() => resolve())));
  });

  it('sends the token to loopback and follows a link as it is', async () => {
    const asked: Array<readonly [string | undefined, string | undefined]> = [];
    const endpoint = await serve((request, response) => {
      asked.push([request.url, request.headers.authorization]);
      const first = asked.length === 1;
      const link = `http://${request.headers.host}/v1.0/users/delta?$skiptoken=a%2Bb`;
      response
        .writeHead(200, { 'content-type': 'application/json;charset=utf-8' })
        .end(JSON.stringify({ value: [], [first ? '@odata.nextLink' : '@odata.deltaLink']: link }));
    });
    const directory = connect(endpoint);
    const page = await directory.readUserChanges(null, [], signal);
    const link = page.kind === 'page' && page.next.kind === 'more' ? page.next.link : '';
    expect(await directory.readUserChanges(link, [], signal)).toMatchObject({ next: { kind: 'end' } });
    expect(asked[1]).toEqual(['/v1.0/users/delta?$skiptoken=a%2Bb', 'Bearer token-1']);
  });

  it('knows a body that breaks off for what it is', async () => {
    const endpoint = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' }).write('{"value":[');
      setImmediate(() => response.destroy());
    });
    expect((await faultOf(connect(endpoint).listDeletedUsers(null, signal))).code).toBe('SourceUnreachable');
  });

  it('posts a batch as JSON', async () => {
    const endpoint = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { requests } = JSON.parse(Buffer.concat(chunks).toString()) as { requests: Array<{ id: string }> };
        response.writeHead(request.headers['content-type']?.startsWith('application/json') === true ? 200 : 415, {
          'content-type': 'application/json',
        });
        response.end(
          JSON.stringify({ responses: requests.map(({ id }) => ({ id, status: 404, headers: {}, body: {} })) }),
        );
      });
    });
    expect([...(await connect(endpoint).readUsers(['u1', 'u2'], [], signal))]).toEqual([
      ['u1', { kind: 'unseen' }],
      ['u2', { kind: 'unseen' }],
    ]);
  });
});
