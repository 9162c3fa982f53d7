import type { RemovalPolicy } from '../../../lib/engine/removalPolicy.js';
import { createGroupTenant } from '../../fakes/groupTenant.js';
import { createTenant, licensedRoleId } from '../../fakes/tenant.js';
import { functionSource, type SchemaDraft } from '../../schema/schemaDraft.js';

const deletes: RemovalPolicy = {
  unassigned: { kind: 'delete', afterMs: 0 },
  filteredOut: { kind: 'delete', afterMs: 0 },
  blocked: { kind: 'disable' },
  softDeleted: { kind: 'delete', afterMs: 0 },
  hardDeleted: { kind: 'delete', afterMs: 0 },
};
const mayDelete = (draft: SchemaDraft) => {
  draft.group.flowTypes = 'Add, Update, Delete';
};
const groupCalls = (calls: readonly string[]) => calls.filter((call) => call.includes('group'));
const filterOnName = (draft: SchemaDraft) => {
  draft.group.scope = {
    groups: [
      {
        name: 'names',
        clauses: [
          { sourceOperandName: 'displayName', operatorName: 'NOT EQUALS', targetOperand: { values: ['Secret'] } },
        ],
      },
    ],
    inputFilterGroups: [],
  };
};

describe('groups off in the schema', () => {
  it('asks and sends nothing about groups', async () => {
    const tenant = await createTenant();
    tenant.group('Sales', [tenant.join('ada')]);
    await tenant.runCycle();
    await tenant.runCycle();
    expect(groupCalls(tenant.takeCalls())).toEqual([]);
  });
});

