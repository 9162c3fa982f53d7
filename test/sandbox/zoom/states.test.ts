import {
  call,
  core,
  enterprise,
  extension,
  filterPath,
  loginType,
  newUser,
  patchActive,
  patchOp,
  startZoom,
  userPath,
} from './zoomCalls.js';

const theo = 'theo.lind@contoso.example';
const notBelonging = (who: string) => `User ${who} not exist or not belong to this account.`;

const startWith = (user: object = {}, settings: object = {}) => {
  const zoom = startZoom({ settings });
  const { userIds } = zoom.seed({ users: [{ userName: theo, ...user }] });
  const id = userIds[theo] ?? '';
  return {
    zoom,
    id,
    patch: (body: unknown) => call(zoom, 'PATCH', userPath(id), body),
    put: (body: object) => call(zoom, 'PUT', userPath(id), { schemas: [core], ...body }),
    account: () => zoom.state().accounts.get(id),
  };
};

describe('activating and deactivating by PATCH', () => {
  test('deactivation takes every licence, and activation brings none back', async () => {
    const { patch, account } = startWith({
      userType: 'Licensed',
      extension: { zoomDocs: true, zoomOneEntPremier: 'x', zoomScheduler: true, pronouns: 'he' },
    });
    const off = await patch(patchActive(false));
    expect(off.status).toBe(200);
    expect(off.json).toMatchObject({ active: false, userType: 'Basic' });
    expect(account()?.extension).toEqual({ pronouns: 'he' });
    expect((await patch(patchActive(true))).json).toMatchObject({ active: true, userType: 'Basic' });
    expect(account()?.extension).toEqual({ pronouns: 'he' });
  });

  test.each([
    ['path', { op: 'Replace', path: 'active', value: false }],
    ['value', { op: 'replace', value: { active: false } }],
    ['text', { op: 'replace', path: 'active', value: 'False' }],
  ])('understands the form by %s', async (_, operation) => {
    const { patch, account } = startWith();
    expect((await patch({ schemas: [patchOp], Operations: [operation] })).status).toBe(200);
    expect(account()?.status).toBe('inactive');
  });

  test.each([
    ['lower-case operations', { schemas: [patchOp], operations: [{ op: 'replace', path: 'active', value: false }] }],
    ['another attribute', { schemas: [patchOp], Operations: [{ op: 'replace', path: 'title', value: 'x' }] }],
    ['a number', { schemas: [patchOp], Operations: [{ op: 'replace', path: 'active', value: 0 }] }],
    ['a removal', { schemas: [patchOp], Operations: [{ op: 'remove', path: 'active' }] }],
    ['nothing', { schemas: [patchOp], Operations: [] }],
  ])('refuses %s', async (_, body) => {
    const { patch, account } = startWith();
    const answer = await patch(body);
    expect([answer.status, answer.json.detail]).toEqual([400, 'The request json did not contains valid active field.']);
    expect(account()?.status).toBe('active');
  });

  test('other operations beside active are ignored, or refused as set', async () => {
    const { zoom, patch, account } = startWith();
    const body = {
      schemas: [patchOp],
      Operations: [
        { op: 'replace', path: 'title', value: 'x' },
        { op: 'replace', path: 'active', value: false },
      ],
    };
    zoom.settings.patchOthers = '400';
    expect((await patch(body)).status).toBe(400);
    zoom.settings.patchOthers = 'ignore';
    expect((await patch(body)).status).toBe(200);
    expect(account()).toMatchObject({ status: 'inactive', title: null });
  });

  test('single forms and text booleans can be switched off', async () => {
    const { zoom, patch } = startWith({}, { patchForms: 'value', textBooleans: 'reject' });
    expect((await patch(patchActive(false))).status).toBe(400);
    const byValue = (active: unknown) => ({ schemas: [patchOp], Operations: [{ op: 'replace', value: { active } }] });
    expect((await patch(byValue('False'))).status).toBe(400);
    expect((await patch(byValue(false))).status).toBe(200);
    zoom.settings.patchForms = 'path';
    expect((await patch(byValue(true))).status).toBe(400);
  });

  test('an admin stays active without a word, or is refused as set', async () => {
    const { zoom, patch, account } = startWith({ role: 'Admin', userType: 'Licensed' });
    const answer = await patch(patchActive(false));
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ active: true, userType: 'Licensed' });
    zoom.settings.adminDeactivate = '403';
    expect((await patch(patchActive(false))).status).toBe(403);
    expect(account()?.status).toBe('active');
  });
});

describe('active in a PUT', () => {
  test('deactivates and activates as a PATCH does', async () => {
    const { put } = startWith({ userType: 'Licensed' });
    expect((await put({ active: false })).json).toMatchObject({ active: false, userType: 'Basic' });
    expect((await put({ active: true, userType: 'Licensed' })).json).toMatchObject({
      active: true,
      userType: 'Licensed',
    });
  });

  test('a deactivated person is given no licence', async () => {
    const { put, account } = startWith({ status: 'inactive' });
    const { json } = await put({
      userType: 'Licensed',
      title: 'Counsel',
      [extension]: { zoomDocs: true, pronouns: 'he' },
    });
    expect(json).toMatchObject({ userType: 'Basic', title: 'Counsel' });
    expect(account()?.extension).toEqual({ pronouns: 'he' });
  });
});

