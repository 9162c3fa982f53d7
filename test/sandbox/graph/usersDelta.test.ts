import { addUsers, at, createClient, createPlainSimulator } from './client.js';

const stream = '/users/delta?$select=displayName,department,manager';

const rowsById = (rows: readonly Record<string, unknown>[]) => new Map(rows.map((row) => [row.id, row]));

test('an initial round names every live user once, in pages, and ends with a page that has only the deltaLink', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 12);
  const { rows, pages, deltaLink } = await createClient(simulator).walk(stream);
  expect(rows.map((row) => row.id).sort()).toEqual([...ids].sort());
  expect(pages.map((page) => page.length)).toEqual([5, 5, 2, 0]);
  expect(deltaLink).toContain('/users/delta?$deltatoken=');
});

test('every page has exactly one of nextLink and deltaLink', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 6);
  const client = createClient(simulator);
  const first = await client.get(stream);
  expect([typeof first.body['@odata.nextLink'], typeof first.body['@odata.deltaLink']]).toEqual([
    'string',
    'undefined',
  ]);
  const idle = await client.get((await client.walk(stream)).deltaLink);
  expect([typeof idle.body['@odata.nextLink'], typeof idle.body['@odata.deltaLink']]).toEqual(['undefined', 'string']);
});

test('two initial rounds come in different orders', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 30);
  const client = createClient(simulator);
  const [first, second] = [await client.walk(stream), await client.walk(stream)];
  expect(first.rows.map((row) => row.id)).not.toEqual(second.rows.map((row) => row.id));
});

test('a never-set property is absent, a cleared one null, an unselected one never there', async () => {
  const simulator = createPlainSimulator();
  const [id] = addUsers(simulator, 1);
  const client = createClient(simulator);
  const { rows, deltaLink } = await client.walk(stream);
  expect(rows).toEqual([{ id, displayName: 'User 0' }]);
  simulator.dir.updateUser(at([id ?? ''], 0), { department: 'HR', city: 'Oslo' });
  simulator.dir.updateUser(id ?? '', { department: null });
  expect((await client.walk(deltaLink)).rows).toEqual([{ id, displayName: 'User 0', department: null }]);
});

test('an idle round is empty and its deltaLink is a new one', async () => {
  const simulator = createPlainSimulator();
  addUsers(simulator, 3);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  const idle = await client.walk(deltaLink);
  expect(idle.pages).toEqual([[]]);
  expect(idle.deltaLink).not.toBe(deltaLink);
});

test('a change of an unselected property, or to the same value, does not surface the user', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 1);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.updateUser(at(ids, 0), { city: 'Oslo', displayName: 'User 0' });
  expect((await client.walk(deltaLink)).rows).toEqual([]);
});

test('an incremental round shows the full selected row by default and only what changed with return=minimal', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 1);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.updateUser(at(ids, 0), { department: 'HR' });
  expect((await client.walk(deltaLink)).rows).toEqual([{ id: at(ids, 0), displayName: 'User 0', department: 'HR' }]);
  const minimal = await client.get(deltaLink, { Prefer: 'return=minimal' });
  expect(minimal.body.value).toEqual([{ id: at(ids, 0), department: 'HR' }]);
  expect(minimal.headers.get('Preference-Applied')).toBe('return=minimal');
});

test('a soft delete is "changed", a purge "deleted", and a restored user a plain row', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 2);
  const [kept, purged] = [at(ids, 0), at(ids, 1)];
  const client = createClient(simulator);
  const initial = await client.walk(stream);
  simulator.dir.deleteUser(kept);
  simulator.dir.deleteUser(purged);
  const deleted = await client.walk(initial.deltaLink);
  expect(rowsById(deleted.rows)).toEqual(
    new Map([
      [kept, { id: kept, '@removed': { reason: 'changed' } }],
      [purged, { id: purged, '@removed': { reason: 'changed' } }],
    ]),
  );
  simulator.dir.restoreUser(kept);
  simulator.dir.purgeUser(purged);
  const after = await client.walk(deleted.deltaLink);
  expect(rowsById(after.rows)).toEqual(
    new Map<string, unknown>([
      [kept, { id: kept, displayName: 'User 0' }],
      [purged, { id: purged, '@removed': { reason: 'deleted' } }],
    ]),
  );
});

