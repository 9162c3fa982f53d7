import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import SCIMMY from 'scimmy';
import { createStore, noKeyword } from './store.js';

/**
 * A SCIM server that this project did not write, on a port of its own: SCIMMY's resources behind HTTP, with what
 * RFC 7644 says of status codes and headers. Its resources are one set a process, so that each server is a process.
 * Prints its address as a JSON line, and ends when its standard input does.
 */
const token = process.argv[2] ?? '';
const users = createStore<SCIMMY.Schemas.User>(({ userName }) => userName.toLowerCase());
const groups = createStore<SCIMMY.Schemas.Group>(() => null);

SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .extend(SCIMMY.Schemas.EnterpriseUser, false)
  .ingress(users.write)
  .egress(users.read)
  .degress(users.remove);
SCIMMY.Resources.declare(SCIMMY.Resources.Group).ingress(groups.write).egress(groups.read).degress(groups.remove);

interface Query {
  readonly startIndex?: number;
  readonly count?: number;
  readonly filter?: string;
}

const { User, Group } = SCIMMY.Resources;
const resources = {
  Users: {
    make: () => new User(),
    open: (id: string) => new User(id),
    search: (query: Query) => new User(undefined, query),
  },
  Groups: {
    make: () => new Group(),
    open: (id: string) => new Group(id),
    search: (query: Query) => new Group(undefined, query),
  },
};
type Endpoint = keyof typeof resources;
const isEndpoint = (name: string): name is Endpoint => Object.hasOwn(resources, name);

const send = (response: ServerResponse, status: number, body?: object, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/scim+json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
};

const refuse = (status: number, scimType: string, detail: string) => new SCIMMY.Types.Error(status, scimType, detail);

/** SCIMMY checks what the body holds. */
const readBody = async (request: IncomingMessage) => {
  if (!/^application\/(scim\+)?json\b/.test(request.headers['content-type'] ?? '')) {
    throw refuse(400, 'invalidSyntax', 'The body must be SCIM JSON.');
  }
  try {
    return JSON.parse(await text(request));
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse(400, 'invalidSyntax', 'The body is no JSON.');
    throw error;
  }
};

const readQuery = (url: URL): Query => {
  const number = (name: string) => (url.searchParams.has(name) ? { [name]: Number(url.searchParams.get(name)) } : {});
  const filter = url.searchParams.get('filter');
  return { ...number('startIndex'), ...number('count'), ...(filter === null ? {} : { filter }) };
};

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (request.headers.authorization !== `Bearer ${token}`) throw refuse(401, noKeyword, 'The token is not accepted.');
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, base, name = '', id, ...rest] = url.pathname.split('/').map(decodeURIComponent);
  if (base !== 'scim' || !isEndpoint(name) || rest.length > 0)
    throw refuse(404, noKeyword, 'There is no such endpoint.');
  const { make, open, search } = resources[name];
  switch (request.method) {
    case 'GET':
      return send(response, 200, await (id === undefined ? search(readQuery(url)) : open(id)).read());
    case 'POST': {
      const created = await make().write(await readBody(request));
      return send(response, 201, created, { location: `/scim/${name}/${created.id}` });
    }
    case 'PATCH': {
      if (id === undefined) throw refuse(404, noKeyword, 'A PATCH is about one resource.');
      const changed = await open(id).patch(await readBody(request));
      return changed === undefined ? send(response, 204) : send(response, 200, changed);
    }
    case 'DELETE':
      if (id === undefined) throw refuse(404, noKeyword, 'A DELETE is about one resource.');
      await open(id).dispose();
      return send(response, 204);
    default:
      throw refuse(501, noKeyword, 'The method is not served.');
  }
};

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    const message = new SCIMMY.Messages.ErrorResponse(error instanceof Error ? error : new Error('unknown'));
    send(response, Number(message.status), { ...message });
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ endpoint: `http://127.0.0.1:${port}/scim` })}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