describe('pending accounts', () => {
  test.each([
    ['outside the domains', 'guest@fabrikam.example', { sso: true, workEmail: false }],
    ['without single sign-on', theo, { sso: false, workEmail: true }],
    ['with both kinds of sign-on', theo, { sso: true, workEmail: true }],
  ])('a creation %s succeeds and its account cannot be read', async (_, userName, login) => {
    const zoom = startZoom();
    const created = await call(zoom, 'POST', '/scim2/Users', newUser(userName, { [loginType]: { loginType: login } }));
    expect(created.status).toBe(201);
    expect(created.json.active).toBe(true);
    const { id } = created.json;
    const read = await call(zoom, 'GET', userPath(id));
    expect([read.status, read.json.detail]).toEqual([400, notBelonging(id)]);
    const found = await call(zoom, 'GET', filterPath(`userName eq ${userName}`));
    expect([found.status, found.json.detail]).toEqual([400, notBelonging(userName)]);
    expect((await call(zoom, 'GET', '/scim2/Users')).json.totalResults).toBe(0);
    expect((await call(zoom, 'POST', '/scim2/Users', newUser(userName))).status).toBe(409);
    expect(zoom.state().pending).toEqual([userName]);
  });

  test('a PUT answers 200 and stores nothing; a PATCH and a DELETE are refused', async () => {
    const { zoom, id, put, patch, account } = startWith({ status: 'pending', department: 'Legal' });
    const before = account();
    expect((await put({ [enterprise]: { department: 'Sales' }, title: 'x' })).status).toBe(200);
    expect((await patch(patchActive(false))).json.detail).toBe(notBelonging(id));
    expect((await call(zoom, 'DELETE', userPath(id))).status).toBe(400);
    expect(account()).toEqual(before);
  });

  test('accepting makes the account readable, at its place by creation', async () => {
    const { zoom, id } = startWith({ status: 'pending' });
    zoom.seed({ users: [{ userName: 'later@contoso.example' }] });
    zoom.acceptInvitation(id);
    const { json } = await call(zoom, 'GET', '/scim2/Users');
    expect(json.Resources.map((row: { userName: string }) => row.userName)).toEqual([theo, 'later@contoso.example']);
    expect(() => zoom.acceptInvitation(id)).toThrow('no pending user');
  });

  test('an address of another Zoom account reads like an invited one', async () => {
    const zoom = startZoom({ settings: { notBelongingStatus: 404 } });
    zoom.seed({ foreign: ['Elsewhere@contoso.example'] });
    const found = await call(zoom, 'GET', filterPath('userName eq elsewhere@contoso.example'));
    expect([found.status, found.json.detail]).toEqual([404, notBelonging('elsewhere@contoso.example')]);
  });
});

describe('licences', () => {
  const create = (zoom: ReturnType<typeof startZoom>, name: string, userType?: string) =>
    call(zoom, 'POST', '/scim2/Users', newUser(`${name}@contoso.example`, userType === undefined ? {} : { userType }));

  test('take the old names and the account default', async () => {
    const zoom = startZoom();
    expect((await create(zoom, 'a', 'Pro')).json.userType).toBe('Licensed');
    expect((await create(zoom, 'b', 'Corp')).json.userType).toBe('On-Prem');
    expect((await create(zoom, 'c')).json.userType).toBe('Basic');
    expect((await create(zoom, 'd', 'Collaboration')).status).toBe(201);
    expect((await create(zoom, 'e', 'licensed')).status).toBe(400);
    zoom.settings.collaboration = 'reject';
    expect((await create(zoom, 'f', 'Collaboration')).status).toBe(400);
  });

  test('when seats run out people silently become Basic, or are refused as set', async () => {
    const zoom = startZoom({ settings: { licensedSeats: 1 } });
    expect((await create(zoom, 'a', 'Licensed')).json.userType).toBe('Licensed');
    const second = await create(zoom, 'b', 'Licensed');
    expect([second.status, second.json.userType]).toEqual([201, 'Basic']);
    zoom.settings.noSeats = '409';
    expect((await create(zoom, 'c', 'Licensed')).status).toBe(409);
    expect((await call(zoom, 'PUT', userPath(second.json.id), { schemas: [core], userType: 'Licensed' })).status).toBe(
      409,
    );
  });

  test('a deactivated or erased person gives the seat back', async () => {
    const zoom = startZoom({ settings: { licensedSeats: 1 } });
    const first = await create(zoom, 'a', 'Licensed');
    await call(zoom, 'PATCH', userPath(first.json.id), patchActive(false));
    expect((await create(zoom, 'b', 'Licensed')).json.userType).toBe('Licensed');
    expect(zoom.state().licences).toMatchObject({ licensedUsed: 1, basicUsed: 1 });
  });

  test('the cap on Basic users refuses', async () => {
    const zoom = startZoom({ settings: { basicMax: 1 } });
    expect((await create(zoom, 'a')).status).toBe(201);
    expect((await create(zoom, 'b')).status).toBe(400);
    expect((await create(zoom, 'c', 'On-Prem')).status).toBe(201);
  });

  test('plan values can be limited, and userType can be retired', async () => {
    const zoom = startZoom({ settings: { planValues: ['US'], userType: 'ignored' } });
    const plan = (value: string) => ({ [extension]: { zoomOneBizPlus: value } });
    expect((await call(zoom, 'POST', '/scim2/Users', newUser(theo, plan('XX')))).status).toBe(400);
    const { json } = await call(zoom, 'POST', '/scim2/Users', newUser(theo, { ...plan('US'), userType: 'Licensed' }));
    expect(json).toMatchObject({ userType: 'Basic', [extension]: { zoomOneBizPlus: 'US' } });
  });
});
