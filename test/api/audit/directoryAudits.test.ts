import type { DirectoryAudit } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import { listDirectoryAudits } from '../../../lib/api/audit/directoryAudits.js';
import { toDirectoryAudit } from '../../../lib/api/audit/toDirectoryAudit.js';
import type { AuditEntry } from '../../../lib/engine/audit.js';
import { createState } from '../../../lib/state/createState.js';
import { createMemoryTables } from '../../../lib/state/memoryTables.js';
import { createHeldClock } from '../../fakes/heldClock.js';
import { at, jobId } from '../../state/samples.js';
import { getRequest } from '../getRequest.js';

const page = z.object({
  value: z.array(z.object({ id: z.string(), activityDisplayName: z.string() })),
  '@odata.nextLink': z.string().optional(),
});

const entryOf = (id: string, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  at: at(0),
  activity: 'Update provisioning setting or credentials',
  actor: { objectId: 'person', applicationId: 'portal', kind: 'user' },
  result: 'success',
  reason: null,
  changes: [{ name: 'schedule.interval', old: 'PT40M', new: 'PT20M' }],
  ...changes,
});

const createAudits = async () => {
  const state = createState({ tables: createMemoryTables(), jobId, clock: createHeldClock(), newId: () => 'id' });
  await state.audit.record(entryOf('a1', { at: at(1) }));
  await state.audit.record(
    entryOf('a2', { at: at(2), activity: 'Enable/start provisioning configuration', changes: [] }),
  );
  await state.audit.record(
    entryOf('a3', {
      at: at(3),
      result: 'failure',
      reason: 'The body is no JSON.',
      actor: { objectId: 'daemon', applicationId: 'script', kind: 'application' },
    }),
  );
  const world = { jobId, servicePrincipalId: 'sp', state };
  const list = async (query: Readonly<Record<string, string>> = {}, path = 'auditLogs/directoryAudits') =>
    page.parse((await listDirectoryAudits(world, getRequest(path, query))).body);
  return { list };
};

/** Every member of Graph's type, with the values that it has. */
const asGraphHasIt = (entry: AuditEntry): Required<DirectoryAudit> =>
  toDirectoryAudit(entry, { jobId, servicePrincipalId: 'sp' });

describe('GET /auditLogs/directoryAudits', () => {
  test('says who changed what and when, in the shape of Graph’s directoryAudit', () => {
    expect(asGraphHasIt(entryOf('a1'))).toEqual({
      id: 'a1',
      activityDateTime: at(0),
      activityDisplayName: 'Update provisioning setting or credentials',
      category: 'ProvisioningManagement',
      correlationId: 'a1',
      initiatedBy: {
        user: { id: 'person', displayName: null, userPrincipalName: null, ipAddress: null },
        app: { appId: 'portal', displayName: null, servicePrincipalId: null, servicePrincipalName: null },
      },
      loggedByService: 'Account Provisioning',
      operationType: 'Update',
      result: 'success',
      resultReason: null,
      targetResources: [
        {
          id: 'sp',
          displayName: 'Zoom',
          type: 'ServicePrincipal',
          userPrincipalName: null,
          groupType: null,
          modifiedProperties: [{ displayName: 'schedule.interval', oldValue: 'PT40M', newValue: 'PT20M' }],
        },
      ],
      additionalDetails: [{ key: 'JobId', value: jobId }],
    });
  });

  test('names an application of its own as the initiator, and no person', () => {
    const actor = { objectId: 'daemon', applicationId: 'script', kind: 'application' } as const;
    expect(asGraphHasIt(entryOf('a1', { actor })).initiatedBy).toEqual({
      user: null,
      app: { appId: 'script', displayName: null, servicePrincipalId: 'daemon', servicePrincipalName: null },
    });
  });

  test.each<[string, readonly string[]]>([
    ["activityDisplayName eq 'Enable/start provisioning configuration'", ['a2']],
    ["startswith(activityDisplayName,'Update')", ['a3', 'a1']],
    ["initiatedBy/user/id eq 'person'", ['a2', 'a1']],
    ["initiatedBy/app/servicePrincipalId eq 'daemon'", ['a3']],
    ["result eq 'failure'", ['a3']],
    [`activityDateTime ge ${at(2)} and activityDateTime le ${at(2)}`, ['a2']],
    ["id eq 'a1' or id eq 'a3'", ['a3', 'a1']],
  ])('finds by %s', async ($filter, expected) => {
    const { list } = await createAudits();
    expect((await list({ $filter })).value.map(({ id }) => id)).toEqual(expected);
  });

  test('pages in both orders, newest first unless told otherwise', async () => {
    const { list } = await createAudits();
    const first = await list({ $top: '2' });
    expect(first.value.map(({ id }) => id)).toEqual(['a3', 'a2']);
    const second = await list({}, first['@odata.nextLink']);
    expect(second.value.map(({ id }) => id)).toEqual(['a1']);
    expect((await list({ $orderby: 'activityDateTime' })).value.map(({ id }) => id)).toEqual(['a1', 'a2', 'a3']);
  });

  test('refuses what there is not', async () => {
    const { list } = await createAudits();
    await expect(list({ $filter: "jobId eq 'x'" })).rejects.toMatchObject({ status: 400, target: 'jobId' });
    await expect(list({ $expand: 'targetResources' })).rejects.toMatchObject({ status: 400, target: '$expand' });
  });
});
