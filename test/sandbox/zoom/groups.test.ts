import { call, patchOp, startZoom, userPath } from './zoomCalls.js';

const people = ['a@contoso.example', 'b@contoso.example', 'c@contoso.example'];

const startGroup = (settings = {}) => {
  const zoom = startZoom({ settings });
  const { userIds, groupIds } = zoom.seed({
    users: [
      ...people.map((userName) => ({ userName })),
      { userName: 'invited@contoso.example', status: 'pending' as const },
    ],
    groups: [{ displayName: 'Sales EMEA', emailAlias: 'sales@contoso.example', members: people.slice(0, 2) }],
  });
  const id = groupIds['Sales EMEA'] ?? '';
  const idOf = (userName: string) => userIds[userName] ?? '';
  return {
    zoom,
    id,
    idOf,
    patch: (...Operations: object[]) => call(zoom, 'PATCH', `/scim2/Groups/${id}`, { schemas: [patchOp], Operations }),
    members: () => zoom.state().groups.get(id)?.memberIds,
  };
};

const [a = '', b = '', c = ''] = people;

describe('groups', () => {
  test('are created with a name and an alias; members given at creation are ignored', async () => {
    const { zoom, idOf } = startGroup();
    const answer = await call(zoom, 'POST', '/scim2/Groups', {
      schemas: [],
      displayName: 'Legal',
      members: [{ value: idOf(a) }],
    });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      schemas: [],
      displayName: 'Legal',
      meta: { version: '1.0.0', resourceType: 'Group' },
    });
    expect(zoom.state().groups.get(answer.json.id)?.memberIds).toEqual([]);
  });

  test('clash by name without regard to case, while the filter looks at case', async () => {
    const { zoom } = startGroup();
    const clash = await call(zoom, 'POST', '/scim2/Groups', { schemas: [], displayName: 'sales emea' });
    expect([clash.status, clash.json.detail]).toEqual([400, 'Create group failed.']);
    const find = (filter: string) => call(zoom, 'GET', `/scim2/Groups?filter=${encodeURIComponent(filter)}`);
    expect((await find('displayName eq "sales emea"')).json.totalResults).toBe(0);
    expect((await find('displayName eq "Sales EMEA"')).json.totalResults).toBe(1);
    expect((await find('displayName eq Sales EMEA')).json.totalResults).toBe(1);
    expect((await find('members eq x')).status).toBe(400);
  });

  test('show no members unless set, and the alias under its own name', async () => {
    const { zoom, id, idOf } = startGroup();
    const path = `/scim2/Groups/${id}`;
    const { json } = await call(zoom, 'GET', path);
    expect(json).not.toHaveProperty('members');
    expect(json['urn:ietf:params:scim:schemas:extension:zoom:2.0:Group']).toEqual({
      emailAlias: 'sales@contoso.example',
    });
    zoom.settings.exposeMembers = true;
    expect((await call(zoom, 'GET', path)).json.members.map((member: { value: string }) => member.value)).toEqual([
      idOf(a),
      idOf(b),
    ]);
  });

  test('have no PUT: 404, or 405 as set', async () => {
    const { zoom, id } = startGroup();
    const put = () => call(zoom, 'PUT', `/scim2/Groups/${id}`, { schemas: [], displayName: 'x' });
    expect((await put()).status).toBe(404);
    zoom.settings.groupsPutStatus = 405;
    expect((await put()).status).toBe(405);
  });

  test('are deleted with 204, save the default group', async () => {
    const { zoom, id, idOf } = startGroup();
    expect((await call(zoom, 'DELETE', `/scim2/Groups/${id}`)).status).toBe(204);
    expect((await call(zoom, 'GET', userPath(idOf(a)))).json.groups).toEqual([]);
    const gone = await call(zoom, 'GET', `/scim2/Groups/${id}`);
    expect([gone.status, gone.json.detail]).toEqual([404, 'Group does not exist.']);
    const { groupIds } = zoom.seed({ groups: [{ displayName: 'Everyone', isDefault: true }] });
    const kept = await call(zoom, 'DELETE', `/scim2/Groups/${groupIds.Everyone}`);
    expect([kept.status, kept.json.detail]).toEqual([400, 'Cannot delete account default group.']);
  });
});

