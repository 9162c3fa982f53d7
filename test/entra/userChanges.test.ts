import { answerJson } from '../fakes/scriptedSend.js';
import { answerError, createFixture, faultOf, origin, root, signal } from './directoryFixture.js';

const nextLink = `${root}/users/delta?$skiptoken=a%2Bb%3D&c=(d)`;
const deltaLink = `${root}/users/delta()?$deltatoken=XyZ%2f1`;
const select = ['department', 'manager'];
const page = (value: readonly unknown[], links: Record<string, unknown> = { '@odata.deltaLink': deltaLink }) =>
  answerJson({ '@odata.context': 'x', value, ...links });

describe('the users stream', () => {
  it('starts with the selection and nothing else that delta query does not support', async () => {
    const { directory, sent } = createFixture([page([])]);
    await directory.readUserChanges(null, select, signal);
    expect(sent[0]?.method).toBe('GET');
    expect(decodeURIComponent(sent[0]?.url.href ?? '')).toBe(
      `${root}/users/delta?$select=id,accountEnabled,userPrincipalName,displayName,userType,department,manager`,
    );
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer token-1');
    expect(sent[0]?.headers.has('prefer')).toBe(false);
  });

  it('does not ask for the manager unless a mapping reads it', async () => {
    const { directory, sent } = createFixture([page([{ id: 'u1', 'manager@delta': [{ id: 'm1' }] }])]);
    const result = await directory.readUserChanges(null, ['department'], signal);
    expect(sent[0]?.url.search).not.toContain('manager');
    expect(result).toMatchObject({ rows: [{ object: expect.not.objectContaining({ managerId: expect.anything() }) }] });
  });

  it('reads living users whole, absent attributes as null', async () => {
    const { directory } = createFixture([
      page([{ id: 'u1', displayName: 'A', accountEnabled: true, userPrincipalName: 'a@c', surprise: { x: 1 } }]),
    ]);
    expect(await directory.readUserChanges(null, select, signal)).toEqual({
      kind: 'page',
      rows: [
        {
          kind: 'present',
          object: {
            type: 'user',
            id: 'u1',
            attributes: {
              accountEnabled: true,
              userPrincipalName: 'a@c',
              displayName: 'A',
              userType: null,
              department: null,
            },
          },
        },
      ],
      next: { kind: 'end', watermark: deltaLink },
    });
  });

  it.each([
    ['absent: unchanged', undefined, undefined],
    ['null: unchanged', null, undefined],
    ['an empty list: unchanged', [], undefined],
    ['a new one', [{ '@odata.type': '#microsoft.graph.user', id: 'm1' }], 'm1'],
    ['a removed one', [{ id: 'm1', '@removed': { reason: 'deleted' } }], null],
    ['a change, new first', [{ id: 'm2' }, { id: 'm1', '@removed': { reason: 'changed' } }], 'm2'],
    ['a change, removed first', [{ id: 'm1', '@removed': { reason: 'deleted' } }, { id: 'm2' }], 'm2'],
  ])('reads the manager: %s', async (_, managers, managerId) => {
    const { directory } = createFixture([page([{ id: 'u1', 'manager@delta': managers }])]);
    const result = await directory.readUserChanges(null, select, signal);
    const row = result.kind === 'page' ? result.rows[0] : undefined;
    expect(row?.kind === 'present' ? row.object.managerId : 'no row').toBe(managerId);
  });

  it('tells the recycle bin from gone for good', async () => {
    const { directory } = createFixture([
      page([
        { id: 'u1', '@removed': { reason: 'changed' } },
        { id: 'u2', '@removed': { reason: 'deleted' } },
      ]),
    ]);
    expect(await directory.readUserChanges(null, select, signal)).toMatchObject({
      rows: [
        { kind: 'removed', id: 'u1', reason: 'changed' },
        { kind: 'removed', id: 'u2', reason: 'deleted' },
      ],
    });
  });

  it.each([
    ['a field of the wrong type', { id: 'u2', department: 7 }, 'department'],
    ['a manager without id', { id: 'u2', 'manager@delta': [{}] }, 'id'],
    ['a removal for an unknown reason', { id: 'u2', '@removed': { reason: 'vanished' } }, '@removed/reason'],
  ])('passes on one unreadable row among good ones: %s', async (_, bad, field) => {
    const { directory } = createFixture([page([{ id: 'u1' }, bad, { id: 'u3' }])]);
    const result = await directory.readUserChanges(null, select, signal);
    expect(result).toMatchObject({
      rows: [
        { kind: 'present', object: { id: 'u1' } },
        { kind: 'unreadable', id: 'u2', fault: { code: 'SourceObjectUnreadable', whose: 'object' } },
        { kind: 'present', object: { id: 'u3' } },
      ],
    });
    expect(JSON.stringify(result)).toContain(`\\"${field}\\"`);
  });

  it.each([
    ['a row without id', page([{ displayName: 'x' }])],
    ['a removal without id', page([{ '@removed': { reason: 'deleted' } }])],
    ['a row that is no object', page(['u1'])],
    ['no value', answerJson({ '@odata.deltaLink': deltaLink })],
    ['no link', page([], {})],
    ['both links', page([], { '@odata.deltaLink': deltaLink, '@odata.nextLink': nextLink })],
    ['a link that is no text', page([], { '@odata.nextLink': 7 })],
    ['a list instead of a page', answerJson([])],
  ])('fails a page with %s as a whole', async (_, answer) => {
    const { directory } = createFixture([answer]);
    expect(await faultOf(directory.readUserChanges(null, select, signal))).toMatchObject({
      code: 'SourceUnreadable',
      whose: 'source',
      request: { service: 'graph', method: 'GET', path: '/v1.0/users/delta', status: 200 },
    });
  });

  it('follows its links to the letter', async () => {
    const { directory, sent } = createFixture([page([], { '@odata.nextLink': nextLink }), page([])]);
    const first = await directory.readUserChanges(null, select, signal);
    expect(first).toMatchObject({ rows: [], next: { kind: 'more', link: nextLink } });
    await directory.readUserChanges(nextLink, select, signal);
    expect(sent[1]?.url.href).toBe(nextLink);
  });

  it('follows a link whose token holds what the client library would take apart', async () => {
    const odd = `${root}/users/delta?$skiptoken=https://x/y?z&$select=a&$filter=b&$select=c`;
    const { directory, sent } = createFixture([page([])]);
    await directory.readUserChanges(odd, select, signal);
    expect(sent[0]?.url.href).toBe(odd);
  });
});

