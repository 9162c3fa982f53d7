import { erasePartitions } from './erasePartitions.js';
import type { Partitions } from './names.js';
import { listMonths } from './recordSlots.js';
import type { Tables } from './tables.js';

/** Pages of rows that one call removes: a request has time for them. */
const pagesPerCall = 10;

/**
 * Removes some of a job's records, of other jobs none; false when none is left. Each call goes on with what it finds, so
 * that it may be cut short anywhere.
 */
export const eraseRecords = async (tables: Tables, { job }: Partitions): Promise<boolean> => {
  let pages = 0;
  for (const { table } of await listMonths(tables)) {
    while (await erasePartitions(table, job)) {
      pages += 1;
      if (pages === pagesPerCall) return true;
    }
  }
  return false;
};
