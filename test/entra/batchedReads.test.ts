import type { ReadResult } from '../../lib/engine/ports.js';
import { answerJson, type Script, type SentRequest } from '../fakes/scriptedSend.js';
import { answerError, createFixture, faultOf, listWaits, root, signal } from './directoryFixture.js';

interface Inner {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const readRequests = ({ body }: SentRequest): Array<{ id: string; method: string; url: string }> =>
  JSON.parse(body).requests;

/** Answers each request of a batch by its URL, in reverse order. */
const answerBatch =
  (answer: (url: string) => Inner | null) =>
  (request: SentRequest): Response =>
    answerJson({
      responses: readRequests(request)
        .flatMap(({ id, url }) => {
          const inner = answer(url);
          return inner === null ? [] : [{ id, ...inner }];
        })
        .reverse(),
    });

const userIdOf = (url: string): string => /^\/users\/([^/?]+)/.exec(url)?.[1] ?? '';
const found = (url: string): Inner => ({ status: 200, body: { id: userIdOf(url), displayName: `N ${userIdOf(url)}` } });
const busy = (seconds: string): Inner => ({
  status: 429,
  headers: { 'Retry-After': seconds },
  body: { error: { code: 'TooManyRequests' } },
});
const kindOf = (result: ReadResult | undefined) => result?.kind;

describe('reading users', () => {
  it('asks for 20 in one request and puts shuffled answers to their ids', async () => {
    const { directory, sent } = createFixture([answerBatch(found), answerBatch(found)]);
    const ids = Array.from({ length: 25 }, (_, index) => `u${index}`);
    const users = await directory.readUsers([...ids, 'u0'], ['department'], signal);
    expect(sent.map((request) => [request.method, request.url.href, readRequests(request).length])).toEqual([
      ['POST', `${root}/$batch`, 20],
      ['POST', `${root}/$batch`, 5],
    ]);
    expect(users.size).toBe(25);
    for (const id of ids) {
      expect(users.get(id)).toMatchObject({ kind: 'found', object: { id, attributes: { displayName: `N ${id}` } } });
    }
  });

  it('selects, and expands the manager only where it is wanted', async () => {
    const urls: string[] = [];
    const script = answerBatch((url) => {
      urls.push(url);
      return found(url);
    });
    const { directory } = createFixture([script, script]);
    await directory.readUsers(['u1'], ['department'], signal);
    await directory.readUsers(['u/1'], ['manager'], signal);
    expect(urls).toEqual([
      '/users/u1?$select=id,accountEnabled,userPrincipalName,displayName,userType,department',
      '/users/u%2F1?$select=id,accountEnabled,userPrincipalName,displayName,userType&$expand=manager($select=id)',
    ]);
  });

  it.each([
    ['there is one', { manager: { '@odata.type': '#microsoft.graph.user', id: 'm1' } }, 'm1'],
    ['there is none', {}, null],
  ])('knows the manager where %s', async (_, extra, managerId) => {
    const { directory } = createFixture([
      answerBatch((url) => ({ status: 200, body: { id: userIdOf(url), ...extra } })),
    ]);
    const users = await directory.readUsers(['u1'], ['manager'], signal);
    expect(users.get('u1')).toMatchObject({ kind: 'found', object: { managerId } });
  });

  it('says unseen for a 404 and keeps faults to their object', async () => {
    const { directory } = createFixture([
      answerBatch((url) => {
        switch (userIdOf(url)) {
          case 'gone':
            return { status: 404, body: { error: { code: 'Request_ResourceNotFound' } } };
          case 'odd':
            return { status: 200, body: { id: 'odd', displayName: 7 } };
          case 'refused':
            return {
              status: 400,
              body: { error: { code: 'Request_BadRequest', innererror: { 'request-id': 'r-9' } } },
            };
          case 'empty':
            return { status: 200 };
          default:
            return found(url);
        }
      }),
    ]);
    const users = await directory.readUsers(['gone', 'odd', 'refused', 'empty', 'fine'], [], signal);
    expect(users.get('gone')).toEqual({ kind: 'unseen' });
    expect(users.get('odd')).toMatchObject({
      kind: 'fault',
      fault: { code: 'SourceObjectUnreadable', whose: 'object' },
    });
    expect(users.get('refused')).toMatchObject({
      kind: 'fault',
      fault: { code: 'SourceQueryRejected', request: { path: '/v1.0/users/refused', status: 400, requestId: 'r-9' } },
    });
    expect(kindOf(users.get('empty'))).toBe('fault');
    expect(kindOf(users.get('fine'))).toBe('found');
  });

  it('sends only what was throttled again, after the longest wait among it', async () => {
    const { directory, sent, ...rest } = createFixture([
      answerBatch((url) =>
        ['u1', 'u3'].includes(userIdOf(url)) ? busy(userIdOf(url) === 'u1' ? '4' : '9') : found(url),
      ),
      answerBatch((url) => (userIdOf(url) === 'u3' ? { status: 424 } : found(url))),
      answerBatch((url) => (userIdOf(url) === 'u3' ? null : found(url))),
      answerBatch(found),
    ]);
    const users = await directory.readUsers(['u1', 'u2', 'u3'], [], signal);
    expect([...users.values()].map(kindOf)).toEqual(['found', 'found', 'found']);
    expect(sent.map((request) => readRequests(request).map(({ url }) => userIdOf(url)))).toEqual([
      ['u1', 'u2', 'u3'],
      ['u1', 'u3'],
      ['u3'],
      ['u3'],
    ]);
    expect(listWaits({ directory, sent, ...rest })).toEqual([9_000, 2_000, 4_000]);
  });

  it('gives up where a wait would be too long and says when to come back', async () => {
    const { directory, sent, clock } = createFixture([
      answerBatch((url) => (userIdOf(url) === 'u1' ? busy('600') : found(url))),
    ]);
    const users = await directory.readUsers(['u1', 'u2'], [], signal);
    expect(users.get('u1')).toMatchObject({
      kind: 'fault',
      fault: {
        code: 'SourceThrottled',
        retry: 'at',
        retryAt: new Date(clock.nowMs() + 600_000).toISOString(),
      },
    });
    expect(kindOf(users.get('u2'))).toBe('found');
    expect(sent).toHaveLength(1);
  });

  it('waits out a throttled batch as a whole', async () => {
    const { directory, sent } = createFixture([
      answerError(429, 'TooManyRequests', { 'retry-after': '3' }),
      answerBatch(found),
    ]);
    expect(kindOf((await directory.readUsers(['u1'], [], signal)).get('u1'))).toBe('found');
    expect(sent).toHaveLength(2);
    expect(sent[1]?.body).toBe(sent[0]?.body);
  });

  it('stops at a missing permission, which concerns everybody', async () => {
    const { directory } = createFixture([
      answerBatch(() => ({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } })),
    ]);
    expect((await faultOf(directory.readUsers(['u1'], [], signal))).code).toBe('InsufficientGraphPermissions');
  });

  it.each([
    ['no list of responses', {}],
    ['a response without a status', { responses: [{ id: '1' }] }],
  ])('fails for an answer with %s', async (_, body) => {
    const { directory } = createFixture([answerJson(body)]);
    expect((await faultOf(directory.readUsers(['u1'], [], signal))).code).toBe('SourceUnreadable');
  });

  it('has at most four batches under way', async () => {
    let underWay = 0;
    let most = 0;
    const slow: Script = async (request) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return answerBatch(found)(request);
    };
    const { directory } = createFixture(Array.from({ length: 10 }, () => slow));
    const users = await directory.readUsers(
      Array.from({ length: 200 }, (_, index) => `u${index}`),
      [],
      signal,
    );
    expect(users.size).toBe(200);
    expect(most).toBe(4);
  });

