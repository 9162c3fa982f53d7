import { z } from 'zod';
import type { CredentialRow, CredentialStore } from '../engine/consent.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { rowContended } from './faults.js';
import { credentialRows, type Partitions, tableNames } from './names.js';
import type { StoredEntity, Tables } from './tables.js';

const shape: z.ZodType<CredentialRow> = z.object({
  kind: z.enum(['bearer', 'refreshToken']),
  fingerprint: z.string(),
  since: z.string(),
  lastUsedAt: z.string(),
  expiresAt: z.string().nullable(),
  told: z.string().nullable(),
});

const mostAttempts = 10;

/** What is known of the credential's age: one row of the table `Credentials`. */
export const createCredentialStore = (tables: Tables, partitions: Partitions): CredentialStore => {
  const table = tables.table(tableNames.credentials);
  const { job: partitionKey } = partitions;
  const rowKey = credentialRows.credential;
  const parse = (entity: StoredEntity | null): CredentialRow | null =>
    entity === null ? null : readJsonOf({ table: table.name, rowKey, columns: entity.columns }, 'value', shape);

  const tryToWrite = async (stored: StoredEntity | null, row: CredentialRow | null): Promise<boolean> => {
    if (row === null) return stored === null || (await table.remove(partitionKey, rowKey, stored.etag)) !== 'stale';
    const columns = jsonColumn('value', row);
    const result = await table.transact(partitionKey, [
      stored === null ? { kind: 'create', rowKey, columns } : { kind: 'replace', rowKey, columns, etag: stored.etag },
    ]);
    return result.kind === 'done';
  };

  return {
    read: async () => parse(await table.get(partitionKey, rowKey)),
    update: async (change) => {
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        const stored = await table.get(partitionKey, rowKey);
        const before = parse(stored);
        const after = change(before);
        if (after === before || (await tryToWrite(stored, after))) return after;
      }
      throw rowContended(table.name, rowKey);
    },
  };
};
