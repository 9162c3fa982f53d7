import type { RecordRow } from '../../lib/engine/record.js';
import { mapOnlyDepartment } from '../fakes/filteredMapping.js';
import { jobId } from '../fakes/surroundings.js';
import { createTenant, domain, servicePrincipalId, type Tenant, tenantId } from '../fakes/tenant.js';

const department = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department';

const recordsOf = async (tenant: Tenant, id: string): Promise<readonly RecordRow[]> =>
  (await tenant.world.state.records.listByObject(id, null)).rows;

const newestOf = async (tenant: Tenant, id: string): Promise<RecordRow> => {
  const [record] = await recordsOf(tenant, id);
  if (!record) throw new Error('The log says nothing of the object.');
  return record;
};

describe('a record of the provisioning log', () => {
  it('says who, whom, where, in which cycle and for how long', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    const { cycleId } = await tenant.runCycle();
    const record = await newestOf(tenant, id);
    const zoomId = tenant.account('ada')?.id;
    expect(record).toMatchObject({
      tenantId,
      jobId,
      cycleId,
      changeId: record.id,
      provisioningAction: 'create',
      initiatedBy: { displayName: 'entra-zoom-sync', initiatorType: 'system' },
      servicePrincipal: { id: servicePrincipalId, displayName: 'Zoom' },
      sourceSystem: { id: tenantId, displayName: 'Microsoft Entra ID' },
      targetSystem: { details: { ServicePrincipalId: servicePrincipalId, ServicePrincipalDisplayName: 'Zoom' } },
      sourceIdentity: {
        id,
        displayName: 'ada Example',
        identityType: 'User',
        details: { userPrincipalName: `ada@${domain}`, mail: `ada@${domain}` },
      },
      targetIdentity: { id: zoomId, displayName: `ada@${domain}`, identityType: 'User' },
      provisioningStatusInfo: { status: 'success', errorInformation: null },
    });
    expect(record.durationInMilliseconds).toBeGreaterThanOrEqual(0);
  });

  it('shows in its steps the attributes as read, every gate with Microsoft’s name beside it, and the account', async () => {
    const tenant = await createTenant();
    tenant.zoom.seed({ users: [{ id: 'zoomAda', userName: `ada@${domain}`, department: 'Old' }] });
    const id = tenant.join('ada', { department: 'New' });
    await tenant.runCycle();
    const { provisioningSteps: steps } = await newestOf(tenant, id);
    expect(steps.map(({ provisioningStepType: type, status }) => `${type} ${status}`)).toEqual([
      'import success',
      'scoping success',
      'matching success',
      'processing success',
      'export success',
    ]);
    expect(steps[0]?.details).toMatchObject({ department: 'New', userPrincipalName: `ada@${domain}` });
    expect(steps[1]?.details).toMatchObject({
      assignment: 'assigned directly',
      accountEnabled: 'accountEnabled is true',
      'Assigned to the application': 'True',
      'Active in the source system': 'True',
      'Scoping filter evaluation passed': 'True',
    });
    expect(steps[2]?.details).toMatchObject({ id: 'zoomAda', [department]: 'Old' });
  });

  it('has the values from before: of a change, of a disabling and of an enabling', async () => {
    const tenant = await createTenant({ engine: { deletionThresholdPercent: 100 } });
    const id = tenant.join('ada', { department: 'Sales' });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { accountEnabled: true, department: 'Works' });
    await tenant.runCycle();
    const [enabled, disabled, changed, created] = await recordsOf(tenant, id);
    expect(created?.modifiedProperties.every(({ oldValue }) => oldValue === null)).toBe(true);
    expect(changed?.modifiedProperties).toEqual([{ displayName: department, oldValue: 'Sales', newValue: 'Legal' }]);
    expect(disabled).toMatchObject({
      provisioningAction: 'disable',
      modifiedProperties: [{ displayName: 'active', oldValue: 'true', newValue: 'false' }],
    });
    expect(enabled?.modifiedProperties).toEqual(
      expect.arrayContaining([
        { displayName: department, oldValue: 'Legal', newValue: 'Works' },
        { displayName: 'active', oldValue: 'false', newValue: 'true' },
      ]),
    );
  });

  it('of a failure says what was attempted', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    await tenant.runCycle();
    tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'status', code: 500 } });
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    await tenant.runCycle();
    expect(await newestOf(tenant, id)).toMatchObject({
      provisioningAction: 'update',
      provisioningStatusInfo: {
        status: 'failure',
        errorInformation: {
          errorCode: 'InternalServerError',
          errorCategory: 'nonServiceFailure',
          additionalDetails: expect.stringMatching(/^PUT .* answered 500 \(request /),
        },
      },
      modifiedProperties: [{ displayName: department, oldValue: 'Sales', newValue: 'Legal' }],
    });
  });

  it('of somebody who is gone for good is found by the name that went with them', async () => {
    const tenant = await createTenant({
      engine: { deletionThresholdPercent: 100 },
      graph: { tombstoneProbability: 1 },
    });
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.graph.dir.deleteUser(id);
    await tenant.runCycle();
    tenant.graph.dir.purgeUser(id);
    await tenant.runCycle();
    expect(await tenant.world.state.records.findSourceIds(`ADA@${domain}`)).toEqual([id]);
    expect((await recordsOf(tenant, id)).map(({ provisioningAction }) => provisioningAction)).toContain('disable');
  });
});

describe('what the log must not show', () => {
  it('stands nowhere in a record: not in the attribute, what is made of it, the filter or the account', async () => {
    const tenant = await createTenant({
      mapping: mapOnlyDepartment('Zanzibar'),
      redact: new Set(['Department', 'surname', 'userPrincipalName', 'mail']),
    });
    tenant.zoom.seed({
      users: [
        { userName: `known-ada@${domain}`, department: 'Atlantis', familyName: 'Secretson', displayName: 'Else' },
      ],
    });
    const ids = ['known-ada', 'known-ben'].map((name) => tenant.join(name, { department: 'Zanzibar' }));
    const outside = tenant.join('known-cem', { department: 'Lemuria' });
    const named = { displayName: 'Somebody', givenName: 'Some' };
    for (const id of ids) tenant.graph.dir.updateUser(id, { ...named, surname: 'Secretson' });
    tenant.graph.dir.updateUser(outside, named);
    await tenant.runCycle();
    tenant.graph.dir.updateUser(ids[0] ?? '', { surname: 'Secretdottir' });
    await tenant.runCycle();
    const records = (await Promise.all([...ids, outside].map((id) => recordsOf(tenant, id)))).flat();
    expect(records).toHaveLength(4);
    const told = JSON.stringify(records);
    for (const secret of ['Zanzibar', 'Atlantis', 'Lemuria', 'Secretson', 'Secretdottir', 'known-']) {
      expect(told).not.toContain(secret);
    }
    expect(records[0]?.modifiedProperties).toEqual([
      { displayName: 'name.familyName', oldValue: '[Redact]', newValue: '[Redact]' },
    ]);
    expect(await newestOf(tenant, outside)).toMatchObject({
      sourceIdentity: { displayName: 'Somebody', details: { userPrincipalName: '[Redact]' } },
      provisioningStatusInfo: { errorInformation: { errorCode: 'ScopingFilter', reason: '[Redact]' } },
    });
    expect(await tenant.world.state.records.findSourceIds('[Redact]')).toEqual([]);
  });
});
