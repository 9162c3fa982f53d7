import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { GraphSimulator } from './model.js';
import { ConnectionReset } from './transport.js';

export interface ListenOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** A loopback address; 127.0.0.1 by default. */
  readonly host?: string;
}

/** A simulator behind a socket; `close` also ends the connections that are open. */
export interface ListeningGraphSimulator {
  /** Without a path and a slash at the end. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

const readBody = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const toRequest = async (incoming: IncomingMessage, fallbackHost: string, signal: AbortSignal): Promise<Request> => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, Array.isArray(value) ? value.join(', ') : (value ?? ''));
  }
  const method = incoming.method ?? 'GET';
  const body = method === 'GET' || method === 'HEAD' ? null : new Uint8Array(await readBody(incoming));
  const url = `http://${incoming.headers.host ?? fallbackHost}${incoming.url ?? '/'}`;
  return new Request(url, { method, headers, body, signal });
};

/** What a defect of the simulator says to whoever runs it. */
const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const sendResponse = async (response: Response, outgoing: ServerResponse): Promise<void> => {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) {
    outgoing.end();
    return;
  }
  // Each piece is out before the next is made, so that an end in the middle of the body leaves the first half behind.
  for await (const piece of response.body) {
    await new Promise<void>((resolve, reject) => {
      outgoing.write(piece, (error) => (error ? reject(error) : resolve()));
    });
  }
  outgoing.end();
};

/** Serves over http on a loopback address; throws a RangeError for any other, since nothing here is protected. */
export const listenGraphSimulator = async (
  simulator: GraphSimulator,
  { port = 0, host = '127.0.0.1' }: ListenOptions = {},
): Promise<ListeningGraphSimulator> => {
  if (!loopback.has(host)) {
    throw new RangeError(`The Graph simulator listens on loopback only, not on '${host}'.`);
  }
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse, signal: AbortSignal): Promise<void> => {
    const request = await toRequest(incoming, host, signal);
    await sendResponse(await simulator.handle(request), outgoing);
  };
  const server = createServer((incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort(new Error('The caller closed the connection.')));
    answer(incoming, outgoing, gone.signal).catch((error: unknown) => {
      if (error instanceof ConnectionReset || gone.signal.aborted || outgoing.headersSent) {
        outgoing.socket?.destroy();
      } else {
        outgoing.writeHead(500, { 'Content-Type': 'text/plain' }).end(`The simulator failed: ${describe(error)}`);
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The Graph simulator has no port.');
  }
  return {
    url: `http://${host === '::1' ? '[::1]' : host}:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
};
