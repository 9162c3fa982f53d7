import { createMemoryTables } from '../../lib/state/memoryTables.js';
import type { Tables } from '../../lib/state/tables.js';
import { describeRecordLog } from './recordLogContract.js';

/** Storage that ends pages before they are full, now earlier and now later, as Azure does at boundaries of its own. */
const endPagesEarly = (tables: Tables): Tables => {
  let asked = 0;
  return {
    ...tables,
    table: (name) => {
      const table = tables.table(name);
      return {
        ...table,
        query: (range, limit) => {
          asked += 1;
          return table.query(range, Math.min(limit, 1 + (asked % 3)));
        },
      };
    },
  };
};

describeRecordLog('where pages end early', () => endPagesEarly(createMemoryTables()));
