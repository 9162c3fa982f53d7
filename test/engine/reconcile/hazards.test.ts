import { compileObjectMapping } from '../../../lib/mapping/compileObjectMapping.js';
import { draftSchema, functionSource, type SchemaDraft } from '../../schema/schemaDraft.js';
import { address, createLinkedTenant } from './alteredZoom.js';

const mappingWith = (change: (draft: SchemaDraft) => void) => {
  const draft = draftSchema();
  change(draft);
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (mapping === null) throw new Error('The schema maps users.');
  return mapping;
};
const phone = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User:zoomPhoneSite';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('what a list does not show', () => {
  it('is looked at, and what Zoom never shows is not taken for cleared', async () => {
    const mapping = mappingWith(({ add }) => {
      add({ targetAttributeName: 'title', source: functionSource('Join(" ", "Head", [surname])') });
      add({ targetAttributeName: phone, source: functionSource('Join("", "Site")') });
    });
    const tenant = await createLinkedTenant({ mapping });
    await tenant.runCycle('reconcile');
    expect(await tenant.drift()).toEqual([]);
    tenant.zoom.seed({ users: [{ userName: address('ada'), title: null, enterprise: { department: '' } }] });
    await tenant.runCycle('reconcile');
    expect(await tenant.drift()).toEqual([
      {
        id: tenant.id('ada'),
        targetId: tenant.target('ada'),
        kind: 'differs',
        differences: expect.arrayContaining([
          { path: 'title', wanted: 'Head Example', found: null },
          { path: `${enterprise}:department`, wanted: 'Sales', found: '' },
        ]),
      },
    ]);
  });

  it('counts where it was added once only while it is empty', async () => {
    const mapping = mappingWith((draft) => {
      draft.mapping('displayName').flowType = 'AttributeAddOnly';
      draft.mapping(`${enterprise}:department`).flowType = 'ObjectAddOnly';
    });
    const tenant = await createLinkedTenant({ mapping, engine: { reconcileMode: 'repair' } });
    const users = [{ userName: address('ada'), displayName: 'By hand', department: 'By hand' }];
    tenant.zoom.seed({ users });
    await tenant.runCycle('reconcile');
    expect(await tenant.drift()).toEqual([]);
    expect(tenant.account('ada')).toMatchObject({ displayName: 'By hand' });
  });

  it('is replaced in the report where the log must not show it', async () => {
    const tenant = await createLinkedTenant({ redact: new Set(['department']) });
    tenant.zoom.seed({ users: [{ userName: address('ada'), department: 'Secret' }] });
    const { cycleId } = await tenant.runCycle('reconcile');
    const told = JSON.stringify([await tenant.drift(), await tenant.records(cycleId)]);
    expect(told).toContain('[Redact]');
    expect(told).not.toMatch(/Secret|Sales/);
  });
});

describe('a list that cannot be trusted', () => {
  it.each(['list.shortPage', 'list.shiftingPages', 'list.wrongTotal', 'list.sameRows'] as const)(
    'makes nobody missing (%s)',
    async (mode) => {
      const tenant = await createLinkedTenant({ engine: { reconcileMode: 'repair' } });
      const faults = {
        'list.shortPage': { mode: 'list.shortPage', rows: 3 },
        'list.shiftingPages': { mode: 'list.shiftingPages', by: 2 },
        'list.wrongTotal': { mode: 'list.wrongTotal', total: 1 },
        'list.sameRows': { mode: 'list.sameRows' },
      } as const;
      tenant.zoom.addFault({ on: 'users.list', fault: faults[mode] });
      const { counts } = await tenant.runCycle('reconcile');
      expect(await tenant.drift()).toEqual([]);
      expect(counts.driftMissing).toBeUndefined();
      expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 6, linkedDisabled: 1 });
    },
  );

  it('leaves the report before in force, says why, and is asked for again by the next cycle', async () => {
    const week = 7 * 24 * 60 * 60_000;
    const tenant = await createLinkedTenant({ engine: { reconcileIntervalMs: week } });
    tenant.zoom.seed({ users: [{ userName: address('zed') }] });
    await tenant.runCycle('reconcile');
    const before = await tenant.drift();
    expect(before).toHaveLength(1);
    tenant.clock.advance(week);
    tenant.zoom.addFault({ on: 'users.list', fault: { mode: 'status', code: 500, body: '' } });
    const failed = await tenant.runCycle();
    expect(failed).toMatchObject({ kind: 'reconcile', state: 'EntryLevelErrors', counts: { notCompared: 1 } });
    expect(failed.fault?.request).toMatchObject({ service: 'zoom', status: 500 });
    expect(await tenant.drift()).toEqual(before);
    tenant.zoom.clearFaults();
    tenant.zoom.removeAccount(before[0]?.targetId ?? '');
    expect(await tenant.runCycle()).toMatchObject({ kind: 'reconcile', state: 'Succeeded' });
    expect(await tenant.drift()).toEqual([]);
    expect(await tenant.runCycle()).toMatchObject({ kind: 'incremental' });
  });

  it('waits for the end of a daily limit and goes on', async () => {
    const tenant = await createLinkedTenant();
    tenant.zoom.removeAccount(tenant.target('ada'));
    tenant.zoom.addFault({ on: 'users.list', fault: { mode: 'rate.daily' }, nth: 1 });
    tenant.zoom.addFault({ on: 'users.get', fault: { mode: 'rate.daily' }, nth: 1 });
    const summary = await tenant.runCycle('reconcile');
    expect(tenant.slices()).toBe(3);
    expect(summary).toMatchObject({ state: 'Succeeded', counts: { driftMissing: 1 } });
  });
});

