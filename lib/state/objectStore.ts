import type { ObjectChange, ObjectStore, StoredObject } from '../engine/state.js';
import { createFirstRead } from './firstRead.js';
import { encodeKey, instantKey, shardOf, shards } from './keys.js';
import { mergeRows } from './mergeRows.js';
import { duePrefix, indexPrefix, type Partitions, stagedPrefix, tableNames } from './names.js';
import { draftObject, type ObjectDraft } from './objectDraft.js';
import { parseDueEntry, parseStagedEntry } from './objectIndex.js';
import { parseObjectRow } from './objectRow.js';
import { queryPartitions } from './partitionPages.js';
import { settleAll } from './settle.js';
import { endOfPrefix, type Table, type Tables } from './tables.js';

/** Rows may be long; index entries are short. */
const listedRows = 500;
const listedEntries = 1_000;

const draftObjects = (table: string, changes: readonly ObjectChange[]): readonly ObjectDraft[] =>
  [...Map.groupBy(changes, (change) => change.id).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [draftObject(table, first, others)],
  );

/** Deletes a row that became empty, unless somebody wrote to it meanwhile. */
const dropEmptied = async (table: Table, partitionKey: string, draft: ObjectDraft): Promise<void> => {
  const etag = draft.emptiedEtag();
  if (etag !== null) await table.remove(partitionKey, draft.rowKey, etag);
};

/** Table `Objects`: one row an object, and beside it the index rows that find what is due or staged. */
export const createObjectStore = (tables: Tables, partitions: Partitions): ObjectStore => {
  const table = tables.table(tableNames.objects);
  const everyShard = shards.map((shard) => ({
    name: shard,
    table,
    partitionKey: partitions.objects(shard),
  }));
  const firstRead = createFirstRead();
  const partitionOf = (id: string): string => partitions.objects(shardOf(id));

  const updateShard = async (partitionKey: string, drafts: readonly ObjectDraft[]): Promise<void> => {
    await firstRead.read(table, partitionKey, drafts);
    await mergeRows(table, partitionKey, drafts);
    firstRead.learn(drafts);
    await settleAll(drafts, (draft) => dropEmptied(table, partitionKey, draft));
  };

  return {
    read: async (ids) => {
      const found = await settleAll(new Set(ids), async (id): Promise<[string, StoredObject][]> => {
        const entity = await table.get(partitionOf(id), encodeKey(id));
        return entity === null ? [] : [[id, { row: parseObjectRow(table.name, entity), etag: entity.etag }]];
      });
      return new Map(found.flat());
    },
    update: async (changes) => {
      const drafts = draftObjects(table.name, changes);
      await settleAll(
        Map.groupBy(drafts, (draft) => partitionOf(draft.id)),
        ([partitionKey, ofShard]) => updateShard(partitionKey, ofShard),
      );
      return new Map(drafts.map((draft) => [draft.id, draft.result()]));
    },
    listDue: async (type, before, cursor, limit) => {
      const prefix = duePrefix(type);
      const bounds = { from: prefix, before: endOfPrefix(`${prefix}${instantKey(before)}|`) };
      const page = await queryPartitions(everyShard, bounds, cursor, limit);
      return { rows: page.rows.map((entity) => parseDueEntry(table.name, entity)), cursor: page.cursor };
    },
    listStaged: async (cursor) => {
      const bounds = { from: stagedPrefix, before: endOfPrefix(stagedPrefix) };
      const page = await queryPartitions(everyShard, bounds, cursor, listedEntries);
      return { rows: page.rows.map((entity) => parseStagedEntry(table.name, entity)), cursor: page.cursor };
    },
    list: async (cursor) => {
      const page = await queryPartitions(everyShard, { before: indexPrefix }, cursor, listedRows);
      return {
        rows: page.rows.map((entity) => ({ row: parseObjectRow(table.name, entity), etag: entity.etag })),
        cursor: page.cursor,
      };
    },
  };
};
