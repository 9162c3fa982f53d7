import { compileObjectMapping } from '../../../lib/mapping/compileObjectMapping.js';
import { draftSchema, functionSource } from '../../schema/schemaDraft.js';
import { address, createLinkedTenant } from './alteredZoom.js';

const manager = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager';

describe('a manager that was changed in Zoom', () => {
  it('is found although lists do not show it, and put right', async () => {
    const draft = draftSchema();
    draft.add({ targetAttributeName: manager, source: functionSource('[manager]') });
    const mapping = compileObjectMapping(draft.schema, 'user');
    if (mapping === null) throw new Error('The schema maps users.');
    const tenant = await createLinkedTenant({ mapping });
    tenant.graph.dir.setManager(tenant.id('ada'), tenant.id('ben'));
    await tenant.runCycle();
    await tenant.runCycle();
    await tenant.runCycle('reconcile');
    expect(await tenant.drift()).toEqual([]);
    const before = tenant.account('ada')?.enterprise['manager'];
    tenant.zoom.seed({ users: [{ userName: address('ada'), enterprise: { manager: tenant.target('cem') } }] });
    tenant.configure({ reconcileMode: 'repair' });
    await tenant.runCycle('reconcile');
    expect(await tenant.drift()).toMatchObject([
      {
        id: tenant.id('ada'),
        kind: 'differs',
        differences: [{ path: manager, wanted: tenant.target('ben'), found: tenant.target('cem') }],
      },
    ]);
    expect(tenant.account('ada')?.enterprise['manager']).toEqual(before);
    await tenant.runCycle('reconcile');
    expect(await tenant.drift()).toEqual([]);
  });
});
