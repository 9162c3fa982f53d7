import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { type RunningService, startService } from './runningService.js';

/** The built-in schema with Delete among the users' actions, as an administrator would export it. */
const schemaThatDeletes = () => ({
  ...builtInZoomSchema,
  synchronizationRules: builtInZoomSchema.synchronizationRules.map((rule) => ({
    ...rule,
    objectMappings: rule.objectMappings?.map((mapping) => ({ ...mapping, flowTypes: 'Add, Update, Delete' })),
  })),
});

describe('deleting, where schema and policy both ask for it', () => {
  const azurite = withAzurite();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'schema-'));
  let service: RunningService;

  beforeAll(async () => {
    const schemaFile = path.join(folder, 'schema.json');
    writeFileSync(schemaFile, JSON.stringify(schemaThatDeletes()));
    service = await startService({
      connectionString: azurite.connectionString(),
      settings: { SCHEMA_FILE: schemaFile, REMOVAL_POLICY: JSON.stringify({ hardDeleted: 'delete' }) },
    });
    service.join('anchor');
    await service.runByTimer();
  });
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });

  it('disables at the soft delete and deletes after the purge', async () => {
    const id = service.join('leaver');
    await service.runByApi();
    const accountId = service.accountId('leaver');
    service.simulators.graph.dir.deleteUser(id);
    const disabled = await service.runByApi();
    expect(disabled.received.map(({ method }) => method)).toEqual(['PATCH']);
    service.simulators.graph.dir.purgeUser(id);
    const purged = await service.runByApi();
    expect(purged.received).toEqual([{ method: 'DELETE', path: `/scim2/Users/${accountId}`, body: null }]);
    expect(purged.records).toHaveLength(1);
    expect(purged.records[0]).toMatchObject({
      provisioningAction: 'delete',
      provisioningStatusInfo: { status: 'success' },
      sourceIdentity: { id },
      targetIdentity: { id: accountId },
    });
    expect(purged.records[0]?.provisioningSteps.map(({ name }) => name)).toContain('EntryExportDelete');
    expect(service.accountId('leaver')).toBe('');
    expect((await service.runByApi()).received).toEqual([]);
  });

  it('gives a person who is created anew an account of their own', async () => {
    service.join('leaver');
    const { received } = await service.runByApi();
    expect(received.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });
});
