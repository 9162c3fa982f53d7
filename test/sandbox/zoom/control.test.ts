import { call, newUser, startZoom } from './zoomCalls.js';

const control = (zoom: ReturnType<typeof startZoom>, method: string, path: string, body?: unknown) =>
  call(zoom, method, `/__sim/${path}`, body, { Authorization: '' });

describe('the journal', () => {
  test('holds what was asked, in order, with credentials hidden', async () => {
    const zoom = startZoom();
    await call(zoom, 'POST', '/scim2/Users', newUser('a@contoso.example'));
    await call(zoom, 'POST', '/oauth/token', 'grant_type=refresh_token&refresh_token=top-secret', {
      Authorization: `Basic ${btoa('client-1:top-secret')}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    await call(zoom, 'GET', '/nowhere?refresh_token=top-secret&count=1');
    const [created, token, nowhere] = zoom.journal.entries;
    expect(created).toMatchObject({
      sequence: 1,
      operation: 'users.create',
      method: 'POST',
      path: '/scim2/Users',
      status: 201,
      atMs: zoom.clock.nowMs(),
      headers: { authorization: 'Bearer ***' },
      body: { userName: 'a@contoso.example' },
    });
    expect(token).toMatchObject({
      operation: 'oauth.token',
      body: { grant_type: 'refresh_token', refresh_token: '***' },
    });
    expect(nowhere).toMatchObject({ operation: 'none', status: 404, query: { refresh_token: '***', count: '1' } });
    expect(JSON.stringify(zoom.journal.entries)).not.toContain('top-secret');
  });

  test('counts by operation and outcome, tells what came since, and starts anew when cleared', async () => {
    const zoom = startZoom();
    for (let at = 0; at < 3; at += 1) await call(zoom, 'GET', '/scim2/Users');
    expect(zoom.journal.counts()).toEqual({
      total: 3,
      byOperation: { 'users.list': 3 },
      byStatus: { 200: 3 },
      byOutcome: { 'users.list 200': 3 },
    });
    zoom.journal.clear();
    await call(zoom, 'GET', '/scim2/Groups');
    await call(zoom, 'GET', '/scim2/Groups');
    expect(zoom.journal.since(4).map((entry) => entry.sequence)).toEqual([5]);
    expect(zoom.journal.since(0)).toHaveLength(2);
    expect(zoom.journal.counts().total).toBe(2);
  });

  test('keeps numbers only where memory must not grow', async () => {
    const zoom = startZoom({ journal: 'counts' });
    await call(zoom, 'GET', '/scim2/Users');
    expect(zoom.journal.entries).toEqual([]);
    expect(zoom.journal.counts().total).toBe(1);
  });
});

describe('the control surface', () => {
  test('seeds users, groups, settings and foreign addresses, and changes whom it finds', async () => {
    const zoom = startZoom();
    const seeded = await control(zoom, 'POST', 'seed', {
      settings: { licensedSeats: 3 },
      users: [{ userName: 'a@contoso.example', userType: 'Licensed', department: 'Legal', title: 'Counsel' }],
      groups: [{ displayName: 'A', members: ['a@contoso.example'], isDefault: true }],
      foreign: ['x@contoso.example'],
    });
    expect(seeded.status).toBe(200);
    expect(zoom.settings).toMatchObject({ licensedSeats: 3, noSeats: 'silentBasic' });
    const again = await control(zoom, 'POST', 'seed', {
      users: [{ userName: 'A@contoso.example', status: 'inactive' }],
    });
    expect(Object.values(again.json.userIds ?? {})).toEqual(Object.values(seeded.json.userIds ?? {}));
    expect([...zoom.state().accounts.values()]).toMatchObject([
      {
        userName: 'A@contoso.example',
        status: 'inactive',
        userType: 'Basic',
        title: 'Counsel',
        enterprise: { department: 'Legal' },
      },
    ]);
  });

  test.each([
    ['seed', { users: [{ userName: 'a@contoso.example', colour: 'red' }] }, 'colour'],
    ['seed', { settings: { noSeats: 'maybe' } }, 'noSeats'],
    ['seed', { groups: [{ displayName: 'A', members: ['nobody'] }] }, 'nobody'],
    ['faults', { on: 'users.get', fault: { mode: 'unknown' } }, 'mode'],
    ['clock', { advanceMs: 'soon' }, 'advanceMs'],
    ['seed', '{', 'JSON'],
  ])('says what is wrong with a %s', async (path, body, named) => {
    const answer = await control(startZoom(), 'POST', path, body);
    expect(answer.status).toBe(400);
    expect(answer.json.message).toMatch(named);
  });

  test('takes faults, one or several, lists and clears them', async () => {
    const zoom = startZoom();
    const fault = { on: 'users.list', fault: { mode: 'status', code: 500 } };
    expect((await control(zoom, 'POST', 'faults', fault)).json.ids).toEqual([1]);
    expect((await control(zoom, 'POST', 'faults', [fault, fault])).json.ids).toEqual([2, 3]);
    expect((await call(zoom, 'GET', '/scim2/Users')).status).toBe(500);
    expect((await control(zoom, 'GET', 'faults')).json.faults).toMatchObject([
      { struck: 1 },
      { struck: 1 },
      { struck: 1 },
    ]);
    expect((await control(zoom, 'DELETE', 'faults')).status).toBe(204);
    expect((await call(zoom, 'GET', '/scim2/Users')).status).toBe(200);
  });

  test('advances the clock and accepts invitations', async () => {
    const zoom = startZoom();
    const { userIds } = zoom.seed({ users: [{ userName: 'a@contoso.example', status: 'pending' }] });
    const before = zoom.clock.nowMs();
    expect((await control(zoom, 'POST', 'clock', { advanceMs: 5000 })).json.nowMs).toBe(before + 5000);
    expect((await control(zoom, 'POST', `users/${userIds['a@contoso.example']}/accept`)).status).toBe(204);
    expect((await control(zoom, 'POST', 'users/nobody/accept')).status).toBe(400);
    expect(zoom.state().pending).toEqual([]);
  });

  test('shows the state page by page or as lines', async () => {
    const zoom = startZoom();
    zoom.seed({ users: Array.from({ length: 5 }, (_, at) => ({ userName: `u${at}@contoso.example` })) });
    const page = await control(zoom, 'GET', 'state?startIndex=3&count=2');
    expect(page.json).toMatchObject({ totalAccounts: 5, startIndex: 3, next: 5 });
    expect(page.json.accounts).toMatchObject([{ userName: 'u2@contoso.example' }, { userName: 'u3@contoso.example' }]);
    expect((await control(zoom, 'GET', 'state?startIndex=5&count=2')).json.next).toBeNull();
    const lines = (await control(zoom, 'GET', 'state?format=ndjson')).text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).userName)).toHaveLength(5);
  });

  test('shows the journal, all of it or the numbers, and is not in it', async () => {
    const zoom = startZoom();
    await call(zoom, 'GET', '/scim2/Users');
    await call(zoom, 'GET', '/scim2/Groups');
    const { json } = await control(zoom, 'GET', 'journal?since=1');
    expect(json).toMatchObject({ total: 2, lastSequence: 2, entries: [{ sequence: 2, operation: 'groups.list' }] });
    const summary = (await control(zoom, 'GET', 'journal?summary=1')).json;
    expect(summary).toMatchObject({ total: 2, byOperation: { 'users.list': 1, 'groups.list': 1 } });
    expect(summary).not.toHaveProperty('entries');
    await control(zoom, 'DELETE', 'journal');
    expect(zoom.journal.entries).toEqual([]);
  });

  test('erases users and groups as an administrator would, and resets everything', async () => {
    const zoom = startZoom({ settings: { licensedSeats: 7 } });
    const { userIds, groupIds } = zoom.seed({
      users: [{ userName: 'a@contoso.example' }, { userName: 'b@contoso.example' }],
      groups: [{ displayName: 'A' }],
      settings: { licensedSeats: 1 },
    });
    expect((await control(zoom, 'DELETE', `users/${userIds['a@contoso.example']}`)).status).toBe(204);
    expect((await control(zoom, 'DELETE', `groups/${groupIds.A}`)).status).toBe(204);
    expect((await control(zoom, 'DELETE', 'users/nobody')).status).toBe(404);
    expect(zoom.state().accounts.size).toBe(1);
    expect((await control(zoom, 'POST', 'reset')).status).toBe(204);
    expect(zoom.state().accounts.size).toBe(0);
    expect(zoom.settings).toMatchObject({ licensedSeats: 7, associatedDomains: ['contoso.example'] });
    expect((await control(zoom, 'POST', 'elsewhere')).status).toBe(404);
  });
});
