import type { JsonObject, JsonValue } from '../../../mapping/json.js';
import type { Context, GrantedCall } from '../context.js';
import { applyFault } from '../faults/book.js';
import { deltaRow } from '../rows.js';
import type { RoundItem } from './changes.js';
import type { ChangesPosition, LateChange } from './position.js';
import type { StreamQuery } from './query.js';

type Rows = readonly JsonObject[];

/** The row as it was before the object's last update; null where it has none. */
const formerRow = (context: Context, query: StreamQuery, row: JsonObject): JsonObject | null => {
  const id = typeof row.id === 'string' ? row.id : '';
  const record = context.store.users.get(id) ?? context.store.groups.get(id);
  for (let change = record?.lastChange ?? null; change !== null; change = change.previous) {
    if (change.kind === 'updated') {
      return deltaRow(id, change.before, query.names);
    }
  }
  return null;
};

const repeatRow = (context: Context, call: GrantedCall, query: StreamQuery, rows: Rows): Rows => {
  for (const [index, row] of rows.entries()) {
    const former = row['@removed'] === undefined ? formerRow(context, query, row) : null;
    const fault = former === null ? null : applyFault(call.hits, 'repeatedRow');
    if (former !== null && fault !== null) {
      const pair = fault.order === 'olderFirst' ? [former, row] : [row, former];
      return [...rows.slice(0, index), ...pair, ...rows.slice(index + 1)];
    }
  }
  return rows;
};

const opposite = (entry: JsonValue): JsonValue => {
  if (typeof entry !== 'object' || entry === null || !('@odata.type' in entry)) {
    return entry;
  }
  const { '@removed': removed, ...edge } = entry;
  return removed === undefined ? { ...edge, '@removed': { reason: 'deleted' } } : edge;
};

const disorderEdges = (call: GrantedCall, rows: Rows): Rows => {
  const index = rows.findIndex((row) => Array.isArray(row['members@delta']));
  const row = rows[index];
  const edges: JsonValue = row?.['members@delta'] ?? null;
  const first: JsonValue | undefined = Array.isArray(edges) ? edges[0] : undefined;
  if (row === undefined || first === undefined || applyFault(call.hits, 'edgeOutOfOrder') === null) {
    return rows;
  }
  const told = Array.isArray(edges) ? edges : [];
  return rows.with(index, { ...row, 'members@delta': [...told, opposite(first)] });
};

/** The page's rows as the faults of this call have them. */
export const bendRows = (context: Context, call: GrantedCall, query: StreamQuery, rows: Rows): Rows =>
  disorderEdges(call, repeatRow(context, call, query, rows));

/** The object that this round keeps quiet about, if a fault wants one; only a round that starts can hold back. */
export const holdBack = (
  call: GrantedCall,
  position: ChangesPosition,
  items: readonly RoundItem[],
): LateChange | null => {
  const [first] = items;
  if (first === undefined || position.at > 0 || position.cursor > 0) {
    return null;
  }
  const fault = applyFault(call.hits, 'lateChange');
  return fault === null ? null : { id: first.id, fromSeq: position.fromSeq, rounds: fault.rounds };
};
