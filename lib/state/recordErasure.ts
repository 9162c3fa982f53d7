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

/** What one call has done so far. */
interface Work {
  readonly partitions: Partitions;
  removed: number;
}

type BeforePage = (rows: readonly StoredEntity[]) => Promise<boolean>;

/** Removes a partition page by page; false when it, or what goes before a page, stopped since enough was removed. */
const wipePartition = async (
  table: Table,
  partitionKey: string,
  work: Work,
  beforePage: BeforePage = async () => true,
): Promise<boolean> => {
  for (;;) {
    if (work.removed >= rowsPerCall) return false;
    const { rows, after } = await table.query({ partitionKey }, rowsPerPage);
    if (!(await beforePage(rows))) return false;
    await deleteRows(
      table,
      partitionKey,
      rows.map(({ rowKey }) => rowKey),
    );
    work.removed += rows.length;
    if (after === null) return true;
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
const eraseMonth = async (month: Month, work: Work): Promise<boolean> => {
  const { table } = month;
  const wiped = new Set<string>();
  const wipeCycles: BeforePage = async (rows) => {
    for (const cycleId of new Set(rows.flatMap((row) => cycleOf(table, row)))) {
      if (wiped.has(cycleId)) continue;
      if (!(await wipePartition(table, work.partitions.recordsByCycle(cycleId), work))) return false;
      wiped.add(cycleId);
    }
    return true;
  };
  for (const { partitionKey } of daysOf(month, work.partitions).flatMap(({ streams }) => streams)) {
    if (!(await wipePartition(table, partitionKey, work, wipeCycles))) return false;
  }
  const { recordsByObject, recordNames } = work.partitions;
  return (await wipePartition(table, recordsByObject, work)) && wipePartition(table, recordNames, work);
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
