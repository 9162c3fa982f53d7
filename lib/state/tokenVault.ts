import { z } from 'zod';
import type { ConsentTokens, TokenVault } from '../engine/consent.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { credentialRows, type Partitions, tableNames } from './names.js';
import { deleteRows, upsertRows } from './plainRows.js';
import type { Tables } from './tables.js';

const shape: z.ZodType<ConsentTokens> = z.object({
  refreshToken: z.string(),
  accessToken: z.string(),
  accessExpiresAt: z.string(),
  authorisedAt: z.string(),
  issuedAt: z.string(),
});

/** The tokens in the storage account, for a machine of one's own; in Azure they lie in Key Vault. */
export const createTableTokenVault = (tables: Tables, partitions: Partitions): TokenVault => {
  const table = tables.table(tableNames.credentials);
  const { job: partitionKey } = partitions;
  const rowKey = credentialRows.tokens;
  return {
    read: async () => {
      const entity = await table.get(partitionKey, rowKey);
      if (entity === null) return null;
      return readJsonOf({ table: table.name, rowKey, columns: entity.columns }, 'value', shape);
    },
    write: (tokens) => upsertRows(table, partitionKey, [[rowKey, jsonColumn('value', tokens)]]),
    clear: () => deleteRows(table, partitionKey, [rowKey]),
  };
};
