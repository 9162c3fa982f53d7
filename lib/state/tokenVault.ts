import { z } from 'zod';
import type { ConsentTokens, TokenVault } from '../engine/consent.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { credentialRows, type Partitions, tableNames } from './names.js';
import { deleteRows, upsertRows } from './plainRows.js';
import type { StoredEntity, Tables } from './tables.js';

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
  const parse = ({ columns }: StoredEntity): ConsentTokens =>
    readJsonOf({ table: table.name, rowKey, columns }, 'value', shape);

  const replace = async (refreshToken: string, tokens: ConsentTokens): Promise<boolean> => {
    const stored = await table.get(partitionKey, rowKey);
    if (stored === null) return false;
    const standing = parse(stored).refreshToken;
    // A write whose answer was lost finds itself.
    if (standing !== refreshToken) return standing === tokens.refreshToken;
    const columns = jsonColumn('value', tokens);
    const result = await table.transact(partitionKey, [{ kind: 'replace', rowKey, columns, etag: stored.etag }]);
    return result.kind === 'done' || replace(refreshToken, tokens);
  };

  return {
    read: async () => {
      const stored = await table.get(partitionKey, rowKey);
      return stored === null ? null : parse(stored);
    },
    write: (tokens) => upsertRows(table, partitionKey, [[rowKey, jsonColumn('value', tokens)]]),
    replace,
    clear: () => deleteRows(table, partitionKey, [rowKey]),
  };
};