  it('asks nothing for nobody', async () => {
    const { directory, sent } = createFixture([]);
    expect((await directory.readUsers([], [], signal)).size).toBe(0);
    expect(sent).toHaveLength(0);
  });
});

describe('reading memberships', () => {
  const group = (id: string) => ({ '@odata.type': '#microsoft.graph.group', id });

  it('keeps groups, follows further pages and leaves out who cannot be seen', async () => {
    const link = `${root}/users/u1/memberOf?$skiptoken=z`;
    const { directory, sent } = createFixture([
      answerBatch((url) => {
        switch (userIdOf(url)) {
          case 'u1':
            return {
              status: 200,
              body: {
                value: [group('g1'), { '@odata.type': '#microsoft.graph.directoryRole', id: 'd1' }],
                '@odata.nextLink': link,
              },
            };
          case 'u2':
            return { status: 404 };
          default:
            return { status: 200, body: { value: [] } };
        }
      }),
      answerJson({ value: [group('g2')] }),
    ]);
    const memberships = await directory.readMemberships(['u1', 'u2', 'u3'], signal);
    expect([...memberships]).toEqual(
      expect.arrayContaining([
        ['u1', ['g1', 'g2']],
        ['u3', []],
      ]),
    );
    expect(memberships.has('u2')).toBe(false);
    expect(sent[1]?.url.href).toBe(link);
    expect(sent[0] === undefined ? '' : readRequests(sent[0])[0]?.url).toBe('/users/u1/memberOf?$select=id&$top=999');
  });

  it.each([
    [
      'a refusal',
      { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } },
      'InsufficientGraphPermissions',
    ],
    ['a page that cannot be read', { status: 200, body: { value: [{}] } }, 'SourceUnreadable'],
    [
      'a link to another host',
      { status: 200, body: { value: [], '@odata.nextLink': 'https://evil.example/' } },
      'ForeignLink',
    ],
  ])('fails as a whole for %s, since half a list would say that somebody left', async (_, inner, code) => {
    const { directory } = createFixture([answerBatch(() => inner)]);
    expect((await faultOf(directory.readMemberships(['u1'], signal))).code).toBe(code);
  });
});
