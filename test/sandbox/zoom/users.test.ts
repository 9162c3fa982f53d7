import { call, core, enterprise, filterPath, loginType, newUser, startZoom, userPath } from './zoomCalls.js';

const mina = 'mina.okoro@contoso.example';

describe('creating a user', () => {
  test('answers 201 with the full user, an id of 22 base64url characters and times in whole UTC seconds', async () => {
    const zoom = startZoom();
    const answer = await call(zoom, 'POST', '/scim2/Users', newUser(mina, { [enterprise]: { department: 'Sales' } }));
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(answer.json.id).toMatch(/^[\w-]{22}$/);
    expect(answer.json).toMatchObject({
      userName: mina,
      active: true,
      userType: 'Basic',
      displayName: 'Mina Okoro',
      emails: [{ type: 'work', value: mina, primary: true }],
      roles: [{ display: 'Member', value: 'Member', primary: true }],
      [enterprise]: { department: 'Sales' },
      [loginType]: { loginType: { sso: true, workEmail: false } },
      meta: {
        resourceType: 'User',
        version: '1.0',
        created: '2026-11-23T08:00:00Z',
        location: `https://api.zoom.us/scim2/Users/${answer.json.id}`,
      },
    });
  });

  test('accepts both JSON content types and refuses any other', async () => {
    const zoom = startZoom();
    const send = (type: string, userName: string) =>
      call(zoom, 'POST', '/scim2/Users', newUser(userName), { 'Content-Type': type });
    expect((await send('application/json; charset=utf-8', 'a@contoso.example')).status).toBe(201);
    expect((await send('application/scim+json', 'b@contoso.example')).status).toBe(201);
    expect((await send('text/plain', 'c@contoso.example')).json.detail).toBe(
      'The request body must be in JSON format.',
    );
  });

  test.each([
    ['an empty body', '', 'The request JSON must not be empty.'],
    ['an empty object', '{}', 'The request JSON must not be empty.'],
    ['broken JSON', '{"userName"', 'The request body must be in JSON format.'],
    ['a list', '[1]', 'The request body must be in JSON format.'],
    ['no schemas', '{"userName":"a@contoso.example"}', 'The request json did not contains valid schemas field.'],
    ['a userName that is no e-mail', '{"schemas":[],"userName":"mina"}', 'The "UserName" of the request is invalid.'],
    ['no userName', `{"schemas":["${core}"]}`, 'The "UserName" of the request is invalid.'],
    [
      'a name that is a number',
      '{"schemas":[],"userName":"a@b.example","name":{"givenName":7}}',
      'The "GivenName" of the request is invalid.',
    ],
    [
      'an unknown licence type',
      '{"schemas":[],"userName":"a@contoso.example","userType":"Gold"}',
      'The "UserType" of the request is invalid.',
    ],
    [
      'no login type at all',
      `{"schemas":[],"userName":"a@contoso.example","${loginType}":{"loginType":{"sso":false}}}`,
      'The "LoginType" of the request is invalid.',
    ],
  ])('refuses %s with a SCIM error whose status is a number', async (_, body, detail) => {
    const zoom = startZoom();
    const answer = await call(zoom, 'POST', '/scim2/Users', body);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail, status: 400 });
    expect(zoom.state().accounts.size).toBe(0);
  });

  test('conflicts with an active, inactive or pending account, whatever the case, and with a foreign address', async () => {
    const zoom = startZoom();
    zoom.seed({
      users: [
        { userName: 'on@contoso.example' },
        { userName: 'off@contoso.example', status: 'inactive' },
        { userName: 'invited@contoso.example', status: 'pending' },
      ],
      foreign: ['elsewhere@contoso.example'],
    });
    for (const userName of [
      'ON@contoso.example',
      'off@contoso.example',
      'invited@contoso.example',
      'elsewhere@contoso.example',
    ]) {
      const answer = await call(zoom, 'POST', '/scim2/Users', newUser(userName));
      expect(answer.status).toBe(409);
      expect(answer.json.detail).toBe(`User already in the account: ${userName}`);
    }
    zoom.settings.duplicateStatus = 400;
    expect((await call(zoom, 'POST', '/scim2/Users', newUser('on@contoso.example'))).status).toBe(400);
  });

  test('drops attributes that Zoom does not know, externalId among them', async () => {
    const zoom = startZoom();
    const { json } = await call(zoom, 'POST', '/scim2/Users', newUser(mina, { externalId: 'e1', nickName: 'Mi' }));
    expect(json).not.toHaveProperty('externalId');
    expect(json).not.toHaveProperty('nickName');
  });
});