test('a deleted user is purged by itself after 30 days', async () => {
  const simulator = createPlainSimulator({ settings: { deltaTokenLifetimeMs: 1e12 } });
  const [id = ''] = addUsers(simulator, 1);
  const client = createClient(simulator);
  simulator.dir.deleteUser(id);
  const { deltaLink } = await client.walk(stream);
  simulator.clock.advance(30 * 86_400_000);
  expect((await client.walk(deltaLink)).rows).toEqual([{ id, '@removed': { reason: 'deleted' } }]);
  expect(() => simulator.dir.restoreUser(id)).toThrow('not in the recycle bin');
});

test('a user that was deleted and purged between two polls is removed once, for good', async () => {
  const simulator = createPlainSimulator();
  const [id = ''] = addUsers(simulator, 1);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.deleteUser(id);
  simulator.dir.purgeUser(id);
  const again = simulator.dir.createUser({ userPrincipalName: 'u0@contoso.com', displayName: 'Again' });
  const { rows } = await client.walk(deltaLink);
  expect(rowsById(rows).get(id)).toEqual({ id, '@removed': { reason: 'deleted' } });
  expect(rowsById(rows).get(again)).toEqual({ id: again, displayName: 'Again' });
});

test('manager@delta names the manager initially, and what changed afterwards', async () => {
  const simulator = createPlainSimulator();
  const [report = '', first = '', second = ''] = addUsers(simulator, 3);
  simulator.dir.setManager(report, first);
  const client = createClient(simulator);
  const entry = (id: string) => ({ '@odata.type': '#microsoft.graph.user', id });
  const gone = (id: string) => ({ ...entry(id), '@removed': { reason: 'deleted' } });
  const initial = await client.walk(stream);
  expect(rowsById(initial.rows).get(report)).toMatchObject({ 'manager@delta': [entry(first)] });
  expect(rowsById(initial.rows).get(first)).not.toHaveProperty('manager@delta');
  simulator.dir.setManager(report, second);
  const moved = await client.walk(initial.deltaLink);
  expect(moved.rows).toEqual([{ id: report, displayName: 'User 0', 'manager@delta': [entry(second), gone(first)] }]);
  simulator.dir.setManager(report, null);
  simulator.dir.updateUser(second, { displayName: 'Renamed' });
  const cleared = await client.walk(moved.deltaLink);
  expect(rowsById(cleared.rows).get(report)).toMatchObject({ 'manager@delta': [gone(second)] });
  expect(rowsById(cleared.rows).get(second)).not.toHaveProperty('manager@delta');
});

test('a manager set while an initial round ran and taken away before the next is told as gone', async () => {
  const simulator = createPlainSimulator({ settings: { usersPerPage: 1 } });
  const ids = addUsers(simulator, 3);
  const client = createClient(simulator);
  const first = await client.get(stream);
  const [late = '', manager = ''] = ids.filter((id) => id !== first.body.value?.[0]?.id);
  simulator.dir.setManager(late, manager);
  const rest = await client.walk(first.body['@odata.nextLink'] ?? '');
  expect(rowsById(rest.rows).get(late)).toMatchObject({ 'manager@delta': [{ id: manager }] });
  simulator.dir.setManager(late, null);
  const next = await client.walk(rest.deltaLink);
  expect(rowsById(next.rows).get(late)).toMatchObject({
    'manager@delta': [{ id: manager, '@removed': { reason: 'deleted' } }],
  });
});

test.each([true, false])("whether a restored user's row carries its manager is a setting: %s", async (carried) => {
  const simulator = createPlainSimulator({ settings: { managerOfRestoredUsers: carried } });
  const [report = '', manager = ''] = addUsers(simulator, 2);
  simulator.dir.setManager(report, manager);
  simulator.dir.deleteUser(report);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.restoreUser(report);
  const [row] = (await client.walk(deltaLink)).rows;
  expect(row?.['manager@delta']).toEqual(
    carried ? [{ '@odata.type': '#microsoft.graph.user', id: manager }] : undefined,
  );
});

