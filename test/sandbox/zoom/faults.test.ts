import { startWith, theo } from './strickenZoom.js';
import { call, startZoom } from './zoomCalls.js';

describe('when a fault strikes', () => {
  test('the nth call of the operation and no other', async () => {
    const { strike, get, find } = startWith();
    strike('users.get', { mode: 'status', code: 500 }, { nth: [2, 3] });
    await find(theo);
    expect([await get(), await get(), await get(), await get()].map((answer) => answer.status)).toEqual([
      200, 500, 500, 200,
    ]);
  });

  test('the user it names, by userName or id, also where the call is a creation or a filter', async () => {
    const { zoom, id, strike, get, create, find } = startWith();
    zoom.seed({ users: [{ userName: 'other@contoso.example' }] });
    strike('users.*', { mode: 'status', code: 500 }, { user: 'Theo.Lind@contoso.example' });
    strike('users.create', { mode: 'status', code: 503 }, { user: 'new@contoso.example' });
    expect([(await get()).status, (await find(theo)).status]).toEqual([500, 500]);
    expect((await find('other@contoso.example')).status).toBe(200);
    expect((await create('new@contoso.example')).status).toBe(503);
    zoom.clearFaults();
    strike('users.get', { mode: 'status', code: 500 }, { user: id });
    expect((await get()).status).toBe(500);
  });

  test('so many times, and by a chance that the seed decides', async () => {
    const roll = async (seed: number) => {
      const zoom = startZoom({ seed });
      zoom.addFault({ on: '*', fault: { mode: 'status', code: 500 }, probability: 0.5 });
      const statuses: number[] = [];
      for (let at = 0; at < 40; at += 1) statuses.push((await call(zoom, 'GET', '/scim2/Users')).status);
      return statuses;
    };
    const statuses = await roll(7);
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
    expect(await roll(7)).toEqual(statuses);
    expect(await roll(8)).not.toEqual(statuses);
    const { strike, get } = startWith();
    strike('users.get', { mode: 'status', code: 500 }, { times: 1 });
    expect([(await get()).status, (await get()).status]).toEqual([500, 200]);
  });

  test('a fault that cannot be is refused', () => {
    const zoom = startZoom();
    expect(() => zoom.addFault({ on: '*', fault: { mode: 'list.shortPage', rows: -1 } })).toThrow();
  });
});

describe('the network and the wire', () => {
  test('a dropped answer rejects as fetch does, after the write was stored or before', async () => {
    const { zoom, strike, create } = startWith();
    strike('users.create', { mode: 'net.timeoutAfterCommit' }, { nth: 1 });
    strike('users.create', { mode: 'net.reset' }, { nth: 2 });
    await expect(create('a@contoso.example')).rejects.toThrow(new TypeError('fetch failed'));
    await expect(create('b@contoso.example')).rejects.toThrow(new TypeError('fetch failed'));
    expect([...zoom.state().accounts.values()].map((account) => account.userName)).toEqual([theo, 'a@contoso.example']);
    expect(zoom.journal.entries.map((entry) => [entry.status, entry.faults])).toEqual([
      ['dropped', ['net.timeoutAfterCommit']],
      ['dropped', ['net.reset']],
    ]);
  });

  test('statuses come with the bodies that proxies give them', async () => {
    const { strike, get } = startWith();
    strike('users.get', { mode: 'status', code: 502 }, { nth: 1 });
    strike('users.get', { mode: 'status', code: 503 }, { nth: 2 });
    strike('users.get', { mode: 'status', code: 503, body: 'throttled', headers: { 'Retry-After': '7' } }, { nth: 3 });
    const html = await get();
    expect([html.headers.get('content-type'), html.text.startsWith('<html>')]).toEqual(['text/html', true]);
    expect((await get()).text).toBe('');
    const dressed = await get();
    expect([dressed.text, dressed.headers.get('retry-after')]).toEqual(['throttled', '7']);
  });

  test('a 500 may come after all was stored', async () => {
    const { zoom, strike, create } = startWith();
    strike('users.create', { mode: 'status', code: 500, afterCommit: true });
    expect((await create('a@contoso.example')).status).toBe(500);
    expect(zoom.state().accounts.size).toBe(2);
  });

  test.each([
    ['body.malformed', 201],
    ['body.empty200', 200],
    ['body.html', 201],
  ] as const)('%s spoils the body of a success', async (mode, status) => {
    const { strike, create } = startWith();
    strike('users.create', { mode });
    const answer = await create('a@contoso.example');
    expect(answer.status).toBe(status);
    expect(() => JSON.parse(answer.text)).toThrow();
  });

  test('a creation may answer without an id', async () => {
    const { strike, create } = startWith();
    strike('users.create', { mode: 'body.missingId' });
    const answer = await create('a@contoso.example');
    expect([answer.status, answer.json.userName, 'id' in answer.json]).toEqual([201, 'a@contoso.example', false]);
  });

  test('a slow reply takes its time on the clock', async () => {
    const { zoom, strike, get } = startWith();
    strike('users.get', { mode: 'latency.slow', delayMs: 2000, upToMs: 20_000 });
    let answered = false;
    const answer = get().then((value) => {
      answered = true;
      return value;
    });
    await new Promise(setImmediate);
    zoom.clock.advance(1999);
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    zoom.clock.advance(18_001);
    expect((await answer).status).toBe(200);
  });
});

