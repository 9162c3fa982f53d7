import type { DailyTasks } from '../engine/state.js';
import { jobRows, type Partitions, tableNames } from './names.js';
import type { Tables, Write } from './tables.js';

/** Rows of `Jobs` with the day on which a task was begun last; of two who begin, one finds the row changed. */
export const createDailyTasks = (tables: Tables, partitions: Partitions): DailyTasks => ({
  claim: async (task, day) => {
    const table = tables.table(tableNames.jobs);
    const rowKey = jobRows.daily(task);
    const before = await table.get(partitions.job, rowKey);
    if (before?.columns['day'] === day) return false;
    const columns = { day };
    const write: Write = before
      ? { kind: 'replace', rowKey, columns, etag: before.etag }
      : { kind: 'create', rowKey, columns };
    return (await table.transact(partitions.job, [write])).kind === 'done';
  },
});
