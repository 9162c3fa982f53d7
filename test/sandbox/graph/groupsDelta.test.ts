import { addUsers, at, createClient, createPlainSimulator, type Row } from './client.js';

const stream = '/groups/delta?$select=displayName,members';

const edge = (id: string, type = 'user') => ({ '@odata.type': `#microsoft.graph.${type}`, id });
const gone = (id: string, type = 'user') => ({ ...edge(id, type), '@removed': { reason: 'deleted' } });
const edgesOf = (rows: readonly Row[], groupId: string) =>
  rows.filter((row) => row.id === groupId).flatMap((row) => (row['members@delta'] ?? []) as unknown[]);

test('a large group stands on several pages, each with a slice of its members and once a page', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 16);
  const group = simulator.dir.createGroup({ displayName: 'Large' });
  for (const id of ids) {
    simulator.dir.addMember(group, id);
  }
  const { rows, pages, deltaLink } = await createClient(simulator).walk(stream);
  expect(pages.map((page) => page.map((row) => edgesOf([row], group).length))).toEqual([[7], [7], [2], []]);
  expect(edgesOf(rows, group)).toEqual(ids.map((id) => edge(id)));
  for (const id of ids) {
    simulator.dir.removeMember(group, id);
  }
  const removals = await createClient(simulator).walk(deltaLink);
  expect(removals.pages.map((page) => page.length)).toEqual([1, 1, 1]);
  expect(edgesOf(removals.rows, group)).toEqual(ids.map((id) => gone(id)));
});

test('members of an initial round are neither lost nor doubled when others go and come between its pages', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 20);
  const group = simulator.dir.createGroup({ displayName: 'Restless' });
  for (const id of ids.slice(0, 15)) {
    simulator.dir.addMember(group, id);
  }
  const client = createClient(simulator);
  const first = await client.get(stream);
  simulator.dir.removeMember(group, at(ids, 0));
  simulator.dir.removeMember(group, at(ids, 9));
  simulator.dir.addMember(group, at(ids, 17));
  simulator.dir.addMember(group, at(ids, 0));
  const rest = await client.walk(first.body['@odata.nextLink'] ?? '');
  const next = await client.walk(rest.deltaLink);
  const told = [...(first.body.value ?? []), ...rest.rows, ...next.rows];
  const mirror = new Set<string>();
  for (const entry of edgesOf(told, group) as { id: string; '@removed'?: object }[]) {
    if (entry['@removed'] === undefined) {
      mirror.add(entry.id);
    } else {
      mirror.delete(entry.id);
    }
  }
  expect([...mirror].sort()).toEqual([...simulator.dir.members(group)].map((member) => member.id).sort());
});

test('members of every type stand in members@delta, nested groups unflattened', async () => {
  const simulator = createPlainSimulator();
  const [user = ''] = addUsers(simulator, 1);
  const outer = simulator.dir.createGroup({ displayName: 'Outer' });
  const inner = simulator.dir.createGroup({ displayName: 'Inner' });
  const device = simulator.dir.createMemberObject({ type: 'device', displayName: 'Laptop' });
  const contact = simulator.dir.createMemberObject({ type: 'orgContact', displayName: 'Partner' });
  const application = simulator.dir.createServicePrincipal({ displayName: 'App' });
  simulator.dir.addMember(inner, user);
  simulator.dir.addMember(inner, outer);
  for (const member of [inner, device, contact, application]) {
    simulator.dir.addMember(outer, member);
  }
  const { rows } = await createClient(simulator).walk(stream);
  expect(edgesOf(rows, outer)).toEqual([
    edge(inner, 'group'),
    edge(device, 'device'),
    edge(contact, 'orgContact'),
    edge(application, 'servicePrincipal'),
  ]);
  expect(edgesOf(rows, inner)).toEqual([edge(user), edge(outer, 'group')]);
});

test('a group without members or without a change of them has no members@delta', async () => {
  const simulator = createPlainSimulator();
  const group = simulator.dir.createGroup({ displayName: 'Empty' });
  const client = createClient(simulator);
  const initial = await client.walk(stream);
  expect(initial.rows).toEqual([{ id: group, displayName: 'Empty' }]);
  simulator.dir.updateGroup(group, { displayName: 'Renamed' });
  expect((await client.walk(initial.deltaLink)).rows).toEqual([{ id: group, displayName: 'Renamed' }]);
});