describe('a link that leads elsewhere', () => {
  const foreign = 'https://evil.example/v1.0/users/delta?$skiptoken=x';

  it.each(['@odata.nextLink', '@odata.deltaLink'])('fails the page that holds it as %s', async (name) => {
    const { directory, sent } = createFixture([page([{ id: 'u1' }], { [name]: foreign })]);
    const fault = await faultOf(directory.readUserChanges(null, select, signal));
    expect(fault).toMatchObject({ code: 'ForeignLink', whose: 'source' });
    expect(fault.message).toContain('https://evil.example');
    expect(sent).toHaveLength(1);
  });

  it.each([
    foreign,
    'http://graph.microsoft.com/v1.0/users/delta',
    '/users/delta',
    'https://graph.microsoft.com@evil.example/',
  ])('means to enumerate anew when %s was stored: it is not followed, and no token goes there', async (link) => {
    const getToken = jest.fn(async () => 'token-1');
    const { directory, sent } = createFixture([], { getToken });
    expect(await directory.readUserChanges(link, select, signal)).toMatchObject({ kind: 'resync' });
    expect(sent).toHaveLength(0);
    expect(getToken).not.toHaveBeenCalled();
  });

  it('is not followed from the Location of a 410', async () => {
    const gone = () => answerError(410, 'resyncRequired', { location: foreign });
    const { directory, sent } = createFixture([gone(), gone()]);
    expect(await directory.readUserChanges(deltaLink, select, signal)).toEqual({
      kind: 'resync',
      reason: 'resyncrequired',
    });
    expect(sent.map(({ url }) => url.origin)).toEqual([origin, origin]);
  });

  it('is not followed as a redirect', async () => {
    const { directory, sent } = createFixture([new Response(null, { status: 302, headers: { location: foreign } })]);
    expect((await faultOf(directory.readUserChanges(null, select, signal))).code).toBe('SourceRedirected');
    expect(sent).toHaveLength(1);
  });
});

describe('a stored link that Graph no longer takes', () => {
  it.each([
    [400, 'syncStateNotFound'],
    [400, 'SyncStateNotFound'],
    [400, 'Request_BadRequest'],
    [404, 'Request_ResourceNotFound'],
    [410, 'resyncRequired'],
    [422, 'Whatever'],
  ])('is asked once more after a %i %s and then means resync', async (status, code) => {
    const { directory, sent } = createFixture([answerError(status, code), answerError(status, code)]);
    expect(await directory.readUserChanges(deltaLink, select, signal)).toEqual({
      kind: 'resync',
      reason: code.toLowerCase(),
    });
    expect(sent.map(({ url }) => url.href)).toEqual([deltaLink, deltaLink]);
  });

  it('goes on where the second attempt is taken', async () => {
    const { directory } = createFixture([answerError(404, 'x'), page([{ id: 'u1' }])]);
    expect(await directory.readUserChanges(deltaLink, select, signal)).toMatchObject({ kind: 'page' });
  });

  it('means resync also where the refusal has no readable body', async () => {
    const { directory } = createFixture([new Response('gone', { status: 410 }), new Response(null, { status: 410 })]);
    expect(await directory.readUserChanges(deltaLink, select, signal)).toEqual({
      kind: 'resync',
      reason: 'status 410',
    });
  });

  it('is no reason to resync where permission is missing', async () => {
    const { directory, sent } = createFixture([answerError(403, 'Authorization_RequestDenied')]);
    expect((await faultOf(directory.readUserChanges(deltaLink, select, signal))).code).toBe(
      'InsufficientGraphPermissions',
    );
    expect(sent).toHaveLength(1);
  });

  it('is told apart from a first request that Graph rejects', async () => {
    const { directory } = createFixture([answerError(400, 'Request_BadRequest')]);
    expect(await faultOf(directory.readUserChanges(null, select, signal))).toMatchObject({
      code: 'SourceQueryRejected',
      whose: 'us',
    });
  });
});

it('a page that leads back to itself ends the stream with a fault', async () => {
  const { directory } = createFixture([page([], { '@odata.nextLink': nextLink })]);
  expect((await faultOf(directory.readUserChanges(nextLink, select, signal))).code).toBe('DeltaLoop');
});

it('a tenant without change tracking is named as such', async () => {
  const { directory } = createFixture([answerError(400, 'Request_UnsupportedQuery')]);
  expect(await faultOf(directory.readUserChanges(null, select, signal))).toMatchObject({
    code: 'TenantNotSupported',
    whose: 'job',
  });
});

it('an unknown attribute is refused before anything is sent', async () => {
  const { directory, sent } = createFixture([]);
  const fault = await faultOf(directory.readUserChanges(null, ['departement'], signal));
  expect(fault).toMatchObject({ code: 'UnknownSourceAttribute', whose: 'job' });
  expect(fault.message).toContain('"department"');
  expect(sent).toHaveLength(0);
});
