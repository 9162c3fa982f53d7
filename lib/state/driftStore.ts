import { z } from 'zod';
import type { DriftKey, DriftReport, DriftRow, DriftStore } from '../engine/drift.js';
import type { ObjectType } from '../engine/model.js';
import { jsonColumn, readJsonOf, readText } from './columns.js';
import { encodeKey } from './keys.js';
import { type Partitions, tableNames } from './names.js';
import { deleteRows, upsertRows } from './plainRows.js';
import { settleAll } from './settle.js';
import { jsonValue, objectType } from './shapes.js';
import { endOfPrefix, type StoredEntity, type Tables } from './tables.js';

const text = z.string();

const driftRow: z.ZodType<DriftRow> = z.object({
  id: text.nullable(),
  type: objectType,
  targetId: text,
  kind: z.enum(['missing', 'differs', 'active', 'unmanaged']),
  differences: z.array(z.object({ path: text, wanted: jsonValue, found: jsonValue })),
  recordId: text,
});

const driftReport: z.ZodType<DriftReport> = z.object({
  cycleId: text,
  mode: z.enum(['report', 'repair']).nullable(),
  at: text.nullable(),
});

const reportRow = 'report';
const tidiedAtOnce = 1_000;

const keyOf = ({ kind, type, targetId }: DriftKey): string => `${kind}|${type}|${encodeKey(targetId)}`;
const listedKey = (type: ObjectType, targetId: string): string => `${type}|${encodeKey(targetId)}`;

/** Each cycle's rows stand in a partition of their own, so that the report in force stays whole until another is. */
export const createDriftStore = (tables: Tables, partitions: Partitions): DriftStore => {
  const table = tables.table(tableNames.drift);
  const listedPartition = (cycleId: string) => `${partitions.driftListed}${encodeKey(cycleId)}`;
  const foundPartition = (cycleId: string) => `${partitions.driftFound}${encodeKey(cycleId)}`;
  const parse = ({ rowKey, columns }: StoredEntity): DriftRow =>
    readJsonOf({ table: table.name, rowKey, columns }, 'drift', driftRow);

  const readReport = async (): Promise<DriftReport | null> => {
    const entity = await table.get(partitions.driftReport, reportRow);
    return entity && readJsonOf({ table: table.name, ...entity }, 'report', driftReport);
  };

  const eraseRange = async (from: string, before: string): Promise<boolean> => {
    const found = await table.listKeys({ from, before }, tidiedAtOnce);
    const byPartition = Map.groupBy(found, ({ partitionKey }) => partitionKey);
    await settleAll(byPartition, ([partitionKey, keys]) =>
      deleteRows(
        table,
        partitionKey,
        keys.map(({ rowKey }) => rowKey),
      ),
    );
    return found.length > 0;
  };

  return {
    putListed: (cycleId, accounts) =>
      upsertRows(
        table,
        listedPartition(cycleId),
        accounts.map(
          ({ type, targetId, isAsKnown }) => [listedKey(type, targetId), { asKnown: String(isAsKnown) }] as const,
        ),
      ),
    findListed: async (cycleId, type, targetIds) => {
      const found = await settleAll(new Set(targetIds), async (targetId) => {
        const entity = await table.get(listedPartition(cycleId), listedKey(type, targetId));
        if (entity === null) return [];
        const isAsKnown = readText({ table: table.name, ...entity }, 'asKnown') === 'true';
        return [[targetId, { type, targetId, isAsKnown }] as const];
      });
      return new Map(found.flat());
    },
    put: (cycleId, rows) =>
      upsertRows(
        table,
        foundPartition(cycleId),
        rows.map((row) => [keyOf(row), jsonColumn('drift', row)] as const),
      ),
    find: async (cycleId, keys) => {
      const found = await settleAll(keys, async (key) => {
        const entity = await table.get(foundPartition(cycleId), keyOf(key));
        return entity === null ? [] : [parse(entity)];
      });
      return found.flat();
    },
    remove: (cycleId, rows) => deleteRows(table, foundPartition(cycleId), rows.map(keyOf)),
    list: async (cycleId, kind, cursor, limit) => {
      const prefix = kind === null ? null : `${kind}|`;
      const bounds = prefix === null ? {} : { from: prefix, before: endOfPrefix(prefix) };
      const page = await table.query({ partitionKey: foundPartition(cycleId), ...bounds, after: cursor }, limit);
      return { rows: page.rows.map(parse), cursor: page.after };
    },
    readReport,
    publish: (report) => upsertRows(table, partitions.driftReport, [[reportRow, jsonColumn('report', report)]]),
    tidy: async () => {
      const report = await readReport();
      const { driftFound, driftListed } = partitions;
      const kept = report === null ? null : foundPartition(report.cycleId);
      const erased = [
        await eraseRange(driftListed, endOfPrefix(driftListed)),
        await eraseRange(driftFound, kept ?? endOfPrefix(driftFound)),
        kept !== null && (await eraseRange(`${kept}!`, endOfPrefix(driftFound))),
      ];
      return erased.some(Boolean);
    },
  };
};
