import type { FaultMode } from '../../../lib/sandbox/zoom/faultModes.js';
import type { Fault } from '../../../lib/sandbox/zoom/faults.js';
import { call, core, filterPath, newUser, patchActive, patchOp, startZoom, userPath } from './zoomCalls.js';

const theo = 'theo.lind@contoso.example';

const startWith = (user: object = {}, settings: object = {}) => {
  const zoom = startZoom({ settings });
  const { userIds } = zoom.seed({ users: [{ userName: theo, ...user }] });
  const id = userIds[theo] ?? '';
  const strike = (on: Fault['on'], fault: FaultMode, when: Partial<Fault> = {}) =>
    zoom.addFault({ on, fault, ...when });
  return {
    zoom,
    id,
    strike,
    get: () => call(zoom, 'GET', userPath(id)),
    put: (body: object) => call(zoom, 'PUT', userPath(id), { schemas: [core], ...body }),
    patch: (value: unknown) => call(zoom, 'PATCH', userPath(id), patchActive(value)),
    create: (userName: string, more = {}) => call(zoom, 'POST', '/scim2/Users', newUser(userName, more)),
    find: (userName: string) => call(zoom, 'GET', filterPath(`userName eq ${userName}`)),
  };
};

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

describe('lists that do not hold still', () => {
  const page = async (mode: FaultMode, query: string) => {
    const zoom = startZoom();
    zoom.seed({ users: Array.from({ length: 6 }, (_, at) => ({ userName: `u${at}@contoso.example` })) });
    zoom.addFault({ on: 'users.list', fault: mode });
    const { json } = await call(zoom, 'GET', `/scim2/Users?${query}`);
    return {
      itemsPerPage: json.itemsPerPage,
      totalResults: json.totalResults,
      names: json.Resources.map((row) => row.userName.slice(0, 2)),
    };
  };

  test('rows move between pages, pages are short, totals are wrong, and paging is ignored', async () => {
    const shifted = await page({ mode: 'list.shiftingPages', by: 1 }, 'startIndex=3&count=2');
    expect(shifted.names).toEqual(['u3', 'u4']);
    const repeated = await page({ mode: 'list.shiftingPages', by: -1 }, 'startIndex=3&count=2');
    expect(repeated.names).toEqual(['u1', 'u2']);
    const short = await page({ mode: 'list.shortPage', rows: 1 }, 'startIndex=1&count=4');
    expect([short.names, short.itemsPerPage, short.totalResults]).toEqual([['u0'], 1, 6]);
    expect((await page({ mode: 'list.wrongTotal', total: 3 }, 'startIndex=1&count=6')).totalResults).toBe(3);
    expect((await page({ mode: 'list.sameRows' }, 'startIndex=5&count=2')).names).toEqual(['u0', 'u1']);
  });
});

