import type { RecordRow } from '../engine/record.js';
import type { RecordStore, RowPage } from '../engine/state.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { decodeKey, encodeKey } from './keys.js';
import { type Partitions, recordTable, recordTablePrefix } from './names.js';
import { type NamedPartition, queryPartitions } from './partitionPages.js';
import { upsertRows } from './plainRows.js';
import { readTimeline } from './readTimeline.js';
import { eraseRecords } from './recordErasure.js';
import { dayOf, instantOfRowKey, recordInstantMs, recordRowKey } from './recordKeys.js';
import { nameKeyPrefix, namesOf } from './recordNames.js';
import { recordRow } from './recordShape.js';
import { listMonths, slotsOf } from './recordSlots.js';
import { settleAll } from './settle.js';
import { type Columns, endOfPrefix, type StoredEntity, type Tables } from './tables.js';

const listedRecords = 200;
/** A name that more objects have or had is no question about a person: the search for it ends there. */
const mostNamed = 500;

type Row = readonly [string, Columns];

/**
 * The record stands in full under its day and under its cycle, whose listings are long; under its object, where
 * listings are short, only the key stands and leads to the day. One partition of keys for all objects, since a
 * partition for each would make every record a transaction of its own.
 */
const rowsOf = (
  partitions: Partitions,
  record: RecordRow,
): readonly { readonly partitionKey: string; readonly row: Row }[] => {
  const rowKey = recordRowKey(record);
  const full = jsonColumn('record', record);
  const source = encodeKey(record.sourceIdentity.id);
  return [
    { partitionKey: partitions.recordsByDay(dayOf(recordInstantMs(record))), row: [rowKey, full] },
    { partitionKey: partitions.recordsByCycle(record.cycleId), row: [rowKey, full] },
    { partitionKey: partitions.recordsByObject, row: [`${source}|${rowKey}`, {}] },
    ...namesOf(record).map(([kind, name]) => ({
      partitionKey: partitions.recordNames,
      row: [`${nameKeyPrefix(kind, name)}${source}`, {}] as const,
    })),
  ];
};

/** Tables `ProvisioningLogs{yyyyMM}`. */
export const createRecordStore = (tables: Tables, partitions: Partitions): RecordStore => {
  const months = async (partitionKey: string): Promise<readonly NamedPartition[]> =>
    (await tables.list(recordTablePrefix))
      .toReversed()
      .map((name) => ({ name: name.slice(recordTablePrefix.length), table: tables.table(name), partitionKey }));

  const parse = (table: string, { rowKey, columns }: StoredEntity): RecordRow =>
    readJsonOf({ table, rowKey, columns }, 'record', recordRow);

  const readByDay = async (rowKey: string): Promise<readonly RecordRow[]> => {
    const instantMs = instantOfRowKey(rowKey);
    const table = tables.table(recordTable(instantMs));
    const entity = await table.get(partitions.recordsByDay(dayOf(instantMs)), rowKey);
    return entity === null ? [] : [parse(table.name, entity)];
  };

  return {
    append: async (records) => {
      const byMonth = Map.groupBy(records, (record) => recordTable(recordInstantMs(record)));
      await settleAll(byMonth, ([month, ofMonth]) => {
        const rows = ofMonth.flatMap((record) => rowsOf(partitions, record));
        const byPartition = Map.groupBy(rows, ({ partitionKey }) => partitionKey);
        return settleAll(byPartition, ([partitionKey, ofPartition]) =>
          upsertRows(
            tables.table(month),
            partitionKey,
            ofPartition.map(({ row }) => row),
          ),
        );
      });
    },
    listByDay: async (day, cursor): Promise<RowPage<RecordRow>> => {
      const table = tables.table(recordTable(Date.parse(day)));
      const page = await table.query({ partitionKey: partitions.recordsByDay(day), after: cursor }, listedRecords);
      return { rows: page.rows.map((entity) => parse(table.name, entity)), cursor: page.after };
    },
    listByCycle: async (cycleId, cursor) => {
      const partitionsByMonth = await months(partitions.recordsByCycle(cycleId));
      const page = await queryPartitions(partitionsByMonth, {}, cursor, listedRecords);
      return { rows: page.rows.map((entity) => parse(recordTablePrefix, entity)), cursor: page.cursor };
    },
    listByObject: async (sourceId, cursor) => {
      const prefix = `${encodeKey(sourceId)}|`;
      const bounds = { from: prefix, before: endOfPrefix(prefix) };
      const page = await queryPartitions(await months(partitions.recordsByObject), bounds, cursor, listedRecords);
      const records = await settleAll(page.rows, ({ rowKey }) => readByDay(rowKey.slice(prefix.length)));
      return { rows: records.flat(), cursor: page.cursor };
    },
    read: async (path, range, limit) =>
      readTimeline(slotsOf(path, await listMonths(tables), partitions), range, limit, async ({ key, entity }) =>
        path.kind === 'object' ? ((await readByDay(key))[0] ?? null) : parse(recordTablePrefix, entity),
      ),
    findSourceIds: async (name, kind = 'name') => {
      const prefix = nameKeyPrefix(kind, name);
      const bounds = { from: prefix, before: endOfPrefix(prefix) };
      const found = new Set<string>();
      let cursor: string | null = null;
      do {
        const page = await queryPartitions(await months(partitions.recordNames), bounds, cursor, mostNamed);
        for (const { rowKey } of page.rows) found.add(decodeKey(rowKey.slice(prefix.length)));
        cursor = page.cursor;
      } while (cursor !== null && found.size <= mostNamed);
      return [...found];
    },
    dropBefore: async (instantMs) => {
      const over = (await listMonths(tables)).filter(({ toMs }) => toMs < instantMs).map(({ table }) => table.name);
      await settleAll(over, (name) => tables.drop(name));
      return over;
    },
    erase: () => eraseRecords(tables, partitions),
  };
};
