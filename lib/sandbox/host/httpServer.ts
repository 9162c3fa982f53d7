import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerEmpty, type HttpAnswer, type HttpCall } from './httpInvoke.js';

/** The largest request that Azure Functions takes: 210 MB. */
const maxBodyBytes = 210 * 1024 * 1024;

export interface HttpServer {
  readonly url: string;
  /** Takes no new connection; resolves when the requests under way are answered. */
  close(): Promise<void>;
  /** Cuts whatever connection is still open. */
  cut(): void;
}

export type Answer = (call: HttpCall, isFromLoopback: boolean) => Promise<HttpAnswer>;

/** Listens on `host:port`, where port 0 is any free one, and answers every request with `answer`, which must not throw. */
export async function listenHttp(host: string, port: number, answer: Answer): Promise<HttpServer> {
  const server = createServer((request, response) => {
    const respond = async () => {
      const body = await readBody(request);
      if (body === null) return answerEmpty(413);
      const call = toCall(request, body);
      return call === null ? answerEmpty(400) : answer(call, isLoopback(request.socket.remoteAddress));
    };
    respond().then(
      ({ status, headers, body }) => {
        const fields = headers.flat();
        response.writeHead(status, [...fields, 'content-length', String(body.byteLength)]);
        response.end(request.method === 'HEAD' ? undefined : body);
      },
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  await listen(server, host, port);
  return {
    url: urlOf(server, host),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
    cut: () => server.closeAllConnections(),
  };
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

function urlOf(server: Server, host: string): string {
  const { port }: AddressInfo = Object.assign({ address: host, family: '', port: 0 }, server.address());
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.byteLength;
    if (length > maxBodyBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function toCall(request: IncomingMessage, body: Uint8Array): HttpCall | null {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const url = URL.parse(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  return url === null ? null : { method: request.method ?? 'GET', url, headers, body };
}

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