describe('very many alterations', () => {
  it('are held where somebody enabled the accounts of many who left', async () => {
    const engine = { reconcileMode: 'repair', deletionThreshold: 1, deletionThresholdPercent: 100 } as const;
    const tenant = await createLinkedTenant({ engine });
    for (const name of ['ada', 'ben']) {
      tenant.graph.dir.updateUser(tenant.id(name), { accountEnabled: false });
      await tenant.runCycle();
    }
    const users = ['ada', 'ben'].map((name) => ({ userName: address(name), status: 'active' as const }));
    tenant.zoom.seed({ users });
    const { counts } = await tenant.runCycle('reconcile');
    expect(counts).toMatchObject({ driftActive: 2, held: 2 });
    expect(tenant.account('ada')?.status).toBe('active');
    expect((await tenant.runCycle('reconcile')).counts.driftActive).toBeUndefined();
  });

  it('lead to no accounts where all are missing: that is another Zoom account', async () => {
    const tenant = await createLinkedTenant({ engine: { reconcileMode: 'repair', deletionThreshold: 3 } });
    for (const name of ['ada', 'ben', 'cem', 'dia']) tenant.zoom.removeAccount(tenant.target(name));
    tenant.takeCalls();
    const { counts, cycleId } = await tenant.runCycle('reconcile');
    expect(counts).toMatchObject({ driftMissing: 4 });
    expect(tenant.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual([]);
    expect(tenant.notices).toMatchObject([{ incident: `missing:${cycleId}`, people: 4, place: 'drift' }]);
  });
});

describe('a missing account', () => {
  it('of somebody who left is let go, and not made anew', async () => {
    const tenant = await createLinkedTenant({ engine: { reconcileMode: 'repair' } });
    tenant.zoom.removeAccount(tenant.target('gus'));
    expect((await tenant.runCycle('reconcile')).counts).toMatchObject({ driftMissing: 1 });
    expect((await tenant.row(tenant.id('gus')))?.link ?? null).toBeNull();
    expect(await tenant.world.state.targets.readOwner(tenant.target('gus'))).toBeNull();
    expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 6, linkedDisabled: 0 });
    await tenant.runCycle('reconcile');
    expect(await tenant.drift()).toEqual([]);
    tenant.graph.dir.updateUser(tenant.id('gus'), { accountEnabled: true });
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
  });

  it('is matched again before another is made', async () => {
    const tenant = await createLinkedTenant({ engine: { reconcileMode: 'repair' } });
    tenant.zoom.removeAccount(tenant.target('ada'));
    const { userIds } = tenant.zoom.seed({ users: [{ userName: address('ada') }] });
    expect((await tenant.runCycle('reconcile')).counts).toMatchObject({ driftMissing: 1, adopted: 1 });
    expect((await tenant.row(tenant.id('ada')))?.link?.targetId).toBe(userIds[address('ada')]);
    await tenant.runCycle('reconcile');
    expect(await tenant.drift()).toEqual([]);
  });
});

describe('an account that cannot be read', () => {
  it('stops no other, and the cycle says why', async () => {
    const tenant = await createLinkedTenant();
    for (const name of ['ada', 'ben']) tenant.zoom.seed({ users: [{ userName: address(name), department: 'Legal' }] });
    tenant.zoom.addFault({ on: 'users.get', user: tenant.target('ada'), fault: { mode: 'body.malformed' } });
    const summary = await tenant.runCycle('reconcile');
    expect(await tenant.drift()).toMatchObject([{ id: tenant.id('ben'), kind: 'differs' }]);
    expect(summary.counts).toMatchObject({ accountsNotRead: 1 });
    expect(summary.fault).not.toBeNull();
  });
});
