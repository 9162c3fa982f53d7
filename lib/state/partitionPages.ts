import { stateDefect } from './faults.js';
import type { KeyRange, StoredEntity, Table } from './tables.js';

/** A partition by a name that stays the same while others come and go. */
export interface NamedPartition {
  readonly name: string;
  readonly table: Table;
  readonly partitionKey: string;
}

const findStart = (
  partitions: readonly NamedPartition[],
  cursor: string | null,
): { readonly index: number; readonly after: string | null } => {
  if (cursor === null) return { index: 0, after: null };
  const bar = cursor.indexOf('|');
  const name = bar < 0 ? cursor : cursor.slice(0, bar);
  const index = partitions.findIndex((partition) => partition.name === name);
  if (index < 0) throw stateDefect('The cursor of a listing is none that the listing gave.');
  return { index, after: bar < 0 ? null : cursor.slice(bar + 1) };
};

/**
 * One page over several partitions, one after the other, filled up to `limit`. The cursor is the name of a partition
 * and the last key read there, so that it outlives the process.
 */
export const queryPartitions = async (
  partitions: readonly NamedPartition[],
  bounds: Pick<KeyRange, 'from' | 'before'>,
  cursor: string | null,
  limit: number,
): Promise<{ readonly rows: readonly StoredEntity[]; readonly cursor: string | null }> => {
  let { index, after } = findStart(partitions, cursor);
  const rows: StoredEntity[] = [];
  for (let partition = partitions[index]; partition !== undefined; partition = partitions[index]) {
    if (rows.length >= limit) return { rows, cursor: after === null ? partition.name : `${partition.name}|${after}` };
    const { table, partitionKey } = partition;
    const page = await table.query({ partitionKey, ...bounds, after }, limit - rows.length);
    rows.push(...page.rows);
    after = page.after;
    if (after === null) index += 1;
  }
  return { rows, cursor: null };
};
