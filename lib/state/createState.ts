import type { State } from '../engine/state.js';
import { createAuditStore } from './auditStore.js';
import { commitPage } from './commit.js';
import { createDailyTasks } from './dailyTasks.js';
import { createDemandStore } from './demandStore.js';
import { createDriftStore } from './driftStore.js';
import { createEdgeStore } from './edgeStore.js';
import { createEraser } from './eraseJob.js';
import { createJobStore, type JobStoreOptions } from './jobStore.js';
import { createMemberStore } from './memberStore.js';
import { partitionsOf } from './names.js';
import { createObjectStore } from './objectStore.js';
import { createRecordStore } from './recordStore.js';
import type { Tables } from './tables.js';
import { createTargetStore, type TargetClaims } from './targetStore.js';
import { boundTables, countOperations } from './wrapTables.js';

export interface StateOptions extends JobStoreOptions {
  readonly tables: Tables;
  readonly jobId: string;
}

/** A State whose claims can be made a page at a time. */
export interface JobState extends State {
  readonly targets: TargetClaims;
}

const readsAtATime = 32;
const writesAtATime = 8;

/** The state of one job over Table Storage, or over the same operations in memory. */
export const createState = ({ tables, jobId, clock, newId }: StateOptions): JobState => {
  const { tables: counted, operationCount } = countOperations(tables);
  const bounded = boundTables(counted, readsAtATime, writesAtATime);
  const partitions = partitionsOf(jobId);
  const stores = {
    // The lease does not queue behind a page's rows: its renewal must not come late.
    jobs: createJobStore(counted, partitions, { clock, newId }),
    objects: createObjectStore(bounded, partitions),
    edges: createEdgeStore(bounded, partitions),
    targets: createTargetStore(bounded, partitions),
    members: createMemberStore(bounded, partitions, newId),
    records: createRecordStore(bounded, partitions),
    audit: createAuditStore(bounded, partitions),
    demands: createDemandStore(bounded, partitions),
    drift: createDriftStore(bounded, partitions),
    daily: createDailyTasks(bounded, partitions),
  };
  return {
    ...stores,
    commit: (page, lease) => commitPage(stores, page, lease),
    erase: createEraser(bounded, partitions, stores.records),
    operationCount,
  };
};
