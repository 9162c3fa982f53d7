import { z } from 'zod';
import { readJsonOf } from './columns.js';
import type { Partitions } from './names.js';
import { deleteRows } from './plainRows.js';
import { daysOf, listMonths, type Month } from './recordSlots.js';
import type { StoredEntity, Table, Tables } from './tables.js';

const rowsPerPage = 1_000;
/** Rows that one call removes, about: a request has time for it. */
const rowsPerCall = 10_000;

const cycleOfRecord = z.object({ cycleId: z.string() });

interface Work {
  readonly partitions: Partitions;
  removed: number;
}

/** Removes a partition's rows; false when it stopped because enough was removed for this call. */
const wipePartition = async (table: Table, partitionKey: string, work: Work): Promise<boolean> => {
  for (;;) {
    if (work.removed >= rowsPerCall) return false;
    const { rows } = await table.query({ partitionKey }, rowsPerPage);
    if (rows.length === 0) return true;
    await deleteRows(
      table,
      partitionKey,
      rows.map(({ rowKey }) => rowKey),
    );
    work.removed += rows.length;
  }
};

const cycleOf = (table: Table, { rowKey, columns }: StoredEntity): readonly string[] => {
  try {
    return [readJsonOf({ table: table.name, rowKey, columns }, 'record', cycleOfRecord).cycleId];
  } catch {
    return []; // a row that cannot be read names no cycle, and goes all the same
  }
};

/** The days are the list of what there is: a page of a day goes after the cycles that it names. */
const eraseDay = async (table: Table, partitionKey: string, work: Work): Promise<boolean> => {
  for (;;) {
    if (work.removed >= rowsPerCall) return false;
    const { rows } = await table.query({ partitionKey }, rowsPerPage);
    if (rows.length === 0) return true;
    for (const cycleId of new Set(rows.flatMap((row) => cycleOf(table, row)))) {
      if (!(await wipePartition(table, work.partitions.recordsByCycle(cycleId), work))) return false;
    }
    await deleteRows(
      table,
      partitionKey,
      rows.map(({ rowKey }) => rowKey),
    );
    work.removed += rows.length;
  }
};

const eraseMonth = async (month: Month, work: Work): Promise<boolean> => {
  for (const { streams } of daysOf(month, work.partitions)) {
    for (const { table, partitionKey } of streams) {
      if (!(await eraseDay(table, partitionKey, work))) return false;
    }
  }
  return (
    (await wipePartition(month.table, work.partitions.recordsByObject, work)) &&
    (await wipePartition(month.table, work.partitions.recordNames, work))
  );
};

/**
 * Removes some of a job's records, of other jobs none; false when none is left. Each call goes on with what it finds, so
 * that it may be cut short anywhere.
 */
export const eraseRecords = async (tables: Tables, partitions: Partitions): Promise<boolean> => {
  const work: Work = { partitions, removed: 0 };
  for (const month of await listMonths(tables)) {
    if (!(await eraseMonth(month, work))) return true;
  }
  return false;
};
