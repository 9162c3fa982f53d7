import { answerJson } from '../fakes/scriptedSend.js';
import { aList, aUser, makeScriptedTarget, never } from './targetUnderTest.js';

const notBelonging = { detail: 'User jane@contoso.example not exist or not belong to this account.', status: 400 };
const incompatible = 'SystemForCrossDomainIdentityManagementServiceIncompatible';
const html = () => new Response('<html>Zoom</html>', { status: 200, headers: { 'content-type': 'text/html' } });

describe('findUser', () => {
  const find = async (body: unknown, status = 200, value = 'jane@contoso.example') => {
    const { target, sent } = makeScriptedTarget([answerJson(body, status)]);
    return { result: await target.findUser('userName', value, never), sent };
  };

  it('sends one quoted filter with a page, spaces as %20', async () => {
    const { sent } = await find(aList([]), 200, 'o"n&e+1@contoso.example');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.method).toBe('GET');
    expect(sent[0]?.url.href).toBe(
      'https://api.zoom.example/scim2/Users?startIndex=1&count=10&filter=userName%20eq%20%22o%5C%22n%26e%2B1%40contoso.example%22',
    );
    expect(sent[0]?.headers.get('accept')).toBe('application/scim+json');
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer fixed-token');
  });

  it('finds one account in any case of its name, and does not take a list’s row for all of it', async () => {
    const { result } = await find(aList([aUser({ userName: 'Jane@Contoso.example' })]));
    expect(result).toMatchObject({ kind: 'one', account: { id: 'u1', active: true, complete: false } });
  });

  it('finds none and several', async () => {
    expect((await find(aList([]))).result).toEqual({ kind: 'none' });
    expect((await find(aList([aUser(), aUser({ id: 'u2' })]))).result).toEqual({
      kind: 'several',
      targetIds: ['u1', 'u2'],
    });
  });

  it.each([400, 404])('tells who is invited or elsewhere from who is not there (%d)', async (status) => {
    expect((await find(notBelonging, status)).result).toEqual({ kind: 'pendingOrForeign' });
  });

  it.each([
    ['rows that were not searched for', aList([aUser(), aUser({ id: 'u2', userName: 'other@contoso.example' })])],
    ['a count without rows', aList([], 3)],
    ['a row that cannot be read', aList([aUser({ active: 'perhaps' })])],
    ['rows that are no list', { totalResults: 1, Resources: {} }],
    ['no list at all', 7],
  ])('believes nothing of %s', async (_, body) => {
    expect((await find(body)).result).toMatchObject({ kind: 'fault', fault: { code: incompatible, whose: 'target' } });
  });

  it('does not ask for what Zoom cannot search', async () => {
    const { target, sent } = makeScriptedTarget([]);
    expect(await target.findUser('externalId', 'x', never)).toMatchObject({ fault: { code: 'FilterNotSupported' } });
    expect(sent).toEqual([]);
  });
});

describe('readUser', () => {
  const read = (script: Response) => makeScriptedTarget([script]).target.readUser('u1', never);

  it('reads the whole account', async () => {
    expect(await read(answerJson(aUser({ title: 'Counsel' })))).toMatchObject({
      kind: 'found',
      account: { id: 'u1', complete: true, resource: { title: 'Counsel' } },
    });
  });

  it('tells gone from invited', async () => {
    expect(await read(answerJson({ detail: 'User does not exist: u1.', status: 404 }, 404))).toEqual({ kind: 'gone' });
    expect(await read(answerJson(notBelonging, 400))).toEqual({ kind: 'notBelonging' });
  });

  it.each([
    ['another account', answerJson(aUser({ id: 'u2' }))],
    ['an account without an id', answerJson({ userName: 'jane@contoso.example' })],
    ['nothing', new Response('', { status: 200 })],
    ['a page', html()],
    ['broken JSON', new Response('{"id":"u1",', { status: 200 })],
  ])('does not take %s for the account', async (_, script) => {
    expect(await read(script)).toMatchObject({ kind: 'fault', fault: { code: incompatible } });
  });

  it('does not take a proxy’s 404 for a leaver', async () => {
    expect(await read(new Response('<html></html>', { status: 404 }))).toMatchObject({
      kind: 'fault',
      fault: { code: 'EndpointNotFound', whose: 'job' },
    });
  });

  it('keeps an id with awkward signs in one segment', async () => {
    const id = 'a&b/c?d#e %';
    const { target, sent } = makeScriptedTarget([answerJson(aUser({ id }))]);
    expect(await target.readUser(id, never)).toMatchObject({ kind: 'found', account: { id } });
    expect(sent[0]?.url.pathname).toBe('/scim2/Users/a%26b%2Fc%3Fd%23e%20%25');
  });

  it.each(['', '..', '.', '\ud800'])('does not send for the id %j', async (id) => {
    const { target, sent } = makeScriptedTarget([]);
    expect(await target.readUser(id, never)).toMatchObject({ fault: { code: 'UnusableTargetId' } });
    expect(sent).toEqual([]);
  });
});

describe('listUsers', () => {
  const list = async (body: unknown, startIndex = 1) => {
    const made = makeScriptedTarget([answerJson(body)], { pageSize: 2 });
    return { ...made, page: await made.target.listUsers(startIndex, never) };
  };
  const rows = [aUser(), aUser({ id: 'u2' })];

  it('asks for a page and goes on after the rows that came', async () => {
    const { page, sent } = await list(aList(rows, 9), 4);
    expect(sent[0]?.url.search).toBe('?startIndex=4&count=2');
    expect(page).toMatchObject({ next: 6, total: 9 });
    expect(page.accounts.map(({ id, complete }) => [id, complete])).toEqual([
      ['u1', false],
      ['u2', false],
    ]);
  });

  it('goes on after a page that is shorter than asked for', async () => {
    expect((await list(aList([aUser()], 9))).page.next).toBe(2);
  });

  it('goes on after a full page although the total says that it was the last', async () => {
    expect((await list(aList(rows, 2))).page.next).toBe(3);
  });

  it('ends with a short last page and with an empty one', async () => {
    expect((await list(aList([aUser()], 3), 3)).page.next).toBeNull();
    expect((await list(aList([], 9), 5)).page.next).toBeNull();
  });

  it('leaves a row out that cannot be read, tells of it and counts it for the next page', async () => {
    const { page, unreadable } = await list(aList([{ userName: 'x@contoso.example' }, aUser()], 9));
    expect(page.accounts.map(({ id }) => id)).toEqual(['u1']);
    expect(page.next).toBe(3);
    expect(unreadable).toHaveLength(1);
    expect(unreadable[0]).toContain('a row without an id');
  });

  it('throws a fault where there is no list', async () => {
    await expect(list({ totalResults: 4 })).rejects.toMatchObject({ fault: { code: incompatible } });
  });
});