test('soft delete and restore of a member leave no trace in the groups stream', async () => {
  const simulator = createPlainSimulator();
  const [user = ''] = addUsers(simulator, 1);
  const group = simulator.dir.createGroup({ displayName: 'G' });
  simulator.dir.addMember(group, user);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.deleteUser(user);
  expect((await client.walk(deltaLink)).rows).toEqual([]);
  simulator.dir.restoreUser(user);
  expect((await client.walk(deltaLink)).rows).toEqual([]);
  expect([...simulator.dir.members(group)]).toMatchObject([{ id: user, softDeleted: false }]);
});

test.each([
  [1, 1],
  [0, 0],
])('a purge surfaces in the groups stream with probability %d', async (purgedEdgeProbability, expected) => {
  const simulator = createPlainSimulator({ settings: { purgedEdgeProbability } });
  const [user = ''] = addUsers(simulator, 1);
  const group = simulator.dir.createGroup({ displayName: 'G' });
  simulator.dir.addMember(group, user);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.deleteUser(user);
  simulator.dir.purgeUser(user);
  expect(edgesOf((await client.walk(deltaLink)).rows, group)).toHaveLength(expected);
  expect([...simulator.dir.members(group)]).toEqual([]);
});

test.each([true, false])(
  'whether an initial round lists edges of soft-deleted members is a setting: %s',
  async (shown) => {
    const simulator = createPlainSimulator({ settings: { softDeletedEdgesInInitial: shown } });
    const [user = ''] = addUsers(simulator, 1);
    const group = simulator.dir.createGroup({ displayName: 'G' });
    simulator.dir.addMember(group, user);
    simulator.dir.deleteUser(user);
    expect(edgesOf((await createClient(simulator).walk(stream)).rows, group)).toEqual(shown ? [edge(user)] : []);
  },
);

test('an initial round may name members that were removed before it', async () => {
  const simulator = createPlainSimulator({ settings: { removedMemberProbability: 1 } });
  const [user = ''] = addUsers(simulator, 1);
  const group = simulator.dir.createGroup({ displayName: 'G' });
  simulator.dir.addMember(group, user);
  simulator.dir.removeMember(group, user);
  expect(edgesOf((await createClient(simulator).walk(stream)).rows, group)).toEqual([gone(user)]);
});

test.each(['changed', 'deleted'] as const)('the deletion of a group is "%s", as the setting has it', async (reason) => {
  const simulator = createPlainSimulator({ settings: { groupDeletion: reason } });
  const group = simulator.dir.createGroup({ displayName: 'G' });
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.deleteGroup(group);
  expect((await client.walk(deltaLink)).rows).toEqual([{ id: group, '@removed': { reason } }]);
  expect((await client.get(`/groups/${group}`)).status).toBe(404);
});

test.each([true, false])('whether a restored group carries its members again is a setting: %s', async (carried) => {
  const simulator = createPlainSimulator({ settings: { membersOfRestoredGroups: carried } });
  const [user = ''] = addUsers(simulator, 1);
  const group = simulator.dir.createGroup({ displayName: 'G' });
  simulator.dir.addMember(group, user);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.deleteGroup(group);
  simulator.dir.restoreGroup(group);
  const { rows } = await client.walk(deltaLink);
  expect(rows).toEqual([{ id: group, displayName: 'G', ...(carried ? { 'members@delta': [edge(user)] } : {}) }]);
});

test('an edge that went and came back within a round is told as it is now', async () => {
  const simulator = createPlainSimulator();
  const [user = ''] = addUsers(simulator, 1);
  const group = simulator.dir.createGroup({ displayName: 'G' });
  simulator.dir.addMember(group, user);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.removeMember(group, user);
  simulator.dir.addMember(group, user);
  expect(edgesOf((await client.walk(deltaLink)).rows, group)).toEqual([edge(user)]);
});

test('a stream without members does not surface groups whose members changed', async () => {
  const simulator = createPlainSimulator();
  const [user = ''] = addUsers(simulator, 1);
  const group = simulator.dir.createGroup({ displayName: 'G' });
  const client = createClient(simulator);
  const { deltaLink } = await client.walk('/groups/delta?$select=displayName');
  simulator.dir.addMember(group, user);
  expect((await client.walk(deltaLink)).rows).toEqual([]);
});
