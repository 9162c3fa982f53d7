import { deleteRows } from './plainRows.js';
import { settleAll } from './settle.js';
import type { Table } from './tables.js';

const erasedAtOnce = 1_000;

/** Erases the first rows of all partitions `job|…` of a table; false when there were none. */
export const erasePartitions = async (table: Table, job: string): Promise<boolean> => {
  const found = await table.listKeys({ from: `${job}|`, before: `${job}}` }, erasedAtOnce);
  const byPartition = Map.groupBy(found, ({ partitionKey }) => partitionKey);
  await settleAll(byPartition, ([partitionKey, keys]) =>
    deleteRows(
      table,
      partitionKey,
      keys.map(({ rowKey }) => rowKey),
    ),
  );
  return found.length > 0;
};
