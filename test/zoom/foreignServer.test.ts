import type { JsonObject, Values } from '../../lib/engine/model.js';
import { createRfc7644Dialect } from '../../lib/zoom/dialects/rfc7644.js';
import { type ForeignServer, startScimServer } from './foreign/startScimServer.js';

const never = new AbortController().signal;
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const workMail = 'emails[type eq "work"].value';
const dialect = createRfc7644Dialect();

describe('the rfc7644 dialect against a server that we did not write', () => {
  let server: ForeignServer;
  beforeAll(async () => {
    server = await startScimServer();
  });
  afterAll(() => server.close());

  const create = async (values: Values, active = true): Promise<string> => {
    const created = await server.target.createUser(values, active, never);
    if (created.kind !== 'stored') throw new Error(`The creation ended as ${JSON.stringify(created)}.`);
    server.takeCalls();
    return created.targetId;
  };
  const read = async (id: string): Promise<JsonObject> => {
    const found = await server.target.readUser(id, never);
    if (found.kind !== 'found') throw new Error(`The read ended as ${found.kind}.`);
    server.takeCalls();
    return found.account.resource;
  };

  it('creates, and finds again by any attribute', async () => {
    const id = await create({
      userName: 'mina@contoso.example',
      'name.givenName': 'Mina',
      'name.familyName': 'Okoro',
      displayName: "Mina O'Koro (Legal)",
      externalId: 'mina-1',
      [workMail]: 'mina.okoro@contoso.example',
      'roles[primary eq "True"].value': 'Licensed',
      [`${enterprise}:department`]: 'Sales',
      [`${enterprise}:manager`]: 'boss-1',
    });
    expect(await read(id)).toMatchObject({
      active: true,
      name: { givenName: 'Mina', familyName: 'Okoro' },
      emails: [{ type: 'work', value: 'mina.okoro@contoso.example', primary: true }],
      roles: [{ value: 'Licensed', primary: true }],
      [enterprise]: { department: 'Sales', manager: { value: 'boss-1' } },
    });
    const searches: [string, string][] = [
      ['userName', 'mina@contoso.example'],
      ['userName', 'MINA@contoso.example'],
      ['externalId', 'mina-1'],
      ['displayName', "Mina O'Koro (Legal)"],
      ['name.familyName', 'Okoro'],
      [workMail, 'mina.okoro@contoso.example'],
    ];
    for (const [path, value] of searches) {
      expect([path, await server.target.findUser(path, value, never)]).toMatchObject([path, { account: { id } }]);
    }
    expect(await server.target.findUser('userName', 'nobody@contoso.example', never)).toEqual({ kind: 'none' });
    expect(await server.target.findUser('externalId', 'MINA-1', never)).toEqual({ kind: 'none' });
  });

  it('keeps a value that the server cannot search for from stopping anybody else', async () => {
    const found = await server.target.findUser('displayName', 'Mina "M" Okoro', never);
    expect(found).toMatchObject({
      kind: 'fault',
      fault: { code: 'FilterRefused', whose: 'object', retry: 'onChange' },
    });
  });

  it('updates what is there and what is not with one PATCH', async () => {
    const id = await create({ userName: 'theo@contoso.example', 'name.givenName': 'Theo', [workMail]: 'a@x.example' });
    const updated = await server.target.updateUser(
      id,
      {
        userName: 'theo.lind@contoso.example',
        'name.familyName': 'Lind',
        title: 'Counsel',
        [workMail]: 'theo.lind@contoso.example',
        [`${enterprise}:department`]: 'Legal',
        [`${enterprise}:manager`]: 'boss-2',
        roles: [{ value: 'Admin' }, { value: 'Member' }],
      },
      never,
    );
    expect(server.takeCalls()).toEqual(['PATCH 200']);
    expect(updated).toMatchObject({ kind: 'stored', account: { userName: 'theo.lind@contoso.example' } });
    expect(await read(id)).toMatchObject({
      name: { givenName: 'Theo', familyName: 'Lind' },
      title: 'Counsel',
      emails: [{ type: 'work', value: 'theo.lind@contoso.example', primary: true }],
      roles: [{ value: 'Admin' }, { value: 'Member' }],
      [enterprise]: { department: 'Legal', manager: { value: 'boss-2' } },
    });
  });

  it('takes an update that changes nothing for done', async () => {
    const id = await create({ userName: 'same@contoso.example', title: 'Counsel' });
    expect(await server.target.updateUser(id, { title: 'Counsel' }, never)).toMatchObject({ kind: 'stored' });
    expect(server.takeCalls()).toEqual(['PATCH 204']);
  });

  it('looks at the account and adds, where the selected value is not there', async () => {
    const id = await create({ userName: 'ada@contoso.example', [workMail]: 'ada@contoso.example', title: 'Old' });
    const values = {
      title: 'New',
      'phoneNumbers[type eq "work"].value': '+1 2025550143',
      'phoneNumbers[type eq "mobile"].value': '+1 2025550144',
      'emails[type eq "home"].value': 'ada@home.example',
      'roles[primary eq "True"].value': 'Licensed',
    };
    await server.target.updateUser(id, values, never);
    expect(server.takeCalls()).toEqual(['PATCH 400', 'GET 200', 'PATCH 200']);
    expect(await read(id)).toMatchObject({
      title: 'New',
      phoneNumbers: [
        { type: 'work', value: '+1 2025550143' },
        { type: 'mobile', value: '+1 2025550144' },
      ],
      emails: [
        { type: 'work', value: 'ada@contoso.example', primary: true },
        { type: 'home', value: 'ada@home.example' },
      ],
      roles: [{ value: 'Licensed', primary: true }],
    });
    await server.target.updateUser(id, values, never);
    expect(server.takeCalls()).toEqual(['PATCH 204']);
  });

  it('replaces several values at a selected path', async () => {
    const id = await create({ userName: 'bo@contoso.example', [workMail]: 'bo@contoso.example' });
    const others = 'emails[type eq "other"].value';
    await server.target.updateUser(id, { [others]: ['b1@x.example', 'b2@x.example'] }, never);
    await server.target.updateUser(id, { [others]: ['b3@x.example'] }, never);
    expect((await read(id))['emails']).toEqual([
      { type: 'work', value: 'bo@contoso.example', primary: true },
      { type: 'other', value: 'b3@x.example' },
    ]);
  });

  it('clears', async () => {
    const id = await create({
      userName: 'cleo@contoso.example',
      title: 'Counsel',
      'name.givenName': 'Cleo',
      'name.familyName': 'Lind',
      [workMail]: 'cleo@contoso.example',
      'phoneNumbers[type eq "work"].value': '+1 2025550143',
      'phoneNumbers[type eq "mobile"].value': '+1 2025550144',
      [`${enterprise}:department`]: 'Legal',
      [`${enterprise}:manager`]: 'boss-1',
    });
    await server.target.updateUser(
      id,
      {
        title: null,
        'name.givenName': null,
        'phoneNumbers[type eq "work"].value': null,
        'phoneNumbers[type eq "fax"].value': null,
        roles: null,
        [`${enterprise}:department`]: null,
        [`${enterprise}:manager`]: null,
      },
      never,
    );
    const resource = await read(id);
    expect(resource).toMatchObject({
      name: { familyName: 'Lind' },
      emails: [{ type: 'work', value: 'cleo@contoso.example', primary: true }],
      phoneNumbers: [{ type: 'mobile', value: '+1 2025550144' }],
    });
    expect(Object.keys(resource)).not.toContain('title');
    expect(resource['name']).not.toHaveProperty('givenName');
    expect(resource[enterprise] ?? {}).toEqual({});
  });

  it('disables and enables with a Boolean, and deletes', async () => {
    const id = await create({ userName: 'dan@contoso.example', title: 'Counsel' });
    expect(await server.target.setUserActive(id, false, never)).toMatchObject({ account: { active: false } });
    expect(await server.target.setUserActive(id, true, never)).toMatchObject({ account: { active: true } });
    expect(await read(id)).toMatchObject({ title: 'Counsel' });
    expect(await server.target.deleteUser(id, never)).toMatchObject({ kind: 'stored' });
    expect(await server.target.readUser(id, never)).toEqual({ kind: 'gone' });
    expect(await server.target.updateUser(id, { title: 'x' }, never)).toMatchObject({ kind: 'gone' });
  });

  it('calls a taken name a conflict, whatever its case', async () => {
    await create({ userName: 'eve@contoso.example' });
    const second = await server.target.createUser({ userName: 'Eve@contoso.example' }, true, never);
    expect(second).toMatchObject({ kind: 'conflict', fault: { code: 'EntryConflict' } });
  });

  it('takes any text for a user name, and none for a fault', async () => {
    expect(server.target.checkUserValues({ userName: 'plain' })).toBeNull();
    expect(server.target.checkUserValues({ userName: ' ' })).toMatchObject({ code: 'InvalidUserName' });
  });

  it('pages through everybody', async () => {
    const seen = new Set<string>();
    let next: number | null = 1;
    let total = 0;
    while (next !== null) {
      const page = await server.target.listUsers(next, never);
      for (const { id } of page.accounts) seen.add(id);
      next = page.next;
      total = page.total;
    }
    expect(seen.size).toBe(total);
    expect(total).toBeGreaterThan(5);
  });

  it('creates groups, adds and removes members and nothing else of them, renames and deletes', async () => {
    const ids = await Promise.all(['g1', 'g2', 'g3'].map((name) => create({ userName: `${name}@contoso.example` })));
    const send = async ({ method, path, query, body }: ReturnType<typeof dialect.createGroup>) =>
      server.ask(method, `${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`, body);
    const made = await send(dialect.createGroup({ displayName: 'Sales (EMEA)', externalId: 'group-1' }));
    expect(made).toMatchObject({ status: 201, body: { displayName: 'Sales (EMEA)' } });
    const found = await send(dialect.findGroup('Sales (EMEA)'));
    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id: expect.any(String) }] });
    const id = String(Object(Object(found.body).Resources[0]).id);
    for (const request of dialect.changeMembers(id, { add: ids, remove: [] })) {
      expect(await send(request)).toMatchObject({ status: 200 });
    }
    for (const request of dialect.changeMembers(id, { add: [], remove: [ids[0] ?? '', ids[2] ?? ''] })) {
      expect(await send(request)).toMatchObject({ status: 200 });
    }
    expect((await send(dialect.readGroup(id))).body).toMatchObject({ members: [{ value: ids[1] }] });
    await send(dialect.updateGroup(id, { displayName: 'Sales' }));
    expect((await send(dialect.readGroup(id))).body).toMatchObject({
      displayName: 'Sales',
      members: [{ value: ids[1] }],
    });
    expect(await send(dialect.deleteGroup(id))).toEqual({ status: 204, body: null });
    expect(await send(dialect.readGroup(id))).toMatchObject({ status: 404 });
  });
});
