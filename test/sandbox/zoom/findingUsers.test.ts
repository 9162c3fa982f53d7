import { call, enterprise, extension, filterPath, newUser, startZoom, userPath } from './zoomCalls.js';

const mina = 'mina.okoro@contoso.example';

describe('reading a user', () => {
  test('an unknown id is 404', async () => {
    expect((await call(startZoom(), 'GET', userPath('nobody'))).status).toBe(404);
  });

  test('ids with & and / are found when encoded, and only then', async () => {
    const zoom = startZoom({ settings: { idAlphabet: 'awkward' } });
    const { json } = await call(zoom, 'POST', '/scim2/Users', newUser(mina));
    expect(json.id).toMatch(/^.{4}&.{7}\/.{9}$/);
    expect((await call(zoom, 'GET', userPath(json.id))).json.id).toBe(json.id);
    expect((await call(zoom, 'GET', `/scim2/Users/${json.id}`)).status).toBe(404);
  });

  test('Zoom Phone keys are written and never shown', async () => {
    const zoom = startZoom();
    const block = { [extension]: { zoomPhoneSite: 'Oslo', zoomDocs: true } };
    const { json } = await call(zoom, 'POST', '/scim2/Users', newUser(mina, block));
    expect(json[extension]).toEqual({ zoomOneBizPlus: '', zoomWhiteboard: false, pronouns: '', zoomDocs: true });
    expect(zoom.state().accounts.get(json.id)?.extension).toMatchObject({ zoomPhoneSite: 'Oslo' });
  });

  test('shows groups by name only, with primary as text', async () => {
    const zoom = startZoom();
    const { userIds } = zoom.seed({
      users: [{ userName: mina }],
      groups: [{ displayName: 'Legal EU', members: [mina] }],
    });
    const { json } = await call(zoom, 'GET', userPath(userIds[mina] ?? ''));
    expect(json.groups).toEqual([{ display: 'Legal EU', type: 'direct', primary: 'true' }]);
  });
});

describe('listing users', () => {
  const seedMany = (count: number) => {
    const zoom = startZoom();
    zoom.seed({
      users: Array.from({ length: count }, (_, at) => ({
        userName: `u${at}@contoso.example`,
        enterprise: { department: 'Sales', costCenter: 'CC', organization: 'Contoso', manager: 'boss' },
        extension: { pronouns: 'they' },
        ...(at === 0 ? { status: 'inactive' as const } : {}),
      })),
    });
    return zoom;
  };

  test('pages from 1, by 10 unless asked, never by more than 100', async () => {
    const zoom = seedMany(120);
    const first = (await call(zoom, 'GET', '/scim2/Users')).json;
    expect(first).toMatchObject({ totalResults: 120, startIndex: 1, itemsPerPage: 10 });
    const capped = (await call(zoom, 'GET', '/scim2/Users?startIndex=1&count=500')).json;
    expect(capped.itemsPerPage).toBe(100);
    const last = (await call(zoom, 'GET', '/scim2/Users?startIndex=101&count=100')).json;
    expect(last).toMatchObject({ startIndex: 101, itemsPerPage: 20 });
    expect(last.Resources[0].userName).toBe('u100@contoso.example');
  });

  test('shows inactive people, and rows without the Zoom extension, manager, organization and costCenter', async () => {
    const { Resources } = (await call(seedMany(2), 'GET', '/scim2/Users?startIndex=1&count=2')).json;
    expect(Resources[0]).toMatchObject({ active: false, [enterprise]: { department: 'Sales' } });
    expect(Resources[0][enterprise]).toEqual({ department: 'Sales' });
    expect(Resources[0]).not.toHaveProperty([extension]);
    expect(Resources[0]).not.toHaveProperty('roles');
  });

  test('a page past the end is empty and no error; an index that is no number is one', async () => {
    const zoom = seedMany(1);
    expect((await call(zoom, 'GET', '/scim2/Users?startIndex=5&count=5')).json.Resources).toEqual([]);
    expect((await call(zoom, 'GET', '/scim2/Users?startIndex=x')).status).toBe(400);
  });
});

describe('filtering users', () => {
  test('userName eq, quoted or not, whatever the case; externalId means the Zoom id', async () => {
    const zoom = startZoom();
    const { userIds } = zoom.seed({ users: [{ userName: mina }] });
    for (const filter of [
      `userName eq ${mina}`,
      `userName eq "${mina.toUpperCase()}"`,
      `externalId eq ${userIds[mina]}`,
    ]) {
      const { json } = await call(zoom, 'GET', filterPath(filter));
      expect(json).toMatchObject({ totalResults: 1, itemsPerPage: 1, Resources: [{ userName: mina }] });
      expect(json.Resources[0]).not.toHaveProperty([extension]);
    }
    expect((await call(zoom, 'GET', filterPath('userName eq nobody@contoso.example'))).json).toMatchObject({
      totalResults: 0,
      Resources: [],
    });
  });

  test('a plus sign that is not encoded is a space, so that nobody is found', async () => {
    const zoom = startZoom();
    zoom.seed({ users: [{ userName: 'a+b@contoso.example' }] });
    expect((await call(zoom, 'GET', '/scim2/Users?filter=userName%20eq%20a+b@contoso.example')).json.totalResults).toBe(
      0,
    );
    expect((await call(zoom, 'GET', filterPath('userName eq a+b@contoso.example'))).json.totalResults).toBe(1);
  });

  test.each(['active eq true', 'userName co mina', 'department eq Sales', 'userName eq "a" b', 'userName eq', 'x'])(
    'refuses %s',
    async (filter) => {
      const answer = await call(startZoom(), 'GET', filterPath(filter));
      expect(answer.status).toBe(400);
      expect(answer.json.detail).toMatch(/^The current filter does not support the filter name: /);
    },
  );
});
