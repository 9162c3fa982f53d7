import type { CycleKind, CycleRequest } from '../engine/control.js';
import type { PreviewSettings } from '../engine/preview/preview.js';
import { isStronger } from './checkpoint.js';
import { parseJob, readControlRows, valueColumns } from './controlRows.js';
import { stateDefect } from './faults.js';
import { jobRows } from './names.js';
import { overlayPrefix, withdrawn } from './previewRange.js';
import type { Columns, StoredEntity, Table, Write } from './tables.js';

const rowsAtOnce = 90;

interface CopyParts {
  /** Table `Jobs` of the job. */
  readonly jobs: Table;
  readonly jobPartition: string;
  readonly overlay: Table;
  readonly partitionKey: string;
}

/**
 * Copies the job's control rows into a preview's partition, so that a cycle that runs meanwhile moves nothing under it:
 * the job switched on and under the preview's settings, its marks and counters, no lease and no cycle, and a request for
 * the preview. What an earlier attempt copied stays.
 */
export const copyControlRows = async (
  parts: CopyParts,
  request: CycleRequest,
  settings: PreviewSettings,
): Promise<void> => {
  const { jobs, jobPartition, overlay, partitionKey } = parts;
  const prefix = overlayPrefix(jobs.name, jobPartition);
  const control = await readControlRows(jobs, jobPartition);
  const kind = strongest([request.kind, control.request?.kind, control.cycle?.kind]);
  const rows = new Map<string, Columns>([
    [jobRows.lease, withdrawn],
    [jobRows.cycle, withdrawn],
    [jobRows.request, valueColumns({ ...request, kind })],
  ]);
  for (const entity of await readAll(jobs, jobPartition)) {
    if (!rows.has(entity.rowKey)) rows.set(entity.rowKey, toPreviewed(jobs.name, entity, settings));
  }
  const writes = [...rows].map(
    ([rowKey, columns]): Write => ({ kind: 'create', rowKey: `${prefix}${rowKey}`, columns }),
  );
  for (let from = 0; from < writes.length; from += rowsAtOnce) {
    await createMissing(overlay, partitionKey, writes.slice(from, from + rowsAtOnce));
  }
};

const strongest = (kinds: readonly (CycleKind | undefined)[]): CycleKind =>
  kinds.reduce<CycleKind>(
    (chosen, kind) => (kind !== undefined && isStronger(kind, chosen) ? kind : chosen),
    'incremental',
  );

/** A job that is paused or off can be previewed too. What is no setting of a job is the slice's business. */
const toPreviewed = (
  table: string,
  entity: StoredEntity,
  { scopeMode: _scopeMode, ...settings }: PreviewSettings,
): Columns => {
  if (entity.rowKey !== jobRows.job) return entity.columns;
  const job = parseJob(table, entity);
  return valueColumns({ ...job, status: 'on', settings: { ...job.settings, ...settings } });
};

const readAll = async (table: Table, partitionKey: string): Promise<readonly StoredEntity[]> => {
  const entities: StoredEntity[] = [];
  let after: string | null = null;
  do {
    const page = await table.query({ partitionKey, after }, 1_000);
    entities.push(...page.rows);
    after = page.after;
  } while (after !== null);
  return entities;
};

/** Each conflict takes out the row that is there already. */
const createMissing = async (table: Table, partitionKey: string, writes: readonly Write[]): Promise<void> => {
  let left = [...writes];
  while (left.length > 0) {
    const result = await table.transact(partitionKey, left);
    if (result.kind === 'done') return;
    if (result.reason !== 'exists') throw stateDefect(`Table ${table.name}: a creation met a ${result.reason} row.`);
    left = left.filter((_write, index) => index !== result.index);
  }
};
