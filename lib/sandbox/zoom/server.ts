import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIPv4 } from 'node:net';
import type { ZoomSimulator } from './simulator.js';
import type { Outcome, WireRequest } from './wire.js';

export interface ListenOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 by default; anything but loopback is refused. */
  readonly host?: string;
}

export interface ListeningZoom {
  /** Without a slash at the end: `http://127.0.0.1:40001`. SCIM is below it at `/scim2`, OAuth at `/oauth`. */
  readonly url: string;
  /** Ends all connections, also of replies that still take their time. */
  close(): Promise<void>;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

const readBody = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const joinValues = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;

const fromMessage = async (message: IncomingMessage): Promise<WireRequest> => {
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    header: (name) => joinValues(message.headers[name.toLowerCase()]),
    headers: () =>
      Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, joinValues(value) ?? ''])),
    body: await readBody(message),
  };
};

const writeOutcome = (outcome: Outcome, response: ServerResponse): void => {
  if (outcome.kind === 'dropped') {
    response.destroy();
    return;
  }
  const { status, headers, body } = outcome.reply;
  response.writeHead(status, { ...headers, ...(status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) }) });
  response.end(body);
};

/** A defect of the simulator must show: it answers 500 with what happened, unless nobody waits any more. */
const writeDefect = (error: unknown, response: ServerResponse, isClosing: boolean): void => {
  if (isClosing || response.destroyed || response.headersSent) response.destroy();
  else response.writeHead(500, { 'Content-Type': 'text/plain' }).end(`The Zoom simulator failed: ${String(error)}`);
};

/** Serves a simulator, its control surface included, on loopback; throws for any other address. */
export const listenZoomSimulator = async (
  simulator: ZoomSimulator,
  { port = 0, host = '127.0.0.1' }: ListenOptions = {},
): Promise<ListeningZoom> => {
  if (!isLoopback(host)) throw new Error(`The Zoom simulator listens on loopback only, not on ${host}.`);
  const closing = new AbortController();
  const server = createServer({ keepAliveTimeout: 65_000 }, (message, response) => {
    fromMessage(message)
      .then((request) => simulator.exchange(request, closing.signal))
      .then((outcome) => writeOutcome(outcome, response))
      .catch((error: unknown) => writeDefect(error, response, closing.signal.aborted));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The Zoom simulator has no TCP address.');
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        closing.abort(new Error('The Zoom simulator is closing.'));
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
};
