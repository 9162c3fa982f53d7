import { stateDefect } from './faults.js';
import { packTransactions } from './limits.js';
import { settleAll } from './settle.js';
import type { Columns, Table, Write } from './tables.js';

/** Puts rows of one partition, whatever stood there. Of two with one key the later is put. */
export const upsertRows = async (
  table: Table,
  partitionKey: string,
  rows: Iterable<readonly [string, Columns]>,
): Promise<void> => {
  const writes = [...new Map(rows)].map(([rowKey, columns]): Write => ({ kind: 'upsert', rowKey, columns }));
  await settleAll(
    packTransactions(writes, (write) => [write]),
    async (pack) => {
      const result = await table.transact(partitionKey, pack);
      if (result.kind === 'conflict') throw stateDefect(`Table ${table.name}: an upsert met a conflict.`);
    },
  );
};

/** A repeated delete finds some rows gone: those are looked for and left out. */
const deletePack = async (table: Table, partitionKey: string, rowKeys: readonly string[]): Promise<void> => {
  let left = rowKeys;
  while (left.length > 0) {
    const result = await table.transact(
      partitionKey,
      left.map((rowKey): Write => ({ kind: 'delete', rowKey })),
    );
    if (result.kind === 'done') return;
    const found = await settleAll(left, async (rowKey) => ((await table.get(partitionKey, rowKey)) ? [rowKey] : []));
    left = found.flat();
  }
};

/** Deletes rows of one partition; those that are gone already are no failure. */
export const deleteRows = async (table: Table, partitionKey: string, rowKeys: Iterable<string>): Promise<void> => {
  const keys = [...new Set(rowKeys)];
  await settleAll(
    packTransactions(keys, (rowKey) => [{ kind: 'delete', rowKey }]),
    (pack) => deletePack(table, partitionKey, pack),
  );
};
