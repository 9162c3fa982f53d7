import { z } from 'zod';
import type { AuditActivity, AuditEntry, AuditLog } from '../engine/audit.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { lastInstantMs, newestFirst } from './keys.js';
import { type Partitions, tableNames } from './names.js';
import { deleteRows, upsertRows } from './plainRows.js';
import { readTimeline } from './readTimeline.js';
import type { Tables } from './tables.js';
import { logKey } from './timeline.js';

const rowsPerPage = 1_000;
const text = z.string();
const textOrNull = z.string().nullable();

const auditEntry: z.ZodType<AuditEntry> = z.object({
  id: text,
  at: text,
  activity: z.custom<AuditActivity>((value) => typeof value === 'string'),
  actor: z.object({
    objectId: text,
    applicationId: textOrNull,
    kind: z.enum(['user', 'application']).exactOptional(),
  }),
  result: z.enum(['success', 'failure']),
  reason: textOrNull,
  changes: z.array(z.object({ name: text, old: textOrNull, new: textOrNull })),
});

/** Table `Audit`: configuration changes of a job, newest first. */
export const createAuditStore = (tables: Tables, partitions: Partitions): AuditLog => {
  const table = tables.table(tableNames.audit);
  const partitionKey = partitions.job;
  const slots = [{ fromMs: 0, toMs: lastInstantMs, streams: [{ table, partitionKey, prefix: '' }] }] as const;
  return {
    record: async (entry) => {
      const rowKey = logKey({ instantMs: Date.parse(entry.at), id: entry.id });
      await upsertRows(table, partitionKey, [[rowKey, jsonColumn('entry', entry)]]);
    },
    read: (range, limit) =>
      readTimeline(slots, range, limit, async ({ entity }) =>
        readJsonOf({ table: table.name, rowKey: entity.rowKey, columns: entity.columns }, 'entry', auditEntry),
      ),
    dropBefore: async (instantMs) => {
      for (;;) {
        const { rows } = await table.query({ partitionKey, from: newestFirst(instantMs - 1) }, rowsPerPage);
        if (rows.length === 0) return;
        await deleteRows(
          table,
          partitionKey,
          rows.map(({ rowKey }) => rowKey),
        );
      }
    },
  };
};
