import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Preview } from '../engine/preview/preview.js';
import type { PreviewStore } from '../engine/preview/previewStore.js';
import { joinText, jsonColumn, readJsonOf, splitText } from './columns.js';
import { rowContended } from './faults.js';
import { encodeKey } from './keys.js';
import { partitionsOf, tableNames } from './names.js';
import { deleteRows, upsertRows } from './plainRows.js';
import { accountPrefix, searchPrefix } from './previewAccounts.js';
import { type DeskOptions, openPreviewDesk } from './previewDesk.js';
import { listOperations } from './previewOperations.js';
import { workingPrefix } from './previewRange.js';
import { previewShape } from './previewShapes.js';
import { endOfPrefix, type StoredEntity, type Write } from './tables.js';

/** `tables` are those of the job: all are read, and `Preview` is written. */
export type PreviewStoreOptions = Pick<DeskOptions, 'tables' | 'jobId' | 'clock' | 'newId' | 'toOperation'>;

const reportRow = 'report';
const schemaRow = 'schema';
const maxAttempts = 20;
const removedAtOnce = 500;

const compress = promisify(gzip);
const expand = promisify(gunzip);

/**
 * Table `Preview`: in the job's partition the preview that is kept, in a partition of each preview's own all that it
 * writes. Schema documents are compressed, since a row takes no more than 1 MiB.
 */
export const createPreviewStore = (options: PreviewStoreOptions): PreviewStore => {
  const { tables, jobId } = options;
  const table = tables.table(tableNames.preview);
  const { job } = partitionsOf(jobId);
  const partitionOf = (previewId: string): string => `${job}|${encodeKey(previewId)}`;

  const parse = ({ rowKey, columns }: StoredEntity): Preview =>
    readJsonOf({ table: table.name, rowKey, columns }, 'preview', previewShape);

  /** Null leaves the row as it is. */
  const change = async (decide: (kept: Preview | null) => Preview | null): Promise<Preview | null> => {
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const entity = await table.get(job, reportRow);
      const preview = decide(entity && parse(entity));
      if (preview === null) return null;
      const columns = jsonColumn('preview', preview);
      const write: Write =
        entity === null
          ? { kind: 'create', rowKey: reportRow, columns }
          : { kind: 'replace', rowKey: reportRow, columns, etag: entity.etag };
      if ((await table.transact(job, [write])).kind === 'done') return preview;
    }
    throw rowContended(table.name, reportRow);
  };

  return {
    read: async () => {
      const entity = await table.get(job, reportRow);
      return entity && parse(entity);
    },
    begin: async (preview, schemaText, stillSince) => {
      const text = (await compress(schemaText)).toString('base64');
      await upsertRows(table, partitionOf(preview.previewId), [[schemaRow, splitText('schema', text)]]);
      let runningId = '';
      const begun = await change((kept) => {
        const isRunning = kept?.state === 'running' && kept.movedAt > stillSince;
        runningId = kept?.previewId ?? '';
        return isRunning ? null : preview;
      });
      if (begun) return { kind: 'begun' };
      await deleteRows(table, partitionOf(preview.previewId), [schemaRow]);
      return { kind: 'running', previewId: runningId };
    },
    update: (previewId, decide) => change((kept) => (kept?.previewId === previewId ? decide(kept) : null)),
    forget: async (previewId) => {
      const entity = await table.get(job, reportRow);
      if (entity && parse(entity).previewId === previewId) await table.remove(job, reportRow, entity.etag);
    },
    readSchema: async (previewId) => {
      const entity = await table.get(partitionOf(previewId), schemaRow);
      const text = entity && joinText('schema', entity.columns);
      return text ? (await expand(Buffer.from(text, 'base64'))).toString('utf8') : null;
    },
    open: (previewId) => openPreviewDesk({ ...options, table, partitionKey: partitionOf(previewId), previewId }),
    listOperations: (previewId, action, cursor, limit) =>
      listOperations(table, partitionOf(previewId), action, cursor, limit),
    removePage: async (previewId, which) => {
      const partitionKey = partitionOf(previewId);
      const prefixes = which === 'all' ? [''] : [accountPrefix, searchPrefix, workingPrefix];
      for (const prefix of prefixes) {
        const bounds = prefix === '' ? {} : { from: prefix, before: endOfPrefix(prefix) };
        const { rows } = await table.query({ partitionKey, ...bounds }, removedAtOnce);
        if (rows.length === 0) continue;
        await deleteRows(
          table,
          partitionKey,
          rows.map(({ rowKey }) => rowKey),
        );
        return true;
      }
      return false;
    },
  };
};
