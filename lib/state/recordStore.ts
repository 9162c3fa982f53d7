import type { RecordRow } from '../engine/record.js';
import type { RecordStore, RowPage } from '../engine/state.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { decodeKey, encodeKey } from './keys.js';
import { type Partitions, recordTable, recordTablePrefix } from './names.js';
import { type NamedPartition, queryPartitions } from './partitionPages.js';
import { upsertRows } from './plainRows.js';
import { dayOf, instantOfRowKey, namesOf, recordInstantMs, recordRowKey } from './recordKeys.js';
import { recordRow } from './recordShape.js';
import { settleAll } from './settle.js';
import { type Columns, endOfPrefix, type StoredEntity, type Tables } from './tables.js';

const listedRecords = 200;
const listedNames = 100;

/** The provisioning log, and who is meant by a name. */
export type ProvisioningRecords = RecordStore;

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
    ...namesOf(record).map((name) => ({
      partitionKey: partitions.recordNames,
      row: [`${encodeKey(name)}|${source}`, {}] as const,
    })),
  ];
};

/** Tables `ProvisioningLogs{yyyyMM}`. */
export const createRecordStore = (tables: Tables, partitions: Partitions): ProvisioningRecords => {
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
    findSourceIds: async (name) => {
      const prefix = `${encodeKey(name.toLowerCase())}|`;
      const bounds = { from: prefix, before: endOfPrefix(prefix) };
      const page = await queryPartitions(await months(partitions.recordNames), bounds, null, listedNames);
      return [...new Set(page.rows.map(({ rowKey }) => decodeKey(rowKey.slice(prefix.length))))];
    },
  };
};
