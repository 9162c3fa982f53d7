import type { FaultMode } from '../../../lib/sandbox/zoom/faultModes.js';
import { startWith, theo } from './strickenZoom.js';
import { call, patchOp, startZoom, userPath } from './zoomCalls.js';

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
