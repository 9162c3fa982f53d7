import { z } from 'zod';
import type { DemandRun, DemandStore, StoredRun } from '../engine/onDemand/demandRun.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { encodeKey } from './keys.js';
import { type Partitions, tableNames } from './names.js';
import { deleteRows, upsertRows } from './plainRows.js';
import { endOfPrefix, type StoredEntity, type Tables } from './tables.js';

const text = z.string();
const textOrNull = z.string().nullable();

const demandRun: z.ZodType<DemandRun> = z.object({
  id: text,
  state: z.enum(['running', 'completed', 'failed']),
  isDryRun: z.boolean(),
  initiatedBy: z.object({ id: text, displayName: text, initiatorType: z.enum(['user', 'application', 'system']) }),
  createdAt: text,
  endedAt: textOrNull,
  groupId: textOrNull,
  link: textOrNull,
  page: z.int(),
  pages: z.int().nullable(),
  total: z.int().nullable(),
  counts: z.object({ success: z.int(), skipped: z.int(), failure: z.int() }),
  faultCode: textOrNull,
});
const subjects = z.array(text);

/** Runs are kept as long as Graph keeps its provisioning log. */
const keptMs = 30 * 24 * 3_600_000;
const runsLookedAt = 50;
const pagesDropped = 1_000;

const runPrefix = 'run|';
const runRow = (id: string): string => `${runPrefix}${encodeKey(id)}`;
const pagePrefix = (id: string): string => `page|${encodeKey(id)}|`;
const pageRow = (id: string, page: number): string => `${pagePrefix(id)}${String(page).padStart(6, '0')}`;

/** Table `Demands`. Ids carry their time, so that the oldest runs are listed first. */
export const createDemandStore = (tables: Tables, partitions: Partitions): DemandStore => {
  const table = tables.table(tableNames.demands);
  const partitionKey = partitions.job;

  const parseRun = ({ rowKey, columns }: StoredEntity): DemandRun =>
    readJsonOf({ table: table.name, rowKey, columns }, 'run', demandRun);

  const dropOld = async (now: string): Promise<void> => {
    const oldest = new Date(Date.parse(now) - keptMs).toISOString();
    const { rows } = await table.query({ partitionKey, from: runPrefix, before: endOfPrefix(runPrefix) }, runsLookedAt);
    for (const { id } of rows.map(parseRun).filter((run) => run.endedAt !== null && run.endedAt < oldest)) {
      const pages = await table.query(
        { partitionKey, from: pagePrefix(id), before: endOfPrefix(pagePrefix(id)) },
        pagesDropped,
      );
      await deleteRows(table, partitionKey, [...pages.rows.map(({ rowKey }) => rowKey), runRow(id)]);
    }
  };

  const read = async (id: string): Promise<StoredRun | null> => {
    const entity = await table.get(partitionKey, runRow(id));
    return entity === null ? null : { run: parseRun(entity), etag: entity.etag };
  };

  return {
    create: async (run, pages) => {
      await dropOld(run.createdAt);
      await upsertRows(
        table,
        partitionKey,
        pages.map((page, index) => [pageRow(run.id, index), jsonColumn('subjects', page)] as const),
      );
      await upsertRows(table, partitionKey, [[runRow(run.id), jsonColumn('run', run)]]);
    },
    read,
    readPage: async (id, page) => {
      const rowKey = pageRow(id, page);
      const entity = await table.get(partitionKey, rowKey);
      return entity === null
        ? []
        : readJsonOf({ table: table.name, rowKey, columns: entity.columns }, 'subjects', subjects);
    },
    move: async ({ etag }, run) => {
      const result = await table.transact(partitionKey, [
        { kind: 'replace', rowKey: runRow(run.id), columns: jsonColumn('run', run), etag },
      ]);
      const written = result.kind === 'done' ? result.etags[0] : undefined;
      if (typeof written === 'string') return { run, etag: written };
      // A write whose answer was lost conflicts with itself when it is repeated.
      const now = await read(run.id);
      return now && JSON.stringify(now.run) === JSON.stringify(run) ? now : null;
    },
  };
};
