import { groupSources, userSources } from '../../lib/entra/attributeSources.js';
import type { FaultSelector, Fault as PlannedFault } from '../../lib/sandbox/graph/faults/model.js';
import { faultOf, origin, signal, timeoutMs } from './directoryFixture.js';
import {
  createMirror,
  createSimulatedTenant,
  leastRoles,
  mirrorGroups,
  mirrorUsers,
  readAll,
  readRound,
  type SimulatedTenant,
} from './simulatedTenant.js';

const populate = ({ graph, servicePrincipalId }: SimulatedTenant) => {
  const users = Array.from({ length: 23 }, (_, index) =>
    graph.dir.createUser({
      displayName: `User ${index}`,
      userPrincipalName: `u${index}@contoso.com`,
      accountEnabled: true,
    }),
  );
  const groups = ['Sales', 'Legal'].map((displayName) => graph.dir.createGroup({ displayName, securityEnabled: true }));
  const [sales = '', legal = ''] = groups;
  for (const id of users.slice(0, 17)) {
    graph.dir.addMember(sales, id);
  }
  graph.dir.addMember(sales, legal);
  graph.dir.defineAppRoles(servicePrincipalId, [
    { id: 'aaaaaaaa-0000-0000-0000-000000000001', displayName: 'Licensed', value: 'licensed' },
  ]);
  graph.dir.assign({ principalId: sales, appRoleId: 'aaaaaaaa-0000-0000-0000-000000000001' });
  graph.dir.assign({ principalId: users[20] ?? '' });
  return { users, groups, sales, legal };
};

const roundOfUsers = ({ directory }: SimulatedTenant, link: string | null = null) =>
  readRound((at) => directory.readUserChanges(at, ['department', 'manager'], signal), link);

describe('a simulated tenant', () => {
  it('is read whole with the least permissions and with reads only', async () => {
    const tenant = createSimulatedTenant();
    const { users, groups, sales } = populate(tenant);
    const { directory, graph, origins } = tenant;
    graph.dir.setManager(users[1] ?? '', users[0] ?? '');
    graph.dir.deleteUser(users[22] ?? '');
    const mirror = createMirror();
    await mirrorUsers(directory, mirror, ['department', 'manager']);
    await mirrorGroups(directory, mirror, groups);

    expect([...mirror.users.keys()].sort()).toEqual(users.slice(0, 22).sort());
    expect(mirror.users.get(users[1] ?? '')?.managerId).toBe(users[0]);
    expect(mirror.edges.get(sales)?.size).toBe(18);
    expect(await readAll((link) => directory.listDeletedUsers(link, signal))).toEqual([users[22]]);
    expect(await readAll((link) => directory.listAssignments(link, signal))).toEqual(
      expect.arrayContaining([
        { principalId: sales, principalType: 'group', roleId: 'aaaaaaaa-0000-0000-0000-000000000001' },
        { principalId: users[20], principalType: 'user', roleId: '00000000-0000-0000-0000-000000000000' },
      ]),
    );
    expect((await directory.readAppRoles(signal)).get('aaaaaaaa-0000-0000-0000-000000000001')?.value).toBe('licensed');
    const read = await directory.readUsers(users, ['manager'], signal);
    expect(read.get(users[1] ?? '')).toMatchObject({ kind: 'found', object: { managerId: users[0] } });
    expect(read.get(users[22] ?? '')).toEqual({ kind: 'unseen' });
    expect((await directory.readMemberships(users.slice(0, 2), signal)).get(users[0] ?? '')).toEqual([sales]);

    expect(graph.journal.violations).toEqual([]);
    expect([...origins]).toEqual([origin]);
  });

  it('takes every attribute that we offer, in streams and in point reads', async () => {
    const tenant = createSimulatedTenant();
    const { users, groups } = populate(tenant);
    const everything = [...userSources.keys(), 'manager'];
    expect((await readRound((at) => tenant.directory.readUserChanges(at, everything, signal), null)).rows).toHaveLength(
      23,
    );
    expect((await tenant.directory.readUsers(users.slice(0, 1), everything, signal)).get(users[0] ?? '')?.kind).toBe(
      'found',
    );
    const select = [...groupSources.keys()];
    const round = await readRound((at) => tenant.directory.readGroupChanges(at, groups, select, signal), null);
    expect(round.watermark).not.toBeNull();
  });

  it.each([
    ['User.Read.All', (tenant: SimulatedTenant) => tenant.directory.readUserChanges(null, [], signal)],
    ['User.Read.All', (tenant: SimulatedTenant) => tenant.directory.listDeletedUsers(null, signal)],
    ['GroupMember.Read.All', (tenant: SimulatedTenant) => tenant.directory.readGroupChanges(null, ['g'], [], signal)],
    ['Application.Read.All', (tenant: SimulatedTenant) => tenant.directory.listAssignments(null, signal)],
    ['User.Read.All', (tenant: SimulatedTenant) => tenant.directory.readUsers(['u'], [], signal)],
    ['GroupMember.Read.All', (tenant: SimulatedTenant) => tenant.directory.readMemberships(['u'], signal)],
  ])('says that a permission is missing without %s', async (missing, read) => {
    let issue = () => '';
    const tenant = createSimulatedTenant({}, { getToken: async () => issue() });
    issue = () => tenant.graph.issueToken(leastRoles.filter((role) => role !== missing));
    expect((await faultOf(read(tenant))).code).toBe('InsufficientGraphPermissions');
  });

  it('says that the application is gone when it is', async () => {
    const tenant = createSimulatedTenant();
    populate(tenant);
    tenant.graph.dir.deleteServicePrincipal(tenant.servicePrincipalId);
    expect((await faultOf(tenant.directory.listAssignments(null, signal))).code).toBe('ServicePrincipalNotFound');
    expect((await faultOf(tenant.directory.readAppRoles(signal))).code).toBe('ServicePrincipalNotFound');
  });
});