describe('updating a user by PUT', () => {
  const start = async (settings = {}) => {
    const zoom = startZoom({ settings });
    const { json } = await call(
      zoom,
      'POST',
      '/scim2/Users',
      newUser(mina, { title: 'Counsel', [enterprise]: { department: 'Legal', costCenter: 'CC-4' } }),
    );
    return { zoom, put: (body: object) => call(zoom, 'PUT', userPath(json.id), { schemas: [core], ...body }) };
  };

  test('merges: what is left out stays', async () => {
    const { zoom, put } = await start();
    zoom.clock.advance(60_000);
    const { status, json } = await put({ name: { familyName: 'Lind' }, [enterprise]: { department: 'Compliance' } });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      name: { givenName: 'Mina', familyName: 'Lind' },
      title: 'Counsel',
      [enterprise]: { department: 'Compliance', costCenter: 'CC-4' },
      meta: { lastModified: '2026-11-23T08:01:00Z' },
    });
  });

  test('ignores userName and loginType with 200', async () => {
    const { put } = await start();
    const { status, json } = await put({
      userName: 'new@contoso.example',
      [loginType]: { loginType: { sso: false, workEmail: true } },
    });
    expect(status).toBe(200);
    expect(json.userName).toBe(mina);
    expect(json[loginType]).toEqual({ loginType: { sso: true, workEmail: false } });
  });

  test('changes the e-mail inside the domains and ignores it outside, unless set otherwise', async () => {
    const { zoom, put } = await start();
    const email = (value: string) => ({ emails: [{ type: 'work', value }] });
    expect((await put(email('m.lind@contoso.example'))).json.emails[0].value).toBe('m.lind@contoso.example');
    expect((await put(email('m.lind@fabrikam.example'))).json.emails[0].value).toBe('m.lind@contoso.example');
    zoom.settings.emailChange = 'rejectUnmanagedDomain';
    expect((await put(email('m.lind@fabrikam.example'))).json.detail).toMatch(/^Domain name doesn't match/);
    zoom.settings.emailChange = 'ignore';
    expect((await put(email('x@contoso.example'))).json.emails[0].value).toBe('m.lind@contoso.example');
  });

  test('an e-mail that somebody else has is a conflict', async () => {
    const { zoom, put } = await start();
    zoom.seed({ users: [{ userName: 'theo@contoso.example' }] });
    expect((await put({ emails: [{ type: 'work', value: 'theo@contoso.example' }] })).status).toBe(409);
  });

  test('clears by empty text or leaves it alone, as set; null says nothing', async () => {
    const { zoom, put } = await start();
    expect((await put({ title: null })).json.title).toBe('Counsel');
    zoom.settings.emptyText = 'ignore';
    expect((await put({ title: '', [enterprise]: { department: '' } })).json).toMatchObject({ title: 'Counsel' });
    zoom.settings.emptyText = 'clear';
    const cleared = (await put({ title: '', [enterprise]: { department: '' } })).json;
    expect(cleared).not.toHaveProperty('title');
    expect(cleared[enterprise]).toEqual({ costCenter: 'CC-4' });
  });

  test('a refused part refuses the whole', async () => {
    const { put } = await start();
    expect((await put({ title: 'Judge', userType: 'Gold' })).status).toBe(400);
    expect((await put({ locale: 'Oslo' })).json).toMatchObject({ title: 'Counsel', locale: 'Oslo' });
  });

  test('roles make an admin, and an empty list a member again', async () => {
    const { put } = await start();
    expect((await put({ roles: [{ display: 'Admin', value: 'Admin' }] })).json.roles[0].value).toBe('Admin');
    expect((await put({ roles: [] })).json.roles[0].value).toBe('Member');
  });
});

describe('deleting a user', () => {
  test('erases the account and its memberships', async () => {
    const zoom = startZoom();
    const { userIds, groupIds } = zoom.seed({
      users: [{ userName: mina }],
      groups: [{ displayName: 'A', members: [mina] }],
    });
    const path = userPath(userIds[mina] ?? '');
    const answer = await call(zoom, 'DELETE', path);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(zoom.state().groups.get(groupIds.A ?? '')?.memberIds).toEqual([]);
    expect((await call(zoom, 'DELETE', path)).status).toBe(404);
  });

  test('unlinking is refused inside the domains and makes a foreign account outside', async () => {
    const zoom = startZoom({ settings: { deleteMode: 'unlink' } });
    const { userIds } = zoom.seed({ users: [{ userName: mina }, { userName: 'guest@fabrikam.example' }] });
    expect((await call(zoom, 'DELETE', userPath(userIds[mina] ?? ''))).status).toBe(400);
    expect((await call(zoom, 'DELETE', userPath(userIds['guest@fabrikam.example'] ?? ''))).status).toBe(204);
    expect((await call(zoom, 'GET', filterPath('userName eq guest@fabrikam.example'))).status).toBe(400);
  });
});
