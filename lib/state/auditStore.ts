import type { AuditLog } from '../engine/audit.js';
import { jsonColumn } from './columns.js';
import { encodeKey, newestFirst } from './keys.js';
import { type Partitions, tableNames } from './names.js';
import { upsertRows } from './plainRows.js';
import type { Tables } from './tables.js';

/** Table `Audit`: configuration changes of a job, newest first. */
export const createAuditStore = (tables: Tables, partitions: Partitions): AuditLog => ({
  record: async (entry) => {
    const rowKey = `${newestFirst(Date.parse(entry.at))}|${encodeKey(entry.id)}`;
    await upsertRows(tables.table(tableNames.audit), partitions.job, [[rowKey, jsonColumn('entry', entry)]]);
  },
});
