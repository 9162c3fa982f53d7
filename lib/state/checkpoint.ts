import type { CycleKind } from '../engine/control.js';
import type { Checkpoint } from '../engine/state.js';
import { answeredColumns, parseJob, parseRequest, valueColumns } from './controlRows.js';
import { rowContended, stateDefect } from './faults.js';
import type { HeldLease } from './lease.js';
import { packTransactions } from './limits.js';
import { jobRows } from './names.js';
import type { Table, Write } from './tables.js';

const maxAttempts = 20;
/** Removals count for a rolling day; older hours go when a cycle ends. */
const removalHoursKeptMs = 48 * 3_600_000;
const droppedHours = 50;

const kindRanks: Readonly<Record<CycleKind, number>> = { incremental: 0, reconcile: 1, initial: 2 };

/** Whether `one` does all that `other` does and more. */
export const isStronger = (one: CycleKind, other: CycleKind): boolean => kindRanks[one] > kindRanks[other];

const put = (rowKey: string, value: unknown): Write => ({ kind: 'upsert', rowKey, columns: valueColumns(value) });
const drop = (rowKey: string): Write => ({ kind: 'delete', rowKey });

/** New marks before old ones go: a group is never without one. */
const markWrites = (checkpoint: Checkpoint): readonly Write[] => [
  ...(checkpoint.marks ?? []).map((mark) => put(jobRows.mark(mark.stream), mark)),
  ...(checkpoint.removedMarks ?? []).map((stream) => drop(jobRows.mark(stream))),
];

const plainWrites = (checkpoint: Checkpoint, staleHours: readonly string[]): readonly Write[] => {
  const removals = Object.entries(checkpoint.removals ?? {}).map(([hour, count]) =>
    count > 0 ? put(jobRows.removals(hour), count) : drop(jobRows.removals(hour)),
  );
  const written = new Set(removals.map((write) => write.rowKey));
  return [
    ...removals,
    ...(checkpoint.foldedDemands ?? []).map((changeId) => drop(jobRows.demand(changeId))),
    ...staleHours.filter((rowKey) => !written.has(rowKey)).map(drop),
    ...(checkpoint.counters === undefined ? [] : [put(jobRows.counters, checkpoint.counters)]),
    ...(checkpoint.cycle === undefined
      ? []
      : [checkpoint.cycle ? put(jobRows.cycle, checkpoint.cycle) : drop(jobRows.cycle)]),
  ];
};

/** The job as it stands, changed; under its version, since the API writes it too. */
const jobWrites = async (table: Table, partitionKey: string, checkpoint: Checkpoint): Promise<readonly Write[]> => {
  if (checkpoint.job === undefined) return [];
  const entity = await table.get(partitionKey, jobRows.job);
  if (entity === null) throw stateDefect(`Table ${table.name}: the job has no row.`);
  const columns = valueColumns(checkpoint.job(parseJob(table.name, entity)));
  return [{ kind: 'replace', rowKey: jobRows.job, columns, etag: entity.etag }];
};

/** A request that was raised to a stronger kind than the cycle that answers it has is left waiting. */
const requestWrites = async (table: Table, partitionKey: string, checkpoint: Checkpoint): Promise<readonly Write[]> => {
  if (checkpoint.answeredRequest === undefined) return [];
  const entity = await table.get(partitionKey, jobRows.request);
  const request = entity === null ? null : parseRequest(table.name, entity);
  if (entity === null || request === null || request.cycleId !== checkpoint.answeredRequest) return [];
  const cycle = checkpoint.cycle ?? null;
  if (cycle !== null && isStronger(request.kind, cycle.kind)) return [];
  return [{ kind: 'replace', rowKey: jobRows.request, columns: answeredColumns, etag: entity.etag }];
};

const findStaleHours = async (table: Table, partitionKey: string, nowMs: number): Promise<readonly string[]> => {
  const oldest = new Date(nowMs - removalHoursKeptMs).toISOString().slice(0, 13);
  const range = { partitionKey, from: jobRows.removalsPrefix, before: jobRows.removals(oldest) };
  return (await table.query(range, droppedHours)).rows.map((row) => row.rowKey);
};

/**
 * Writes a checkpoint in transactions that carry the lease. More marks than one takes go ahead in transactions of their
 * own; everything else is in the last. Rows that were to go and are gone already are left out; where another writer
 * changed the job's row, it is read and changed again.
 */
export const writeCheckpoint = async (
  table: Table,
  partitionKey: string,
  lease: HeldLease,
  checkpoint: Checkpoint,
  nowMs: number,
): Promise<'done' | 'fenced'> => {
  const staleHours = checkpoint.finished === undefined ? [] : await findStaleHours(table, partitionKey, nowMs);
  const absent = new Set<string>();
  let marks = markWrites(checkpoint);
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const isThere = (write: Write): boolean => !(write.kind === 'delete' && absent.has(write.rowKey));
    const core = [
      ...plainWrites(checkpoint, staleHours).filter(isThere),
      ...(await requestWrites(table, partitionKey, checkpoint)),
      ...(await jobWrites(table, partitionKey, checkpoint)),
    ];
    const groups = [...marks.filter(isThere).map((write) => [write]), core];
    const packs = packTransactions(groups, (group) => group, 1);
    const outcome = await writePacks(lease, packs);
    if (outcome.kind !== 'conflict') return outcome.kind;
    marks = marks.filter((mark) => !outcome.written.has(mark));
    if (outcome.lost.kind === 'delete') absent.add(outcome.lost.rowKey);
  }
  throw rowContended(table.name, jobRows.job);
};

type PacksOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'fenced' }
  | { readonly kind: 'conflict'; readonly lost: Write; readonly written: ReadonlySet<Write> };

/** One after the other; a conflict says which writes were done before it. */
const writePacks = async (
  lease: HeldLease,
  packs: readonly (readonly (readonly Write[])[])[],
): Promise<PacksOutcome> => {
  const written = new Set<Write>();
  for (const pack of packs) {
    const writes = pack.flat();
    const result = await lease.transact(writes);
    if (result.kind === 'fenced') return result;
    if (result.kind === 'done') {
      for (const write of writes) written.add(write);
      continue;
    }
    const lost = writes[result.index];
    if (lost === undefined) throw stateDefect('A conflict names no write of its transaction.');
    return { kind: 'conflict', lost, written };
  }
  return { kind: 'done' };
};
