import type { ObjectRow } from '../engine/stored.js';
import { jsonColumn, type RowPlace, readJson, readText } from './columns.js';
import { rowUnreadable } from './faults.js';
import { decodeKey, encodeKey } from './keys.js';
import { dueRow, stagedRow } from './names.js';
import * as shapes from './objectShapes.js';
import { objectType } from './shapes.js';
import type { Columns, StoredEntity, Write } from './tables.js';

const optionalColumns = ['link', 'pending', 'staged', 'intent', 'eval', 'removal', 'gone', 'group', 'members'] as const;

/** Nothing is known of the object any more. */
export const isEmptyRow = (row: ObjectRow): boolean =>
  optionalColumns.every((column) => row[column] === null) &&
  Object.keys(row.via).length === 0 &&
  row.wantedBy.length === 0;

/** What is null or empty has no column. */
export const toObjectColumns = (row: ObjectRow): Columns => {
  const columns: Record<string, string> = { type: row.type };
  for (const column of optionalColumns) {
    if (row[column] !== null) Object.assign(columns, jsonColumn(column, row[column]));
  }
  if (Object.keys(row.via).length > 0) Object.assign(columns, jsonColumn('via', row.via));
  if (row.wantedBy.length > 0) Object.assign(columns, jsonColumn('wantedBy', row.wantedBy));
  return columns;
};

/** Throws `StateRowUnreadable` naming the column. */
export const parseObjectRow = (table: string, entity: StoredEntity): ObjectRow => {
  const place: RowPlace = { table, rowKey: entity.rowKey, columns: entity.columns };
  const type = objectType.safeParse(readText(place, 'type'));
  if (!type.success) throw rowUnreadable(table, entity.rowKey, 'type', "neither 'user' nor 'group'.");
  return {
    id: decodeKey(entity.rowKey),
    type: type.data,
    link: readJson(place, 'link', shapes.link) ?? null,
    pending: readJson(place, 'pending', shapes.pending) ?? null,
    staged: readJson(place, 'staged', shapes.staged) ?? null,
    intent: readJson(place, 'intent', shapes.intent) ?? null,
    eval: readJson(place, 'eval', shapes.evaluation) ?? null,
    removal: readJson(place, 'removal', shapes.removalState) ?? null,
    via: readJson(place, 'via', shapes.via) ?? {},
    wantedBy: readJson(place, 'wantedBy', shapes.wantedBy) ?? [],
    gone: readJson(place, 'gone', shapes.gone) ?? null,
    group: readJson(place, 'group', shapes.group) ?? null,
    members: readJson(place, 'members', shapes.members) ?? null,
  };
};

type IndexRows = ReadonlyMap<string, Columns>;

/** The index rows that a row must have: one while it is pending, one while a removal is staged. */
const indexRowsOf = (row: ObjectRow | null): IndexRows => {
  const rows = new Map<string, Columns>();
  if (row === null) return rows;
  if (row.pending !== null) rows.set(dueRow(row.type, row.pending.due, row.id), { type: row.type });
  if (row.staged !== null) {
    const { cycleId, state, provenByRow } = row.staged;
    rows.set(stagedRow(row.id), { cycleId, state, provenByRow: String(provenByRow) });
  }
  return rows;
};

const sameColumns = (one: Columns, other: Columns): boolean =>
  Object.keys(one).every((name) => one[name] === other[name]);

/** What turns the index rows of `before` into those of `after`. */
const indexWrites = (before: IndexRows, after: IndexRows): readonly Write[] => [
  ...[...before.keys()].filter((key) => !after.has(key)).map((rowKey): Write => ({ kind: 'delete', rowKey })),
  ...[...after]
    .filter(([key, columns]) => {
      const old = before.get(key);
      return old === undefined || !sameColumns(columns, old);
    })
    .map(([rowKey, columns]): Write => ({ kind: 'upsert', rowKey, columns })),
];

/** The row's own write first, so that a lost version is what a conflict names; then its index rows. */
export const objectWrites = (before: ObjectRow | null, etag: string | null, after: ObjectRow): readonly Write[] => {
  const rowKey = encodeKey(after.id);
  const columns = toObjectColumns(after);
  const own: Write = etag === null ? { kind: 'create', rowKey, columns } : { kind: 'replace', rowKey, columns, etag };
  return [own, ...indexWrites(indexRowsOf(before), indexRowsOf(after))];
};
