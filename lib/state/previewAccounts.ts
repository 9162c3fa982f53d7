import { hash } from 'node:crypto';
import type { PretendAccount, PretendAccounts, SearchKey } from '../engine/preview/previewStore.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { encodeKey } from './keys.js';
import { upsertRows } from './plainRows.js';
import { accountShape } from './previewShapes.js';
import { endOfPrefix, type StoredEntity, type Table } from './tables.js';

export const accountPrefix = 'account!';
export const searchPrefix = 'find!';

const foundAtMost = 100;

/** Digests, since a value may be longer than a key may be. */
const findPrefix = ({ path, value }: SearchKey): string =>
  `${searchPrefix}${hash('sha256', JSON.stringify([path.toLowerCase(), value.toLowerCase()]), 'hex')}!`;

const accountRow = (id: string): string => `${accountPrefix}${encodeKey(id)}`;

/** Accounts in one preview's partition, each with a row for every value that it can be searched by. */
export const createPretendAccounts = (table: Table, partitionKey: string): PretendAccounts => {
  const parse = ({ rowKey, columns }: StoredEntity): PretendAccount =>
    readJsonOf({ table: table.name, rowKey, columns }, 'account', accountShape);
  const read = async (id: string): Promise<PretendAccount | null> => {
    const entity = await table.get(partitionKey, accountRow(id));
    return entity === null ? null : parse(entity);
  };
  return {
    read,
    put: async (account, keys) => {
      const id = account.kind === 'held' ? account.account.id : account.id;
      await upsertRows(table, partitionKey, [
        [accountRow(id), jsonColumn('account', account)],
        ...keys.map((key) => [`${findPrefix(key)}${encodeKey(id)}`, { id }] as const),
      ]);
    },
    find: async (key) => {
      const prefix = findPrefix(key);
      const page = await table.query({ partitionKey, from: prefix, before: endOfPrefix(prefix) }, foundAtMost);
      const found = await Promise.all(page.rows.map(({ columns }) => read(columns['id'] ?? '')));
      return found.filter((one) => one !== null);
    },
  };
};
