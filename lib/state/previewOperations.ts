import type { PreviewAction, PreviewOperation } from '../engine/preview/preview.js';
import type { RowPage } from '../engine/state.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { encodeKey } from './keys.js';
import { upsertRows } from './plainRows.js';
import { operationShape } from './previewShapes.js';
import { endOfPrefix, type Table } from './tables.js';

const operationPrefix = 'op!';

/** The order of a report; what is listed only when asked for stands last. */
const ranks: Readonly<Record<PreviewAction, number>> = {
  create: 0,
  adopt: 1,
  update: 2,
  enable: 3,
  disable: 4,
  delete: 5,
  hold: 6,
  fail: 7,
  skip: 8,
};

const rankPrefix = (action: PreviewAction): string => `${operationPrefix}${ranks[action]}!`;

/** By action, then by id: ids carry their time. The same operation written twice is one. */
export const appendOperations = (
  table: Table,
  partitionKey: string,
  operations: readonly PreviewOperation[],
): Promise<void> =>
  upsertRows(
    table,
    partitionKey,
    operations.map((one) => [`${rankPrefix(one.action)}${encodeKey(one.id)}`, jsonColumn('operation', one)] as const),
  );

const boundsOf = (action: PreviewAction | 'all' | null): { readonly from: string; readonly before: string } => {
  if (action === 'all') return { from: operationPrefix, before: endOfPrefix(operationPrefix) };
  if (action === null) return { from: operationPrefix, before: rankPrefix('fail') };
  return { from: rankPrefix(action), before: endOfPrefix(rankPrefix(action)) };
};

export const listOperations = async (
  table: Table,
  partitionKey: string,
  action: PreviewAction | 'all' | null,
  cursor: string | null,
  limit: number,
): Promise<RowPage<PreviewOperation>> => {
  const page = await table.query({ partitionKey, ...boundsOf(action), after: cursor }, limit);
  return {
    rows: page.rows.map(({ rowKey, columns }) =>
      readJsonOf({ table: table.name, rowKey, columns }, 'operation', operationShape),
    ),
    cursor: page.after,
  };
};
