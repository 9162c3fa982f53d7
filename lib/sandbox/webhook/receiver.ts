import { createServer, type IncomingHttpHeaders } from 'node:http';

/** A call as it came in, the body's bytes untouched. */
export interface ReceivedCall {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks on loopback that keeps what comes. */
export interface WebhookReceiver {
  readonly url: string;
  readonly calls: readonly ReceivedCall[];
  /** What the next calls are answered with, one each; then 204. `location` makes it a redirect. */
  answerNext(...answers: readonly { readonly status: number; readonly location?: string }[]): void;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export const listenWebhookReceiver = async (): Promise<WebhookReceiver> => {
  const calls: ReceivedCall[] = [];
  const waiting: { readonly status: number; readonly location?: string }[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      calls.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') });
      const { status, location } = waiting.shift() ?? { status: 204 };
      outgoing.writeHead(status, location === undefined ? {} : { location });
      outgoing.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    answerNext: (...answers) => void waiting.push(...answers),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};