describe('a round through a passing failure', () => {
  it.each<[string, PlannedFault]>([
    ['429 with seconds', { kind: 'throttled', retryAfter: 'seconds', seconds: 11 }],
    ['429 with a date', { kind: 'throttled', retryAfter: 'date', seconds: 11 }],
    ['429 with nothing', { kind: 'throttled', retryAfter: 'absent', code: 'UnknownError' }],
    ['500', { kind: 'status', status: 500 }],
    ['502 with a page', { kind: 'status', status: 502, body: 'html' }],
    ['503 with a wait', { kind: 'status', status: 503, retryAfterSeconds: 3 }],
    ['504 without a body', { kind: 'status', status: 504, body: 'empty' }],
    ['509', { kind: 'status', status: 509 }],
    ['401 once', { kind: 'status', status: 401 }],
    ['a reset before the answer', { kind: 'reset', when: 'before' }],
    ['a reset in the body', { kind: 'reset', when: 'midBody' }],
    ['truncated JSON', { kind: 'truncated' }],
    ['a wrong content type', { kind: 'wrongContentType' }],
    ['empty pages', { kind: 'emptyPages', count: 3 }],
    ['one refusal of its token', { kind: 'tokenRefused', as: 'unknown' }],
  ])('ends complete: %s', async (_, fault) => {
    const tenant = createSimulatedTenant();
    const { users } = populate(tenant);
    const planned = tenant.graph.addFault(fault, { routes: ['usersDelta'], after: 1, times: 1 });
    const { rows, watermark } = await roundOfUsers(tenant);
    expect(new Set(rows.map((row) => (row.kind === 'present' ? row.object.id : row.id)))).toEqual(new Set(users));
    expect(watermark).not.toBeNull();
    expect(planned.hits).toBe(1);
  });

  it('ends complete: a stall', async () => {
    const tenant = createSimulatedTenant();
    populate(tenant);
    const planned = tenant.graph.addFault({ kind: 'stall' }, { routes: ['usersDelta'], times: 1 });
    const round = roundOfUsers(tenant);
    while (planned.hits === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    tenant.clock.advance(timeoutMs);
    expect((await round).watermark).not.toBeNull();
  });

  it('reads every user of a batch whose requests were throttled one by one', async () => {
    const tenant = createSimulatedTenant();
    const { users } = populate(tenant);
    tenant.graph.addFault({ kind: 'throttled', retryAfter: 'seconds', seconds: 4 }, { inBatch: true, times: 9 });
    tenant.graph.addFault({ kind: 'status', status: 424 }, { inBatch: true, after: 20, times: 1 });
    const read = await tenant.directory.readUsers(users, [], signal);
    expect([...read.values()].map(({ kind }) => kind)).toEqual(users.map(() => 'found'));
  });
});

describe('a round through a lasting failure', () => {
  const expired: FaultSelector = { routes: ['usersDelta'], token: 'delta' };

  it.each<[string, PlannedFault]>([
    ['410 to a foreign host', { kind: 'gone', location: 'foreign', origin: 'https://evil.example' }],
    ['410 to the initial URL', { kind: 'gone', location: 'initial' }],
    ['an expired token', { kind: 'tokenRefused', as: 'expired' }],
    ['a malformed token', { kind: 'tokenRefused', as: 'malformed' }],
    ['an unknown token', { kind: 'tokenRefused', as: 'unknown' }],
  ])('is to be enumerated anew: %s', async (_, fault) => {
    const tenant = createSimulatedTenant();
    populate(tenant);
    const { watermark } = await roundOfUsers(tenant);
    tenant.graph.addFault(fault, expired);
    expect(await roundOfUsers(tenant, watermark)).toEqual({ rows: [], watermark: null });
    expect([...tenant.origins]).toEqual([origin]);
  });

  it.each([400, 404, 410] as const)('is to be enumerated anew after a move of the tenant (%i)', async (status) => {
    const tenant = createSimulatedTenant({ settings: { otherGeneration: status } });
    populate(tenant);
    const { watermark } = await roundOfUsers(tenant);
    tenant.graph.startTokenGeneration();
    expect((await roundOfUsers(tenant, watermark)).watermark).toBeNull();
  });

  it('is to be enumerated anew after eight days', async () => {
    const tenant = createSimulatedTenant();
    populate(tenant);
    const { watermark } = await roundOfUsers(tenant);
    tenant.clock.advance(8 * 86_400_000);
    expect((await roundOfUsers(tenant, watermark)).watermark).toBeNull();
  });

  it.each<[string, PlannedFault, string]>([
    ['a foreign link', { kind: 'foreignLink', origin: 'https://evil.example' }, 'ForeignLink'],
    ['a circle', { kind: 'linkLoop' }, 'DeltaLoop'],
    ['JSON that stays broken', { kind: 'truncated' }, 'SourceUnreadable'],
    ['a proxy', { kind: 'wrongContentType' }, 'SourceUnreadable'],
    ['a long throttle', { kind: 'throttled', retryAfter: 'seconds', seconds: 600 }, 'SourceThrottled'],
    ['a service that stays down', { kind: 'status', status: 503 }, 'SourceUnavailable'],
    ['a connection that stays down', { kind: 'reset', when: 'before' }, 'SourceUnreachable'],
    ['a token that stays rejected', { kind: 'status', status: 401 }, 'GraphTokenRejected'],
    ['a permission withdrawn', { kind: 'status', status: 403 }, 'InsufficientGraphPermissions'],
  ])('fails with a fault: %s', async (_, fault, code) => {
    const tenant = createSimulatedTenant();
    populate(tenant);
    tenant.graph.addFault(fault, { routes: ['usersDelta'], token: 'skip' });
    expect((await faultOf(roundOfUsers(tenant))).code).toBe(code);
    expect([...tenant.origins]).toEqual([origin]);
  });
});

it('odd spellings and members that nobody documents change nothing', async () => {
  const tenant = createSimulatedTenant({
    settings: { unknownFields: true, innerErrorKey: 'innererror', errorCodeCase: 'upperFirst' },
  });
  const { users } = populate(tenant);
  const { watermark } = await roundOfUsers(tenant);
  tenant.graph.addFault({ kind: 'tokenRefused', as: 'expired' }, { token: 'delta' });
  expect((await roundOfUsers(tenant, watermark)).watermark).toBeNull();
  expect((await tenant.directory.readUsers(users.slice(0, 1), [], signal)).get(users[0] ?? '')?.kind).toBe('found');
  expect(await readAll((link) => tenant.directory.listAssignments(link, signal))).toHaveLength(2);
});
