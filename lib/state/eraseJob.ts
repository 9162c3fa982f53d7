import type { RecordStore } from '../engine/state.js';
import { erasePartitions } from './erasePartitions.js';
import { jobRows, type Partitions, tableNames } from './names.js';
import { deleteRows } from './plainRows.js';
import { settleAll } from './settle.js';
import type { Table, Tables } from './tables.js';

/** What a job knows of others, in partitions `job|…`. Its audit stays. */
const shardedTables = [
  tableNames.objects,
  tableNames.targets,
  tableNames.edges,
  tableNames.groupMembers,
  tableNames.preview,
  tableNames.drift,
] as const;

/** Control rows that stay: the job itself, and the right to erase. */
const keptRows: ReadonlySet<string> = new Set([jobRows.job, jobRows.lease]);
const erasedAtOnce = 1_000;

const erasePartition = async (table: Table, job: string, kept: ReadonlySet<string>): Promise<boolean> => {
  const page = await table.query({ partitionKey: job }, erasedAtOnce);
  const rowKeys = page.rows.map(({ rowKey }) => rowKey).filter((rowKey) => !kept.has(rowKey));
  await deleteRows(table, job, rowKeys);
  return rowKeys.length > 0;
};

/**
 * Erases a page of each table and of the log; false when nothing was left. A repetition goes on where the last one
 * stopped.
 */
export const createEraser =
  (tables: Tables, { job }: Partitions, records: Pick<RecordStore, 'erase'>) =>
  async (): Promise<boolean> => {
    const erased = await Promise.all([
      settleAll(shardedTables, (name) => erasePartitions(tables.table(name), job)),
      erasePartition(tables.table(tableNames.cycles), job, new Set()),
      erasePartition(tables.table(tableNames.demands), job, new Set()),
      erasePartition(tables.table(tableNames.preview), job, new Set()),
      erasePartition(tables.table(tableNames.jobs), job, keptRows),
      records.erase(),
    ]);
    return erased.flat().some(Boolean);
  };
