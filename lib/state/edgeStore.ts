import type { EdgeStore } from '../engine/state.js';
import type { Edge } from '../engine/stored.js';
import { readText } from './columns.js';
import { rowUnreadable } from './faults.js';
import { edgePrefix, edgeRow, type Partitions, parseEdgeRow, tableNames } from './names.js';
import { deleteRows, upsertRows } from './plainRows.js';
import { settleAll } from './settle.js';
import { type Columns, endOfPrefix, type StoredEntity, type Tables } from './tables.js';

const listedEdges = 1_000;

const toColumns = (edge: Edge): Columns => ({
  round: String(edge.round),
  ...(edge.missingSince === null ? {} : { missingSince: edge.missingSince }),
});

const parseEdge = (table: string, parent: string, entity: StoredEntity): Edge => {
  const key = parseEdgeRow(entity.rowKey);
  if (key === null) throw rowUnreadable(table, entity.rowKey, 'RowKey', 'no edge.');
  const round = Number(readText({ table, rowKey: entity.rowKey, columns: entity.columns }, 'round'));
  if (!Number.isInteger(round)) throw rowUnreadable(table, entity.rowKey, 'round', 'no whole number.');
  return { parent, ...key, round, missingSince: entity.columns.missingSince ?? null };
};

const rowOf = (edge: Pick<Edge, 'child' | 'childType' | 'role'>): string =>
  edgeRow(edge.childType, edge.child, edge.role);

/** Table `Edges`: a partition for each parent. */
export const createEdgeStore = (tables: Tables, partitions: Partitions): EdgeStore => {
  const table = tables.table(tableNames.edges);
  return {
    upsert: async (edges) => {
      await settleAll(
        Map.groupBy(edges, (edge) => edge.parent),
        ([parent, ofParent]) =>
          upsertRows(
            table,
            partitions.edges(parent),
            ofParent.map((edge): [string, Columns] => [rowOf(edge), toColumns(edge)]),
          ),
      );
    },
    remove: async (edges) => {
      await settleAll(
        Map.groupBy(edges, (edge) => edge.parent),
        ([parent, ofParent]) => deleteRows(table, partitions.edges(parent), ofParent.map(rowOf)),
      );
    },
    list: async (parent, cursor, childType) => {
      const prefix = childType === undefined ? null : edgePrefix(childType);
      const bounds = prefix === null ? {} : { from: prefix, before: endOfPrefix(prefix) };
      const page = await table.query({ partitionKey: partitions.edges(parent), ...bounds, after: cursor }, listedEdges);
      return { rows: page.rows.map((entity) => parseEdge(table.name, parent, entity)), cursor: page.after };
    },
  };
};