describe('people', () => {
  test('pending and foreign ones read alike', async () => {
    const { strike, get, find, create } = startWith();
    strike('users.filter', { mode: 'user.pending' });
    strike('users.get', { mode: 'user.foreign' });
    strike('users.create', { mode: 'user.foreign' });
    expect((await find(theo)).json.detail).toMatch('not exist or not belong');
    expect((await get()).json.detail).toMatch('not exist or not belong');
    expect((await create('x@contoso.example')).status).toBe(409);
  });

  test('a creation inside the domains may come out invited', async () => {
    const { zoom, strike, create } = startWith();
    strike('users.create', { mode: 'user.pending' });
    expect((await create('x@contoso.example')).status).toBe(201);
    expect(zoom.state().pending).toEqual(['x@contoso.example']);
  });

  test('one who was erased in Zoom is gone for good', async () => {
    const { zoom, strike, put, find } = startWith();
    strike('users.put', { mode: 'user.deletedInZoom' }, { nth: 1 });
    expect((await put({ title: 'x' })).status).toBe(404);
    expect((await find(theo)).json.totalResults).toBe(0);
    expect(zoom.state().accounts.size).toBe(0);
  });

  test('writes that answer 200 and leave something out', async () => {
    const { zoom, id, strike, put, patch } = startWith({ userType: 'Licensed' });
    strike('users.patch', { mode: 'user.adminNoop' }, { nth: 1 });
    expect((await patch(false)).json).toMatchObject({ active: true, userType: 'Licensed' });
    strike('users.put', { mode: 'user.renameIgnored' }, { nth: 1 });
    const body = { title: 'Counsel', displayName: 'T', emails: [{ type: 'work', value: 't@contoso.example' }] };
    expect((await put(body)).json).toMatchObject({ title: 'Counsel', displayName: '', emails: [{ value: theo }] });
    strike('users.put', { mode: 'write.ignored' }, { nth: 1 });
    expect((await put({ title: 'Judge' })).status).toBe(200);
    expect(zoom.state().accounts.get(id)?.title).toBe('Counsel');
  });

  test('licences: none left, an error, the cap, and lost on activation', async () => {
    const { zoom, strike, create, patch } = startWith({ userType: 'Licensed' }, { activationRestoresLicence: true });
    strike('users.create', { mode: 'licence.silentBasic' }, { nth: 1 });
    strike('users.create', { mode: 'licence.error', status: 403 }, { nth: 2 });
    strike('users.create', { mode: 'licence.basicCap' }, { nth: 3 });
    strike('users.create', { mode: 'user.conflict' }, { nth: 4 });
    const licensed = { userType: 'Licensed' };
    expect((await create('a@contoso.example', licensed)).json.userType).toBe('Basic');
    expect((await create('b@contoso.example', licensed)).status).toBe(403);
    expect((await create('b@contoso.example')).status).toBe(400);
    expect((await create('b@contoso.example')).status).toBe(409);
    await patch(false);
    expect((await patch(true)).json.userType).toBe('Licensed');
    zoom.addFault({ on: 'users.patch', fault: { mode: 'reactivate.licenceLost' } });
    await patch(false);
    expect((await patch(true)).json.userType).toBe('Basic');
  });

  test('reads lag behind a write for as long as they are told to', async () => {
    const { zoom, strike, create, put, get, find } = startWith({ title: 'Old' });
    strike('users.*', { mode: 'eventual.readAfterWrite', forMs: 5000 });
    const created = await create('a@contoso.example');
    expect((await find('a@contoso.example')).json.totalResults).toBe(0);
    expect((await call(zoom, 'GET', userPath(created.json.id))).status).toBe(404);
    expect((await create('a@contoso.example')).status).toBe(409);
    expect((await put({ title: 'New' })).json.title).toBe('New');
    expect((await get()).json.title).toBe('Old');
    zoom.clock.advance(5000);
    expect((await get()).json.title).toBe('New');
    expect((await find('a@contoso.example')).json.totalResults).toBe(1);
  });
});

describe('groups', () => {
  const startGroup = () => {
    const zoom = startZoom();
    const { userIds, groupIds } = zoom.seed({
      users: [{ userName: theo }],
      groups: [{ displayName: 'Legal', members: [theo] }],
    });
    const id = groupIds.Legal ?? '';
    const userId = userIds[theo] ?? '';
    const patch = (operation: object) =>
      call(zoom, 'PATCH', `/scim2/Groups/${id}`, { schemas: [patchOp], Operations: [operation] });
    return { zoom, id, userId, patch };
  };

  test('refuse one form of removal and take the other', async () => {
    const { zoom, userId, patch } = startGroup();
    const byValue = { op: 'remove', path: 'members', value: [{ value: userId }] };
    const byFilter = { op: 'remove', path: `members[value eq "${userId}"]` };
    zoom.addFault({ on: 'groups.patch', group: 'Legal', fault: { mode: 'group.removeFormA' } });
    expect([(await patch(byValue)).status, (await patch(byFilter)).status]).toEqual([400, 204]);
    zoom.clearFaults();
    zoom.addFault({ on: 'groups.patch', fault: { mode: 'group.removeFormB' } });
    expect([(await patch(byFilter)).status, (await patch(byValue)).status]).toEqual([400, 204]);
  });

  test('a member is pending, the body too large, the name taken, the group gone', async () => {
    const { zoom, id, userId, patch } = startGroup();
    const add = { op: 'add', path: 'members', value: [{ value: userId }] };
    zoom.addFault({ on: 'groups.patch', fault: { mode: 'group.memberPending' }, nth: 1 });
    zoom.addFault({ on: 'groups.patch', fault: { mode: 'group.tooLarge' }, nth: 2 });
    zoom.addFault({ on: 'groups.patch', fault: { mode: 'group.groupDeleted' }, nth: 3 });
    zoom.addFault({ on: 'groups.create', fault: { mode: 'group.nameClash' } });
    expect((await patch(add)).json.detail).toMatch('not exist or not belong');
    expect((await patch(add)).json.detail).toMatch('100,000');
    expect((await patch(add)).status).toBe(404);
    expect(zoom.state().groups.has(id)).toBe(false);
    expect((await call(zoom, 'POST', '/scim2/Groups', { schemas: [], displayName: 'X' })).status).toBe(400);
  });
});
