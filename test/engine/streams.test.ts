import { runSlice } from '../../lib/engine/runSlice.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';

const activeNames = (tenant: Tenant): string[] =>
  [...tenant.zoom.state().accounts.values()]
    .filter(({ status }) => status === 'active')
    .map(({ userName }) => userName.split('@')[0] ?? '')
    .sort();

const settledTenant = async (graph = {}) => {
  const tenant = await createTenant({ graph: { tombstoneProbability: 0, ...graph } });
  const ids = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
  const members = ['dia', 'eva'].map((name) => tenant.join(name, { assigned: false }));
  const group = tenant.group('Sales', members);
  await tenant.runCycle();
  tenant.takeCalls();
  return { tenant, ids, members, group };
};

describe('streams that do not go as they should', () => {
  it.each(['expired', 'malformed', 'unknown'] as const)(
    'are enumerated anew after a token that is %s, and what is gone is found',
    async (as) => {
      const { tenant, ids, members, group } = await settledTenant();
      tenant.graph.dir.deleteUser(ids[0] ?? '');
      tenant.graph.dir.removeMember(group, members[0] ?? '');
      tenant.graph.addFault({ kind: 'tokenRefused', as }, { routes: ['usersDelta'], token: 'delta', times: 2 });
      tenant.graph.addFault({ kind: 'tokenRefused', as }, { routes: ['groupsDelta'], token: 'delta', times: 2 });
      expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 2 });
      expect(activeNames(tenant)).toEqual(['ben', 'cem', 'eva']);
      expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
    },
  );

  it('are enumerated anew after 410, wherever its Location leads', async () => {
    const { tenant, members, group } = await settledTenant();
    tenant.graph.dir.removeMember(group, members[0] ?? '');
    tenant.graph.addFault(
      { kind: 'gone', location: 'foreign', origin: 'https://elsewhere.example' },
      { routes: ['groupsDelta'], token: 'delta', times: 2 },
    );
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
  });

  it('are enumerated anew when the token dies in the middle of the round', async () => {
    const tenant = await createTenant();
    const ids = Array.from({ length: 23 }, (_, n) => tenant.join(`user${n}`));
    await tenant.runCycle();
    for (const id of ids) tenant.graph.dir.updateUser(id, { department: 'Legal' });
    tenant.graph.dir.deleteUser(ids[0] ?? '');
    tenant.graph.addFault(
      { kind: 'tokenRefused', as: 'expired' },
      { routes: ['usersDelta'], token: 'skip', after: 1, times: 2 },
    );
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 22, disabled: 1 });
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it.each([
    ['a loop', { kind: 'linkLoop' }],
    ['another host', { kind: 'foreignLink', origin: 'https://elsewhere.example' }],
  ] as const)('disable nobody when a users page leads to %s', async (_what, fault) => {
    const { tenant, ids } = await settledTenant();
    tenant.graph.dir.updateUser(ids[1] ?? '', { department: 'Legal' });
    const planned = tenant.graph.addFault(fault, { routes: ['usersDelta'] });
    expect(await tenant.runCycle()).toMatchObject({ state: 'EntryLevelErrors' });
    expect(activeNames(tenant)).toHaveLength(5);
    planned.remove();
    await tenant.runCycle();
    expect(tenant.account('ben')?.enterprise).toMatchObject({ department: 'Legal' });
  });

  it.each([
    ['a loop', { kind: 'linkLoop' }],
    ['another host', { kind: 'foreignLink', origin: 'https://elsewhere.example' }],
  ] as const)('disable nobody when the assignment list leads to %s', async (_what, fault) => {
    const { tenant } = await settledTenant();
    const planned = tenant.graph.addFault(fault, { routes: ['appRoleAssignedTo'] });
    for (let cycle = 0; cycle < 3; cycle += 1) await tenant.runCycle();
    planned.remove();
    await tenant.runCycle();
    expect(activeNames(tenant)).toHaveLength(5);
    expect(tenant.takeCalls()).toEqual([]);
  });

  it('disable nobody in a first round that stops half-way, and go on where it stopped', async () => {
    const tenant = await createTenant();
    const members = Array.from({ length: 50 }, (_, n) => tenant.join(`user${n}`, { assigned: false }));
    tenant.group('Sales', members);
    const planned = tenant.graph.addFault(
      { kind: 'status', status: 503 },
      { routes: ['groupsDelta'], token: 'skip', after: 1 },
    );
    for (let cycle = 0; cycle < 4; cycle += 1)
      expect(await tenant.runCycle()).toMatchObject({ state: 'EntryLevelErrors' });
    expect(tenant.zoom.state().accounts.size).toBe(0);
    planned.remove();
    await tenant.runCycle();
    expect(tenant.zoom.state().accounts.size).toBe(50);
  });

  it('tell a change once although pages, rows and rounds repeat', async () => {
    const { tenant, ids } = await settledTenant({ repeatProbability: 1 });
    tenant.graph.dir.updateUser(ids[0] ?? '', { department: 'Legal' });
    tenant.graph.addFault({ kind: 'repeatedRow', order: 'newerFirst' }, { routes: ['usersDelta'] });
    tenant.graph.addFault({ kind: 'replayedRound' }, { routes: ['usersDelta'] });
    await tenant.runCycle();
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Legal' });
    for (let cycle = 0; cycle < 2; cycle += 1) await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual(['PUT users.put']);
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Legal' });
  });

  it('are enumerated anew where a page says two things of a group, the older one last', async () => {
    const { tenant, members, group } = await settledTenant();
    tenant.graph.dir.updateGroup(group, { securityEnabled: false });
    await tenant.runCycle();
    const off = members.map((id) => tenant.row(id));
    expect((await Promise.all(off)).every((row) => row?.link?.state === 'disabled')).toBe(true);
    tenant.graph.dir.updateGroup(group, { securityEnabled: true });
    tenant.graph.addFault({ kind: 'repeatedRow', order: 'newerFirst' }, { routes: ['groupsDelta'], times: 1 });
    await tenant.runCycle();
    await tenant.runCycle();
    const on = await Promise.all(members.map((id) => tenant.row(id)));
    expect(on.map((row) => row?.link?.state)).toEqual(members.map(() => 'active'));
  });

  it('do not disable a member whose removal and return stand in the wrong order', async () => {
    const { tenant, members, group } = await settledTenant();
    tenant.graph.dir.removeMember(group, members[0] ?? '');
    tenant.graph.dir.addMember(group, members[0] ?? '');
    tenant.graph.addFault({ kind: 'edgeOutOfOrder' }, { routes: ['groupsDelta'] });
    for (let cycle = 0; cycle < 3; cycle += 1) await tenant.runCycle();
    expect(activeNames(tenant)).toContain('dia');
  });

  it('keep a person pending whom a lagging replica does not show, and no failure is counted', async () => {
    const { tenant } = await settledTenant();
    const id = tenant.join('late');
    const hidden = tenant.graph.addFault(
      { kind: 'status', status: 404, code: 'Request_ResourceNotFound' },
      { urlIncludes: id },
    );
    tenant.graph.addFault({ kind: 'lateChange', rounds: 2 }, { routes: ['usersDelta'], times: 1 });
    const summary = await tenant.runCycle();
    expect(summary.counts.failed).toBeUndefined();
    expect((await tenant.row(id))?.pending).toMatchObject({ reason: 'unknown', fault: null });
    hidden.remove();
    tenant.graph.clearFaults();
    await tenant.runCycle();
    expect(tenant.account('late')).toBeDefined();
  });

  it('disable nobody and are not taken for ended when two users pages lead to each other', async () => {
    const { tenant } = await settledTenant();
    const options = tenant.options();
    const { directory } = options.world;
    const readUserChanges: typeof directory.readUserChanges = async (link) => ({
      kind: 'page',
      rows: [],
      next: { kind: 'more', link: link === 'odd' ? 'even' : 'odd' },
    });
    tenant.clock.advance(41 * 60_000);
    const world = { ...options.world, directory: { ...directory, readUserChanges } };
    const message = { jobId: 'job', cycleId: null, slice: 1 };
    const result = await tenant.clock.settle(runSlice(message, { ...options, world }, new AbortController().signal));
    expect(result).toMatchObject({ kind: 'finished', summary: { fault: { code: 'DeltaLoop' } } });
    await tenant.runCycle();
    expect(activeNames(tenant)).toHaveLength(5);
    expect((await tenant.world.state.jobs.read()).job?.lastExecution).toMatchObject({ state: 'Succeeded' });
  });

  it('are enumerated anew, and nobody is disabled, when their stored links are of another endpoint', async () => {
    const { tenant, members, group } = await settledTenant();
    const { marks } = await tenant.world.state.jobs.read();
    const elsewhere = marks.map((mark) => ({ ...mark, link: 'https://graph.elsewhere.example/v1.0/users/delta?t=1' }));
    expect(elsewhere).toHaveLength(2);
    tenant.graph.dir.removeMember(group, members[0] ?? '');
    const lease = await tenant.world.state.jobs.takeLease('test', 1_000);
    if (!lease) throw new Error('The lease is taken.');
    await tenant.world.state.jobs.checkpoint(lease, { marks: elsewhere });
    await lease.release();
    expect(await tenant.runCycle()).toMatchObject({ state: 'Succeeded', counts: { disabled: 1 } });
    expect(activeNames(tenant)).toEqual(['ada', 'ben', 'cem', 'eva']);
  });
});
