import { addUsers, createClient, createPlainSimulator } from './client.js';

test('what the directory refuses is an error with a code, and changes nothing', () => {
  const simulator = createPlainSimulator();
  const { dir } = simulator;
  const [first = '', second = ''] = addUsers(simulator, 2);
  const group = dir.createGroup({ displayName: 'G' });
  dir.addMember(group, first);
  const refusals: readonly [() => unknown, string][] = [
    [() => dir.createUser({ userPrincipalName: 'U0@CONTOSO.COM' }), 'UserPrincipalNameTaken'],
    [() => dir.updateUser(second, { userPrincipalName: 'u0@contoso.com' }), 'UserPrincipalNameTaken'],
    [() => dir.createUser({ userPrincipalName: 'new@contoso.com', id: first }), 'AlreadyExists'],
    [() => dir.setManager(first, first), 'BadValue'],
    [() => dir.addMember(group, first), 'AlreadyMember'],
    [() => dir.addMember(group, group), 'BadValue'],
    [() => dir.removeMember(group, second), 'NotAMember'],
    [() => dir.restoreUser(first), 'NotDeleted'],
    [() => dir.purgeUser(first), 'NotDeleted'],
    [() => dir.deleteUser('nobody'), 'NotFound'],
    [() => dir.assign({ principalId: first }), 'NotFound'],
  ];
  const before = JSON.stringify([[...dir.users()], [...dir.members(group)]]);
  for (const [attempt, code] of refusals) {
    expect(attempt).toThrow(expect.objectContaining({ code }));
  }
  expect(JSON.stringify([[...dir.users()], [...dir.members(group)]])).toBe(before);
});

test('a renamed user frees its old name, a deleted one too, and a restore minds who has it now', () => {
  const simulator = createPlainSimulator();
  const { dir } = simulator;
  const [id = ''] = addUsers(simulator, 1);
  dir.updateUser(id, { userPrincipalName: 'renamed@contoso.com' });
  dir.createUser({ userPrincipalName: 'u0@contoso.com' });
  dir.deleteUser(id);
  const successor = dir.createUser({ userPrincipalName: 'renamed@contoso.com' });
  expect(() => dir.restoreUser(id)).toThrow(expect.objectContaining({ code: 'UserPrincipalNameTaken' }));
  dir.updateUser(successor, { userPrincipalName: 'other@contoso.com' });
  dir.restoreUser(id);
  expect(dir.user(id)).toMatchObject({ deletedAtMs: null, properties: { userPrincipalName: 'renamed@contoso.com' } });
});

test('an update leaves what was handed out before as it was, and merges extension attributes', () => {
  const simulator = createPlainSimulator();
  const { dir } = simulator;
  const [id = ''] = addUsers(simulator, 1);
  dir.updateUser(id, { onPremisesExtensionAttributes: { extensionAttribute1: 'a' } });
  const before = dir.user(id);
  dir.updateUser(id, { displayName: 'New', onPremisesExtensionAttributes: { extensionAttribute2: 'b' } });
  expect(before?.properties.displayName).toBe('User 0');
  expect(dir.user(id)?.properties).toMatchObject({
    displayName: 'New',
    onPremisesExtensionAttributes: { extensionAttribute1: 'a', extensionAttribute2: 'b' },
  });
});

test('the same seed makes the same directory, another one another', () => {
  const idsOf = (seed: number) => addUsers(createPlainSimulator({ seed }), 3);
  expect(idsOf(5)).toEqual(idsOf(5));
  expect(idsOf(5)).not.toEqual(idsOf(6));
});

test('a large group comes whole, in slices', async () => {
  const simulator = createPlainSimulator({ settings: { membersPerRow: 100, membersPerPage: 500 } });
  const group = simulator.dir.createGroup({ displayName: 'Everybody' });
  for (const id of addUsers(simulator, 2_000)) {
    simulator.dir.addMember(group, id);
  }
  const { rows, pages } = await createClient(simulator).walk('/groups/delta?$select=members');
  const members = rows.flatMap((row) => (Array.isArray(row['members@delta']) ? row['members@delta'] : []));
  expect([pages.length, new Set(members.map((member) => member.id)).size]).toEqual([21, 2_000]);
});
