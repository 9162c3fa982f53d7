import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

/** One version of a secret. */
interface Version {
  readonly value: string;
  readonly contentType: string | undefined;
}

/** Key Vault's REST surface for the secrets of one vault, on loopback: versions, the challenge, and refusals. */
export interface FakeKeyVault {
  readonly url: string;
  readonly versions: readonly Version[];
  /** Each authorised request, as `PUT /secrets/name`. */
  readonly requests: readonly string[];
  /** Answers everything with this status from now on; null to work again. */
  refuseWith(status: number | null): void;
  close(): Promise<void>;
}

const secretBody = z.object({ value: z.string(), contentType: z.string().optional() });
const token = 'vault-token';
export const vaultCredential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };

const readText = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

const reply = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

export const startFakeKeyVault = async (): Promise<FakeKeyVault> => {
  const versions: Version[] = [];
  const requests: string[] = [];
  let refusal: number | null = null;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readText(request);
    const path = new URL(request.url ?? '', 'http://vault').pathname.replace(/\/$/, '');
    if (request.headers.authorization !== `Bearer ${token}`) {
      const challenge = 'Bearer authorization="https://login.example/tenant", resource="https://vault.azure.net"';
      reply(response, 401, { error: { code: 'Unauthorized', message: '' } }, { 'www-authenticate': challenge });
      return;
    }
    requests.push(`${request.method} ${path}`);
    if (refusal !== null) {
      reply(response, refusal, { error: { code: 'Refused', message: 'no' } });
      return;
    }
    if (request.method === 'PUT') {
      const { value, contentType } = secretBody.parse(JSON.parse(text));
      versions.push({ value, contentType });
    }
    const latest = versions.at(-1);
    if (latest === undefined) {
      reply(response, 404, { error: { code: 'SecretNotFound', message: '' } });
      return;
    }
    const id = `http://${request.headers.host}${path}/${versions.length}`;
    reply(response, 200, { value: latest.value, contentType: latest.contentType, id, attributes: { enabled: true } });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => reply(response, 500, { error: { message: String(error) } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake vault listens on no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    versions,
    requests,
    refuseWith: (status) => {
      refusal = status;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
