import { z } from 'zod';
import type { GraphSimulator, GraphSimulatorOptions } from '../../../lib/sandbox/graph/model.js';
import { createGraphSimulator } from '../../../lib/sandbox/graph/simulator.js';

const rowSchema = z.record(z.string(), z.unknown());
const bodySchema = z.looseObject({
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
  value: z.array(rowSchema).optional(),
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
});
export type Row = z.infer<typeof rowSchema>;
export type Body = z.infer<typeof bodySchema>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A whole round or list: its rows, how many pages it took, and the link that continues it. */
export interface Walked {
  readonly rows: readonly Row[];
  readonly pages: readonly (readonly Row[])[];
  readonly deltaLink: string;
}

export const allRoles = [
  'User.Read.All',
  'GroupMember.Read.All',
  'Group.Read.All',
  'Application.Read.All',
  'Mail.Send',
];
export const base = 'https://graph.microsoft.com/v1.0';

/** A naive client: follows links verbatim and keeps nothing. */
export interface Client {
  get(pathOrUrl: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, body: unknown): Promise<Reply>;
  /** Follows nextLinks to the end; throws where a page is no 200. */
  walk(pathOrUrl: string, headers?: Record<string, string>): Promise<Walked>;
}

export const createClient = (simulator: GraphSimulator, roles: readonly string[] = allRoles): Client => {
  const authorization = `Bearer ${simulator.issueToken(roles, 1e12)}`;
  const toUrl = (pathOrUrl: string) => (pathOrUrl.startsWith('http') ? pathOrUrl : `${base}${pathOrUrl}`);
  const read = async (response: Response): Promise<Reply> => {
    const text = await response.text();
    const body = bodySchema.parse(text === '' ? {} : JSON.parse(text));
    return { status: response.status, headers: response.headers, body };
  };
  const get: Client['get'] = async (pathOrUrl, headers = {}) =>
    read(await simulator.send(toUrl(pathOrUrl), { headers: { Authorization: authorization, ...headers } }));
  return {
    get,
    post: async (path, body) =>
      read(
        await simulator.send(toUrl(path), {
          method: 'POST',
          headers: { Authorization: authorization, 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    walk: async (pathOrUrl, headers) => {
      const pages: Row[][] = [];
      for (let link: string | undefined = pathOrUrl; link !== undefined; ) {
        const { status, body } = await get(link, headers);
        if (status !== 200) {
          throw new Error(`${status} ${body.error?.code} for ${link}`);
        }
        pages.push(body.value ?? []);
        link = body['@odata.nextLink'];
        if (link === undefined) {
          return { rows: pages.flat(), pages, deltaLink: body['@odata.deltaLink'] ?? '' };
        }
      }
      throw new Error('A walk ends with a page.');
    },
  };
};

/** A simulator whose rounds hold nothing but what they must, so that a test sees exactly what it asks for. */
export const createPlainSimulator = (options: GraphSimulatorOptions = {}): GraphSimulator =>
  createGraphSimulator({
    ...options,
    settings: {
      repeatProbability: 0,
      tombstoneProbability: 0,
      removedMemberProbability: 0,
      tailProbability: 0,
      purgedEdgeProbability: 1,
      ...options.settings,
    },
  });

/** Creates `count` users named u0@contoso.com and so on; returns their ids. */
export const addUsers = (simulator: GraphSimulator, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    simulator.dir.createUser({ userPrincipalName: `u${index}@contoso.com`, displayName: `User ${index}` }),
  );

/** The element there must be. */
export const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) {
    throw new Error(`There is no item ${index} of ${items.length}.`);
  }
  return item;
};
