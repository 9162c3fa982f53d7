import { hash } from 'node:crypto';
import { z } from 'zod';
import type { TargetStore } from '../engine/state.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { encodeKey, shardOf, shards } from './keys.js';
import { type Draft, mergeRows } from './mergeRows.js';
import { type Partitions, tableNames } from './names.js';
import { deleteRows } from './plainRows.js';
import { settleAll } from './settle.js';
import type { StoredEntity, Tables } from './tables.js';

type UserNames = Pick<TargetStore, 'putNames' | 'findNames' | 'dropNames'>;

const maxNameKeyChars = 400;
const droppedPerShard = 100;
const idList = z.array(z.string());

/** A name is only ever looked up, so a long one may stand as its hash. */
const nameRow = (name: string): string => {
  const key = encodeKey(name);
  return key.length <= maxNameKeyChars ? key : `~${hash('sha256', name)}`;
};

const parseIds = (table: string, entity: StoredEntity): readonly string[] =>
  readJsonOf({ table, rowKey: entity.rowKey, columns: entity.columns }, 'targetIds', idList);

/** Adds target ids to those that a name has already: the same page written twice changes nothing. */
const draftName = (table: string, name: string, targetIds: readonly string[]): Draft => {
  const rowKey = nameRow(name);
  let held: readonly string[] = [];
  let etag: string | null = null;
  return {
    rowKey,
    load: (entity) => {
      held = entity === null ? [] : parseIds(table, entity);
      etag = entity?.etag ?? null;
    },
    writes: () => {
      const ids = [...new Set([...held, ...targetIds])];
      if (ids.length === held.length) return [];
      const columns = jsonColumn('targetIds', ids);
      return [etag === null ? { kind: 'create', rowKey, columns } : { kind: 'replace', rowKey, columns, etag }];
    },
    saved: (saved) => {
      etag = saved;
    },
  };
};

/** The user names of an initial listing, in partitions of their own beside the claims. */
export const createUserNames = (tables: Tables, partitions: Partitions): UserNames => {
  const table = tables.table(tableNames.targets);
  const partitionOf = (name: string): string => partitions.userNames(shardOf(name));

  const dropShard = async (shard: string): Promise<number> => {
    const partitionKey = partitions.userNames(shard);
    const page = await table.query({ partitionKey }, droppedPerShard);
    await deleteRows(
      table,
      partitionKey,
      page.rows.map((row) => row.rowKey),
    );
    return page.rows.length;
  };

  return {
    putNames: async (names) => {
      const byName = Map.groupBy(names, ({ userName }) => userName.toLowerCase());
      await settleAll(
        Map.groupBy(byName, ([name]) => partitionOf(name)),
        ([partitionKey, ofShard]) =>
          mergeRows(
            table,
            partitionKey,
            ofShard.map(([name, rows]) =>
              draftName(
                table.name,
                name,
                rows.map((row) => row.targetId),
              ),
            ),
          ),
      );
    },
    findNames: async (userNames) => {
      const names = new Set(userNames.map((userName) => userName.toLowerCase()));
      const found = await settleAll(names, async (name): Promise<[string, readonly string[]][]> => {
        const entity = await table.get(partitionOf(name), nameRow(name));
        return entity === null ? [] : [[name, parseIds(table.name, entity)]];
      });
      return new Map(found.flat());
    },
    dropNames: async () => {
      const dropped = await settleAll(shards, dropShard);
      return dropped.some((count) => count > 0);
    },
  };
};
