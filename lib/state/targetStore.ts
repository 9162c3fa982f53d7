import type { ClaimResult, TargetStore } from '../engine/state.js';
import { readText } from './columns.js';
import { rowContended } from './faults.js';
import { encodeKey, shardOf } from './keys.js';
import { type Partitions, tableNames } from './names.js';
import type { StoredEntity, Tables } from './tables.js';
import { createUserNames } from './userNames.js';

const maxAttempts = 5;

/** Table `Targets`: which source object owns a Zoom account. A claim is inserted, so that one of two wins. */
export const createTargetStore = (tables: Tables, partitions: Partitions): TargetStore => {
  const table = tables.table(tableNames.targets);
  const partitionOf = (targetId: string): string => partitions.targets(shardOf(targetId));
  const ownerOf = (entity: StoredEntity): string =>
    readText({ table: table.name, rowKey: entity.rowKey, columns: entity.columns }, 'sourceId');
  const read = (targetId: string): Promise<StoredEntity | null> =>
    table.get(partitionOf(targetId), encodeKey(targetId));

  const claim = async (targetId: string, sourceId: string): Promise<ClaimResult> => {
    const rowKey = encodeKey(targetId);
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const result = await table.transact(partitionOf(targetId), [{ kind: 'create', rowKey, columns: { sourceId } }]);
      if (result.kind === 'done') return { kind: 'claimed' };
      const holder = await read(targetId);
      if (holder === null) continue;
      const bySourceId = ownerOf(holder);
      return bySourceId === sourceId ? { kind: 'claimed' } : { kind: 'held', bySourceId, etag: holder.etag };
    }
    throw rowContended(table.name, rowKey);
  };

  return {
    ...createUserNames(tables, partitions),
    claim,
    transfer: async (targetId, toSourceId, etag) => {
      const rowKey = encodeKey(targetId);
      const columns = { sourceId: toSourceId };
      const result = await table.transact(partitionOf(targetId), [{ kind: 'replace', rowKey, columns, etag }]);
      if (result.kind === 'done') return true;
      // The answer to our own write may have been lost.
      const holder = await read(targetId);
      return holder !== null && ownerOf(holder) === toSourceId;
    },
    release: async (targetId, sourceId) => {
      for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
        const holder = await read(targetId);
        if (holder === null || ownerOf(holder) !== sourceId) return;
        if ((await table.remove(partitionOf(targetId), holder.rowKey, holder.etag)) !== 'stale') return;
      }
      throw rowContended(table.name, encodeKey(targetId));
    },
  };
};