describe('limits and tokens', () => {
  test('429 in its three forms and for the lock', async () => {
    const { strike, get } = startWith();
    strike('users.get', { mode: 'rate.perSecond' }, { nth: 1 });
    strike('users.get', { mode: 'rate.daily', retryAfterMs: 7_200_000 }, { nth: 2 });
    strike('users.get', { mode: 'rate.noHeaders' }, { nth: 3 });
    strike('users.get', { mode: 'lock.concurrent' }, { nth: 4 });
    expect((await get()).headers.get('x-ratelimit-reset')).toBe(String(Date.parse('2026-11-23T08:00:01Z') / 1000));
    expect((await get()).headers.get('retry-after')).toBe('2026-11-23T10:00:00Z');
    const bare = await get();
    expect([bare.status, [...bare.headers.keys()]]).toEqual([429, ['content-type']]);
    expect((await get()).json.message).toMatch('already been made');
  });

  test('a token that expires in the middle is replaced once', async () => {
    const { zoom, strike } = startWith();
    const mint = async () => {
      const response = await zoom.send('https://zoom.us/oauth/token', {
        method: 'POST',
        headers: { Authorization: `Basic ${btoa('client-1:secret-1')}` },
        body: new URLSearchParams({ grant_type: 'account_credentials', account_id: 'ACC123' }),
      });
      return `Bearer ${JSON.parse(await response.text()).access_token}`;
    };
    const get = (Authorization: string) => call(zoom, 'GET', '/scim2/Users', undefined, { Authorization });
    strike('users.list', { mode: 'token.expireMidCycle' }, { nth: 2 });
    const token = await mint();
    expect((await get(token)).status).toBe(200);
    expect((await get(token)).json.code).toBe(124);
    expect((await get(await mint())).status).toBe(200);
  });

  test.each([
    ['token.clientSecretWrong', 'Invalid client_id or client_secret'],
    ['token.refreshReused', 'Invalid Token!'],
    ['token.revoked', 'Token revoked by a later authorization (4741)'],
    ['token.ownerGone', 'The owner of the token does not exist (4735)'],
  ] as const)('%s on the token endpoint', async (mode, reason) => {
    const { zoom, strike } = startWith();
    strike('oauth.token', { mode });
    const answer = await call(zoom, 'POST', '/oauth/token?grant_type=account_credentials&account_id=ACC123', '', {
      Authorization: `Basic ${btoa('client-1:secret-1')}`,
    });
    expect([answer.status, answer.json.reason]).toEqual([400, reason]);
  });

  test('a scope, a right or single sign-on can be lost for single calls', async () => {
    const { strike, get } = startWith();
    strike('*', { mode: 'token.scopeMissing' }, { nth: 1 });
    strike('*', { mode: 'account.permissionLost' }, { nth: 2 });
    strike('*', { mode: 'account.ssoOff' }, { nth: 3 });
    expect((await get()).json.code).toBe(4700);
    expect((await get()).status).toBe(403);
    expect((await get()).json.detail).toMatch('Single Sign-On');
  });
});
