import type { Clock } from '../clock.js';
import type { CycleRequest, CycleSummary, JobRow } from '../engine/control.js';
import type { JobStore, Lease } from '../engine/state.js';
import { isStronger, writeCheckpoint } from './checkpoint.js';
import { readJsonOf } from './columns.js';
import { parseJob, parseRequest, readControlRows, valueColumns } from './controlRows.js';
import { rowContended, stateDefect } from './faults.js';
import { type HeldLease, takeLease } from './lease.js';
import { cycleRow, jobRows, type Partitions, tableNames } from './names.js';
import { upsertRows } from './plainRows.js';
import { cycleSummary } from './shapes.js';
import type { StoredEntity, Table, Tables, Write } from './tables.js';

export interface JobStoreOptions {
  readonly clock: Clock;
  /** Random ids; each taking of the lease gets one. */
  readonly newId: () => string;
}

const maxAttempts = 20;
const listedCycles = 100;

const writeOver = (rowKey: string, value: unknown, over: StoredEntity | null): Write => {
  const columns = valueColumns(value);
  return over === null ? { kind: 'create', rowKey, columns } : { kind: 'replace', rowKey, columns, etag: over.etag };
};

/** Reads a row, makes a value of it and writes that under the version read, anew where somebody was faster. */
const changeRow = async <Value>(
  table: Table,
  partitionKey: string,
  rowKey: string,
  change: (entity: StoredEntity | null) => { readonly value: Value; readonly unchanged?: boolean },
): Promise<Value> => {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const entity = await table.get(partitionKey, rowKey);
    const { value, unchanged } = change(entity);
    if (unchanged === true) return value;
    const result = await table.transact(partitionKey, [writeOver(rowKey, value, entity)]);
    if (result.kind === 'done') return value;
  }
  throw rowContended(table.name, rowKey);
};

/** Tables `Jobs` and `Cycles`: the control rows of one job in one partition, and its finished cycles. */
export const createJobStore = (tables: Tables, partitions: Partitions, options: JobStoreOptions): JobStore => {
  const table = tables.table(tableNames.jobs);
  const cycles = tables.table(tableNames.cycles);
  const partitionKey = partitions.job;
  const held = new WeakMap<Lease, HeldLease>();

  const writeFinished = (summary: CycleSummary): Promise<void> =>
    upsertRows(cycles, partitionKey, [[cycleRow(summary.startedAt, summary.cycleId), valueColumns(summary)]]);

  return {
    read: () => readControlRows(table, partitionKey),
    readJob: async () => {
      const entity = await table.get(partitionKey, jobRows.job);
      return entity === null ? null : parseJob(table.name, entity);
    },
    ensureJob: (job) =>
      changeRow<JobRow>(table, partitionKey, jobRows.job, (entity) =>
        entity === null ? { value: job } : { value: parseJob(table.name, entity), unchanged: true },
      ),
    updateJob: (change) =>
      changeRow<JobRow>(table, partitionKey, jobRows.job, (entity) => {
        if (entity === null) throw stateDefect(`Table ${table.name}: the job has no row.`);
        return { value: change(parseJob(table.name, entity)) };
      }),
    request: (request) =>
      changeRow<CycleRequest>(table, partitionKey, jobRows.request, (entity) => {
        const waiting = entity === null ? null : parseRequest(table.name, entity);
        if (waiting === null) return { value: request };
        if (!isStronger(request.kind, waiting.kind)) return { value: waiting, unchanged: true };
        return { value: { ...waiting, kind: request.kind } };
      }),
    countDemand: (counts) => upsertRows(table, partitionKey, [[jobRows.demand(counts.changeId), valueColumns(counts)]]),
    takeLease: async (owner, durationMs) => {
      const lease = await takeLease({ table, partitionKey, ...options }, owner, durationMs);
      if (lease !== null) held.set(lease, lease);
      return lease;
    },
    checkpoint: async (lease, checkpoint) => {
      const own = held.get(lease);
      if (own === undefined) throw stateDefect('A checkpoint needs the lease that this store gave.');
      if (own.isLost()) return 'fenced';
      // Repeated under the same key if the checkpoint does not follow; the other way round a kill would lose it.
      if (checkpoint.finished !== undefined) await writeFinished(checkpoint.finished);
      return writeCheckpoint(table, partitionKey, own, checkpoint, options.clock.nowMs());
    },
    listCycles: async (cursor) => {
      const page = await cycles.query({ partitionKey, after: cursor }, listedCycles);
      return {
        rows: page.rows.map(({ rowKey, columns }) =>
          readJsonOf({ table: cycles.name, rowKey, columns }, 'value', cycleSummary),
        ),
        cursor: page.after,
      };
    },
  };
};