test('two users that swap their userPrincipalNames both surface in one round', async () => {
  const simulator = createPlainSimulator();
  const [first = '', second = ''] = addUsers(simulator, 2);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk('/users/delta?$select=userPrincipalName');
  simulator.dir.swapUserPrincipalNames(first, second);
  expect(rowsById((await client.walk(deltaLink)).rows)).toEqual(
    new Map([
      [first, { id: first, userPrincipalName: 'u1@contoso.com' }],
      [second, { id: second, userPrincipalName: 'u0@contoso.com' }],
    ]),
  );
});

test('one extension attribute shows all fifteen', async () => {
  const simulator = createPlainSimulator();
  const [id = ''] = addUsers(simulator, 1);
  simulator.dir.updateUser(id, { onPremisesExtensionAttributes: { extensionAttribute2: 'x' } });
  const { rows } = await createClient(simulator).walk('/users/delta?$select=onPremisesExtensionAttributes');
  const attributes = at(rows, 0).onPremisesExtensionAttributes;
  expect(Object.keys(attributes ?? {})).toHaveLength(15);
  expect(attributes).toMatchObject({ extensionAttribute1: null, extensionAttribute2: 'x' });
});

test('an initial round may name objects deleted before it and go on with what changed during it', async () => {
  const simulator = createPlainSimulator({ settings: { tombstoneProbability: 1, tailProbability: 1 } });
  const ids = addUsers(simulator, 8);
  simulator.dir.deleteUser(at(ids, 0));
  const client = createClient(simulator);
  const first = await client.get(stream);
  simulator.dir.updateUser(at(ids, 1), { department: 'late' });
  const { rows } = await client.walk(first.body['@odata.nextLink'] ?? '');
  const all = [...(first.body.value ?? []), ...rows];
  expect(rowsById(all).get(at(ids, 0))).toEqual({ id: at(ids, 0), '@removed': { reason: 'changed' } });
  expect(rows.at(-1)).toEqual({ id: at(ids, 1), displayName: 'User 1', department: 'late' });
});

test('objects may stand twice in an incremental round', async () => {
  const simulator = createPlainSimulator({ settings: { repeatProbability: 1 } });
  const [id = ''] = addUsers(simulator, 1);
  const client = createClient(simulator);
  const { deltaLink } = await client.walk(stream);
  simulator.dir.updateUser(id, { department: 'HR' });
  expect((await client.walk(deltaLink)).rows.map((row) => row.id)).toEqual([id, id]);
});

test('$deltatoken=latest starts from now, with no objects', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 9);
  const client = createClient(simulator);
  const { pages, deltaLink } = await client.walk(`${stream}&$deltatoken=latest`);
  expect(pages).toEqual([[]]);
  simulator.dir.updateUser(at(ids, 3), { department: 'HR' });
  expect((await client.walk(deltaLink)).rows).toEqual([{ id: at(ids, 3), displayName: 'User 3', department: 'HR' }]);
});

test('$filter narrows the stream to ids, and stays in force', async () => {
  const simulator = createPlainSimulator();
  const ids = addUsers(simulator, 5);
  const client = createClient(simulator);
  const filter = `id eq '${at(ids, 1)}' or id eq '${at(ids, 2)}'`;
  const { rows, deltaLink } = await client.walk(`${stream}&$filter=${encodeURIComponent(filter)}`);
  expect(rows.map((row) => row.id).sort()).toEqual([at(ids, 1), at(ids, 2)].sort());
  simulator.dir.updateUser(at(ids, 0), { department: 'HR' });
  simulator.dir.updateUser(at(ids, 2), { department: 'HR' });
  expect((await client.walk(deltaLink)).rows.map((row) => row.id)).toEqual([at(ids, 2)]);
});
