import type { Send } from '../../lib/http/send.js';
import { createTenant, domain } from '../fakes/tenant.js';

/** A service whose pages of one list or stream name one another in a circle, as long as it is on. */
const createCircle = (path: string, pages: number) => {
  let isOn = false;
  let asked = 0;
  const wrapSend =
    (send: Send): Send =>
    async (input, init) => {
      const url = new URL(new Request(input).url);
      if (!isOn || !url.pathname.endsWith(path)) return send(input, init);
      asked += 1;
      const next = `${url.origin}${url.pathname}?$skiptoken=page${asked % pages}`;
      return Response.json({ value: [], '@odata.nextLink': next });
    };
  return {
    wrapSend,
    turn: (on: boolean) => {
      isOn = on;
    },
    asked: () => asked,
  };
};

const settle = async (path: string, pages: number) => {
  const circle = createCircle(path, pages);
  const tenant = await createTenant({ wrapSend: circle.wrapSend, graph: { repeatProbability: 0 } });
  const ids = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
  const group = tenant.group('Sales', [tenant.join('dia', { assigned: false })]);
  await tenant.runCycle();
  return { tenant, circle, ids, group };
};

const active = (tenant: Awaited<ReturnType<typeof createTenant>>): number =>
  [...tenant.zoom.state().accounts.values()].filter(({ status }) => status === 'active').length;

describe('pages that lead in a circle', () => {
  it.each([
    ['users/delta', 2],
    ['users/delta', 5],
    ['groups/delta', 2],
    ['groups/delta', 3],
    ['appRoleAssignedTo', 2],
  ])('of %s, %i of them, are no finished round: nobody is disabled and nothing is lost', async (path, pages) => {
    const { tenant, circle, ids, group } = await settle(path, pages);
    circle.turn(true);
    tenant.graph.dir.updateUser(ids[0] ?? '', { department: 'Legal' });
    tenant.graph.dir.addMember(group, tenant.join('eve', { assigned: false }));
    for (let cycle = 0; cycle < 2; cycle += 1) {
      expect(await tenant.runCycle()).toMatchObject({ state: 'EntryLevelErrors' });
    }
    expect(active(tenant)).toBeGreaterThanOrEqual(4);
    expect(circle.asked()).toBeLessThan(40);
    circle.turn(false);
    await tenant.runCycle();
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Legal' });
    expect(active(tenant)).toBe(5);
    await tenant.runCycle();
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('of the recycle bin end the users phase, and the next cycle goes through everybody', async () => {
    const { tenant, circle, ids } = await settle('microsoft.graph.user', 3);
    circle.turn(true);
    tenant.graph.dir.updateUser(ids[0] ?? '', { department: 'Legal' });
    expect(await tenant.runCycle('initial')).toMatchObject({ state: 'EntryLevelErrors', fault: { code: 'ListLoop' } });
    circle.turn(false);
    await tenant.runCycle();
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Legal' });
    expect(active(tenant)).toBe(4);
  });

  it('of Zoom’s users are given up, and each user is asked for', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ users: Array.from({ length: 120 }, (_, n) => ({ userName: `old${n}@${domain}` })) });
    for (let n = 0; n < 4; n += 1) tenant.join(`old${n}`);
    tenant.zoom.addFault({ on: 'users.list', fault: { mode: 'list.sameRows' } });
    expect((await tenant.runCycle()).counts).toMatchObject({ adopted: 4 });
    expect(tenant.zoom.state().accounts.size).toBe(120);
  });
});

describe('a stream whose links are refused whenever it is begun anew', () => {
  it.each(['usersDelta', 'groupsDelta'] as const)('is left to the next cycle (%s)', async (route) => {
    const { tenant, ids } = await settle('none', 1);
    const refused = tenant.graph.addFault({ kind: 'tokenRefused', as: 'malformed' }, { routes: [route] });
    tenant.graph.dir.updateUser(ids[0] ?? '', { department: 'Legal' });
    const ended = await tenant.runCycle();
    expect(ended).toMatchObject({ state: 'EntryLevelErrors', fault: { code: 'DeltaRestartsInVain' } });
    expect(active(tenant)).toBe(4);
    refused.remove();
    await tenant.runCycle();
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Legal' });
  });

  it('is enumerated anew, unasked, where its link is of another host: the endpoint was changed', async () => {
    const { tenant, ids } = await settle('none', 1);
    const { jobs } = tenant.world.state;
    const lease = await jobs.takeLease('a deployment', 90_000);
    if (!lease) throw new Error('The lease is held.');
    const moved = (await jobs.read()).marks.map((mark) => ({
      ...mark,
      link: mark.link?.replace('127.0.0.1:1', 'graph.elsewhere.example') ?? null,
    }));
    await jobs.checkpoint(lease, { marks: moved });
    await lease.release();
    tenant.graph.dir.updateUser(ids[0] ?? '', { department: 'Legal' });
    expect(await tenant.runCycle()).toMatchObject({ state: 'Succeeded' });
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Legal' });
    expect(active(tenant)).toBe(4);
  });
});
