import type { PreviewOperation } from '../engine/preview/preview.js';
import type { PreviewDesk } from '../engine/preview/previewStore.js';
import type { RecordRow } from '../engine/record.js';
import { createState } from './createState.js';
import type { JobStoreOptions } from './jobStore.js';
import { partitionsOf, tableNames } from './names.js';
import { createPretendAccounts } from './previewAccounts.js';
import { copyControlRows } from './previewControl.js';
import { appendOperations } from './previewOperations.js';
import { overlayTables } from './previewOverlay.js';
import type { Table, Tables } from './tables.js';

export interface DeskOptions extends JobStoreOptions {
  /** What a log record tells of. */
  readonly toOperation: (record: RecordRow) => PreviewOperation;
  readonly tables: Tables;
  readonly jobId: string;
  readonly previewId: string;
  readonly table: Table;
  readonly partitionKey: string;
}

/** A preview's own state over the job's: what would be a log record is written down as an operation. */
export const openPreviewDesk = (options: DeskOptions): PreviewDesk => {
  const { tables, table, partitionKey, jobId, previewId, clock, newId, toOperation } = options;
  const state = createState({ tables: overlayTables(tables, table, partitionKey), jobId, clock, newId });
  return {
    state: {
      ...state,
      // Operations first, as records stand before the rows that clear their intents.
      commit: async (page, lease) => {
        if (lease?.isLost() === true) return 'fenced';
        await appendOperations(table, partitionKey, (page.records ?? []).map(toOperation));
        return state.commit({ ...page, records: [] }, lease);
      },
    },
    accounts: createPretendAccounts(table, partitionKey),
    prepare: ({ kind, requestedAt, settings }) =>
      copyControlRows(
        { jobs: tables.table(tableNames.jobs), jobPartition: partitionsOf(jobId).job, overlay: table, partitionKey },
        { cycleId: previewId, kind, requestedAt },
        settings,
      ),
  };
};
