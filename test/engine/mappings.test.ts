import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import type { ZoomSettingsChange } from '../../lib/sandbox/zoom/settings.js';
import { createTenant, domain, type Tenant } from '../fakes/tenant.js';
import { draftSchema, functionSource, type SchemaDraft } from '../schema/schemaDraft.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const tenantWith = (change: (draft: SchemaDraft) => void, zoom: ZoomSettingsChange = {}): Promise<Tenant> => {
  const draft = draftSchema();
  change(draft);
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (mapping === null) throw new Error('The schema maps users.');
  return createTenant({ mapping, zoom });
};
const failuresOf = async (tenant: Tenant, cycleId: string) =>
  (await tenant.records(cycleId)).flatMap(
    ({ provisioningStatusInfo }) => provisioningStatusInfo.errorInformation ?? [],
  );

describe('a value that a null result clears', () => {
  const clearing = (draft: SchemaDraft) => {
    draft.add({ targetAttributeName: 'title', source: functionSource('[jobTitle]'), flowNullValues: true });
    draft.mapping(`${enterprise}:department`).flowNullValues = true;
  };

  it('is cleared in Zoom once, and not before there was one', async () => {
    const tenant = await tenantWith(clearing);
    const id = tenant.join('ada');
    await tenant.runCycle();
    await tenant.runCycle('initial');
    expect(tenant.takeCalls().filter((call) => call.startsWith('PUT'))).toEqual([]);
    tenant.graph.dir.updateUser(id, { jobTitle: 'Counsel' });
    await tenant.runCycle();
    expect(tenant.account('ada')?.title).toBe('Counsel');
    tenant.graph.dir.updateUser(id, { jobTitle: null, department: null });
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 1 });
    expect(tenant.account('ada')).toMatchObject({ title: null, enterprise: {} });
    expect((await tenant.runCycle()).counts).toMatchObject({ zoomRequests: 0 });
  });

  it('is warned of once where Zoom keeps it, then idle', async () => {
    const tenant = await tenantWith(clearing, { emptyText: 'ignore' });
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { department: null });
    const { cycleId } = await tenant.runCycle();
    const [record] = await tenant.records(cycleId);
    expect(record?.provisioningStatusInfo.status).toBe('warning');
    expect(JSON.stringify(record?.provisioningSteps)).toContain('notApplied');
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });
});

describe('a matching attribute that Zoom cannot search by', () => {
  it('is passed over where another one can be asked', async () => {
    const tenant = await tenantWith((draft) => {
      draft.mapping('userName').matchingPriority = 2;
      draft.mapping('emails[type eq "work"].value').matchingPriority = 1;
    });
    tenant.zoom.seed({ users: [{ id: 'z1', userName: `ada@${domain}` }] });
    tenant.join('ada');
    tenant.join('ben');
    expect((await tenant.runCycle()).counts).toMatchObject({ adopted: 1, created: 1 });
  });
});

describe('a flow type that depends on what Zoom holds', () => {
  const filling = (draft: SchemaDraft) =>
    draft.add({
      targetAttributeName: 'title',
      source: functionSource('[jobTitle]'),
      flowType: 'AttributeAddOnly',
    });

  it('is asked of Zoom where that is not known', async () => {
    const tenant = await tenantWith(filling);
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.takeCalls();
    tenant.graph.dir.updateUser(id, { jobTitle: 'Counsel' });
    await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual(['GET users.get', 'PUT users.put']);
    expect(tenant.account('ada')?.title).toBe('Counsel');
    tenant.graph.dir.updateUser(id, { jobTitle: 'Judge' });
    expect((await tenant.runCycle()).counts).toMatchObject({ zoomRequests: 0 });
    expect(tenant.account('ada')?.title).toBe('Counsel');
  });

  it('leaves what somebody wrote by hand', async () => {
    const tenant = await tenantWith(filling);
    tenant.zoom.seed({ users: [{ id: 'z1', userName: `ada@${domain}`, title: 'By hand' }] });
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { jobTitle: 'Counsel' });
    await tenant.runCycle();
    expect(tenant.account('ada')?.title).toBe('By hand');
  });
});

describe('what only a creation needs', () => {
  it('stops no update', async () => {
    const tenant = await tenantWith((draft) =>
      draft.add({
        targetAttributeName: 'title',
        source: functionSource('Switch([otherMails], , "a", "b")'),
        flowType: 'ObjectAddOnly',
      }),
    );
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { otherMails: ['a@x.example', 'b@x.example'], department: 'Legal' });
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 1 });
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Legal' });
  });
});

describe('a filter on membership of a group', () => {
  const membersOf = (groupId: string) => (draft: SchemaDraft) => {
    const operator = { operatorName: 'IsMemberOf', sourceOperandName: 'objectId' };
    draft.user.scope = { groups: [{ clauses: [{ ...operator, targetOperand: { values: [groupId] } }] }] };
  };
  const fixedId = '99999999-9999-4999-8999-999999999999';

  it('takes in the members of a group that is assigned, and follows its changes', async () => {
    const tenant = await tenantWith(membersOf(fixedId));
    const ids = [tenant.join('ada'), tenant.join('ben')];
    tenant.graph.dir.createGroup({ id: fixedId, displayName: 'Pilot', securityEnabled: true });
    tenant.graph.dir.addMember(fixedId, ids[0] ?? '');
    tenant.graph.dir.assign({ principalId: fixedId, appRoleId: '44444444-4444-4444-8444-444444444444' });
    await tenant.runCycle();
    expect([tenant.account('ada')?.status, tenant.account('ben')?.status]).toEqual(['active', undefined]);
    tenant.graph.dir.addMember(fixedId, ids[1] ?? '');
    await tenant.runCycle();
    expect(tenant.account('ben')?.status).toBe('active');
    tenant.graph.dir.removeMember(fixedId, ids[0] ?? '');
    await tenant.runCycle();
    await tenant.runCycle();
    expect([tenant.account('ada')?.status, tenant.account('ben')?.status]).toEqual(['inactive', 'active']);
  });

  it('finds nothing out about a group that is not assigned: nobody gets an account and nobody loses one', async () => {
    const tenant = await tenantWith(membersOf(fixedId));
    tenant.join('ada');
    const { cycleId } = await tenant.runCycle();
    expect(tenant.account('ada')).toBeUndefined();
    expect(await failuresOf(tenant, cycleId)).toMatchObject([
      { errorCode: 'AttributeMappingFailed', reason: expect.stringContaining('GroupMembersUnknown') },
    ]);
  });
});

describe('a mapping that makes active false', () => {
  const financeOff = (draft: SchemaDraft) => {
    const byDepartment = 'Switch([department], "True", "Finance", "False")';
    draft.mapping('active').source = functionSource(`Switch([IsSoftDeleted], ${byDepartment}, "True", "False")`);
  };

  it('disables whoever it takes access from, and enables them again', async () => {
    const tenant = await tenantWith(financeOff);
    const [id] = [tenant.join('ada'), tenant.join('ben')];
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { department: 'Finance' });
    await tenant.runCycle();
    expect([tenant.account('ada')?.status, tenant.account('ben')?.status]).toEqual(['inactive', 'active']);
    expect((await tenant.runCycle()).counts).toMatchObject({ zoomRequests: 0 });
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    await tenant.runCycle();
    expect(tenant.account('ada')?.status).toBe('active');
  });
});