describe('an assigned group', () => {
  it('is created once, and nothing is sent again', async () => {
    const tenant = await createGroupTenant();
    const id = tenant.group('Sales', []);
    expect((await tenant.runCycle()).counts).toMatchObject({ groupsCreated: 1 });
    expect(tenant.zoomGroup('Sales')).toBeDefined();
    expect((await tenant.row(id))?.link).toMatchObject({ state: 'active', origin: 'created' });
    const idle = await tenant.runCycle();
    expect(idle.counts).toMatchObject({ zoomRequests: 0, graphRequests: 3 });
  });

  it('is adopted where Zoom has one of that name, and named as Entra writes it', async () => {
    const tenant = await createGroupTenant();
    tenant.zoom.seed({ groups: [{ displayName: 'SALES' }] });
    const id = tenant.group('Sales', []);
    expect((await tenant.runCycle()).counts).toMatchObject({ groupsAdopted: 1 });
    expect(tenant.zoomGroup('Sales')).toBeDefined();
    expect((await tenant.row(id))?.link).toMatchObject({ origin: 'adopted' });
  });

  it('is renamed with its Entra group, in one cycle', async () => {
    const tenant = await createGroupTenant();
    const id = tenant.group('Sales', [tenant.join('ada')]);
    await tenant.runCycle();
    tenant.graph.dir.updateGroup(id, { displayName: 'Sales EMEA' });
    tenant.takeCalls();
    const renamed = await tenant.runCycle();
    expect(renamed.counts).toMatchObject({ groupsUpdated: 1, graphRequests: 3 });
    expect(tenant.takeCalls()).toEqual(['PATCH groups.patch', 'GET groups.get']);
    expect(tenant.zoomGroup('Sales EMEA')).toBeDefined();
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('takes its name from an expression', async () => {
    const tenant = await createGroupTenant((draft) => {
      const [name] = draft.group.attributeMappings ?? [];
      if (name) name.source = functionSource('Switch([displayName], [displayName], "Sales Team", "Zoom Phone Users")');
    });
    tenant.group('Sales Team', []);
    await tenant.runCycle();
    expect(tenant.zoomGroup('Zoom Phone Users')).toBeDefined();
  });

  it('is told that another has its name in Zoom, in whatever order they come', async () => {
    const tenant = await createGroupTenant();
    const first = tenant.group('Sales', []);
    const second = tenant.group('sales', []);
    const { cycleId } = await tenant.runCycle();
    const rows = [await tenant.row(first), await tenant.row(second)];
    expect(rows.filter((row) => row?.link !== null)).toHaveLength(1);
    expect(rows.map((row) => row?.pending?.fault?.code)).toContain('DuplicateSourceEntries');
    expect([...tenant.zoom.state().groups.values()].filter((group) => /sales/i.test(group.displayName))).toHaveLength(
      1,
    );
    const failed = (await tenant.records(cycleId)).filter(
      ({ provisioningStatusInfo }) => provisioningStatusInfo.status === 'failure',
    );
    expect(failed.map(({ sourceIdentity }) => sourceIdentity.identityType)).toEqual(['Group']);
  });

  it('is made again where somebody deleted it in Zoom, when it changes next', async () => {
    const tenant = await createGroupTenant();
    const id = tenant.group('Sales', []);
    await tenant.runCycle();
    const before = (await tenant.row(id))?.link?.targetId;
    await tenant.clock.settle(tenant.world.target.groups.deleteGroup(before ?? '', new AbortController().signal));
    tenant.graph.dir.updateGroup(id, { displayName: 'Sales EMEA' });
    await tenant.runCycle();
    expect(tenant.zoomGroup('Sales EMEA')).toBeDefined();
    expect((await tenant.row(id))?.link?.targetId).not.toBe(before);
  });
});

describe('a group that leaves scope', () => {
  it('stays in Zoom where the policy says no more than disable', async () => {
    const tenant = await createGroupTenant(mayDelete);
    tenant.join('ada');
    const id = tenant.group('Sales', []);
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: id });
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.zoomGroup('Sales')).toBeDefined();
    tenant.graph.dir.assign({ principalId: id, appRoleId: licensedRoleId });
    tenant.takeCalls();
    await tenant.runCycle();
    expect(groupCalls(tenant.takeCalls())).toEqual([]);
  });

  it.each([
    [
      'unassigned',
      (tenant: Awaited<ReturnType<typeof createGroupTenant>>, id: string) =>
        tenant.graph.dir.unassign({ principalId: id }),
    ],
    [
      'deleted',
      (tenant: Awaited<ReturnType<typeof createGroupTenant>>, id: string) => tenant.graph.dir.deleteGroup(id),
    ],
  ])('is deleted where policy and mapping say so: %s', async (_how, leave) => {
    const tenant = await createGroupTenant(mayDelete, { engine: { removalPolicy: deletes } });
    tenant.join('ada');
    const id = tenant.group('Sales', []);
    await tenant.runCycle();
    leave(tenant, id);
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.zoomGroup('Sales')).toBeUndefined();
    expect((await tenant.row(id))?.link ?? null).toBeNull();
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('is not deleted where the mapping does not allow deleting', async () => {
    const tenant = await createGroupTenant(undefined, { engine: { removalPolicy: deletes } });
    tenant.join('ada');
    const id = tenant.group('Sales', []);
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: id });
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.zoomGroup('Sales')).toBeDefined();
  });

  it('waits for its day where the policy names one', async () => {
    const removalPolicy: RemovalPolicy = { ...deletes, unassigned: { kind: 'delete', afterMs: 24 * 3_600_000 } };
    const tenant = await createGroupTenant(mayDelete, { engine: { removalPolicy } });
    tenant.join('ada');
    const id = tenant.group('Sales', []);
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: id });
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.zoomGroup('Sales')).toBeDefined();
    tenant.clock.advance(25 * 3_600_000);
    await tenant.runCycle();
    expect(tenant.zoomGroup('Sales')).toBeUndefined();
  });

  it('is held with what the guard holds', async () => {
    const tenant = await createGroupTenant(mayDelete, { engine: { removalPolicy: deletes, deletionThreshold: 1 } });
    tenant.join('ada');
    const ids = ['Sales', 'Legal'].map((name) => tenant.group(name, []));
    await tenant.runCycle();
    for (const id of ids) tenant.graph.dir.unassign({ principalId: id });
    await tenant.runCycle();
    const { cycleId, counts } = await tenant.runCycle();
    expect(counts).toMatchObject({ held: 2 });
    expect(tenant.zoomGroup('Sales')).toBeDefined();
    expect((await tenant.records(cycleId)).map(({ provisioningAction }) => provisioningAction)).toContain(
      'stagedDelete',
    );
  });

  it('is left alone by a filter on its name, and made when it passes', async () => {
    const tenant = await createGroupTenant(filterOnName);
    const id = tenant.group('Secret', [tenant.join('ada', { assigned: false })]);
    await tenant.runCycle();
    expect(tenant.zoomGroup('Secret')).toBeUndefined();
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    tenant.graph.dir.updateGroup(id, { displayName: 'Open' });
    await tenant.runCycle();
    expect(tenant.zoomGroup('Open')).toBeDefined();
  });
});

describe('a group mapping that is switched on', () => {
  it('makes the groups that were assigned before, and leaves those that are not', async () => {
    const tenant = await createGroupTenant();
    tenant.group('Sales', []);
    tenant.group('Elsewhere', [], { assigned: false });
    await tenant.runCycle();
    expect(tenant.zoomGroup('Sales')).toBeDefined();
    expect(tenant.zoomGroup('Elsewhere')).toBeUndefined();
  });
});

describe('the default group of the Zoom account', () => {
  it('is not deleted, and says why', async () => {
    const tenant = await createGroupTenant(mayDelete, { engine: { removalPolicy: deletes } });
    tenant.zoom.seed({ groups: [{ displayName: 'Everybody', isDefault: true }] });
    tenant.join('ada');
    const id = tenant.group('Everybody', []);
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: id });
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.zoomGroup('Everybody')).toBeDefined();
    expect((await tenant.row(id))?.pending?.fault?.code).toBe('DefaultGroupUndeletable');
  });
});