describe('membership', () => {
  test('is added, removed in both forms and replaced, with an empty 204', async () => {
    const { patch, members, idOf } = startGroup();
    const added = await patch({ op: 'Add', path: 'members', value: [{ value: idOf(c) }] });
    expect([added.status, added.text]).toEqual([204, '']);
    expect(members()).toEqual([idOf(a), idOf(b), idOf(c)]);
    await patch({ op: 'remove', path: 'members', value: [{ value: idOf(a) }] });
    await patch({ op: 'remove', path: `members[value eq "${idOf(b)}"]` });
    expect(members()).toEqual([idOf(c)]);
    await patch({ op: 'replace', path: 'members', value: [{ value: idOf(b) }] });
    expect(members()).toEqual([idOf(b)]);
  });

  test('refuses unknown and pending people as a whole, or leaves them out as set', async () => {
    const { zoom, patch, members, idOf } = startGroup();
    const value = [{ value: idOf(c) }, { value: idOf('invited@contoso.example') }];
    expect((await patch({ op: 'add', path: 'members', value })).status).toBe(400);
    expect((await patch({ op: 'add', path: 'members', value: [{ value: 'nobody' }] })).status).toBe(400);
    expect(members()).toEqual([idOf(a), idOf(b)]);
    zoom.settings.unknownMember = 'ignore';
    expect((await patch({ op: 'add', path: 'members', value })).status).toBe(204);
    expect(members()).toEqual([idOf(a), idOf(b), idOf(c)]);
  });

  test('a removal form may be refused, ignored, or empty the group', async () => {
    const { zoom, patch, members, idOf } = startGroup({ removeByValue: '400', removeByFilter: 'ignore' });
    const byValue = { op: 'remove', path: 'members', value: [{ value: idOf(a) }] };
    expect((await patch(byValue)).status).toBe(400);
    expect((await patch({ op: 'remove', path: `members[value eq "${idOf(a)}"]` })).status).toBe(204);
    expect(members()).toHaveLength(2);
    zoom.settings.removeByValue = 'emptyGroup';
    expect((await patch(byValue)).status).toBe(204);
    expect(members()).toEqual([]);
  });

  test('renames, all or nothing with what else the body holds', async () => {
    const { zoom, id, patch, members } = startGroup();
    zoom.seed({ groups: [{ displayName: 'Legal' }] });
    expect((await patch({ op: 'replace', path: 'displayName', value: 'legal' })).status).toBe(400);
    expect((await patch({ op: 'replace', path: 'displayName', value: 'X' }, { op: 'frob' })).status).toBe(400);
    expect((await patch({ op: 'replace', value: { displayName: 'Sales EU' } })).status).toBe(204);
    expect(zoom.state().groups.get(id)?.displayName).toBe('Sales EU');
    expect(members()).toHaveLength(2);
  });

  test('a body over 100,000 characters is refused', async () => {
    const { zoom, patch } = startGroup();
    const value = Array.from({ length: 3000 }, (_, at) => ({ value: `someone-with-a-long-id-${at}` }));
    expect((await patch({ op: 'add', path: 'members', value })).json.detail).toMatch('100,000');
    zoom.settings.groupTooLargeStatus = 413;
    expect((await patch({ op: 'add', path: 'members', value })).status).toBe(413);
  });

  test('maxima can be set for groups and for members', async () => {
    const { zoom, patch, idOf } = startGroup({ maxGroups: 1, maxGroupMembers: 2 });
    expect((await call(zoom, 'POST', '/scim2/Groups', { schemas: [], displayName: 'B' })).status).toBe(400);
    expect((await patch({ op: 'add', path: 'members', value: [{ value: idOf(c) }] })).status).toBe(400);
  });
});
