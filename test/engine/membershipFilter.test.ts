import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';
import { draftSchema } from '../schema/schemaDraft.js';

const pilotId = 'aaaaaaaa-0000-4000-8000-000000000001';

/** Everybody is assigned; the filter wants members of one of the assigned groups. */
const createPilot = async (): Promise<Tenant> => {
  const draft = draftSchema();
  const clause = { sourceOperandName: 'objectId', operatorName: 'IsMemberOf', targetOperand: { values: [pilotId] } };
  draft.user.scope = { groups: [{ name: 'pilot', clauses: [clause] }] };
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (!mapping) throw new Error('The draft maps no users.');
  const tenant = await createTenant({ mapping });
  tenant.graph.dir.createGroup({ id: pilotId, displayName: 'Pilot', securityEnabled: true });
  tenant.graph.dir.assign({ principalId: pilotId });
  return tenant;
};

describe('a filter on membership of a group', () => {
  it('lets members in, and out when they leave the group', async () => {
    const tenant = await createPilot();
    const [ada] = ['ada', 'ben'].map((name) => tenant.join(name));
    tenant.graph.dir.addMember(pilotId, ada ?? '');
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
    expect(tenant.account('ben')).toBeUndefined();
    tenant.graph.dir.removeMember(pilotId, ada ?? '');
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
  });

  it('takes nothing away in a cycle in which the group could not be read', async () => {
    const tenant = await createPilot();
    const ada = tenant.join('ada');
    tenant.graph.dir.addMember(pilotId, ada);
    await tenant.runCycle();
    tenant.graph.dir.removeMember(pilotId, ada);
    tenant.graph.dir.updateUser(ada, { department: 'Legal' });
    tenant.graph.addFault({ kind: 'status', status: 503 }, { routes: ['groupsDelta'] });
    const { counts, state } = await tenant.runCycle();
    expect([counts.disabled, state]).toEqual([undefined, 'EntryLevelErrors']);
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
  });
});
