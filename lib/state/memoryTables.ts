import { checkTransaction } from './limits.js';
import { MemoryPartition } from './memoryPartition.js';
import type { Table, Tables } from './tables.js';

const maxPageRows = 1_000;

const createMemoryTable = (
  name: string,
  partitions: Map<string, MemoryPartition>,
  nextEtag: () => string,
  onWrite: () => void,
): Table => {
  const partitionOf = (key: string): MemoryPartition => {
    const partition = partitions.get(key) ?? new MemoryPartition();
    partitions.set(key, partition);
    return partition;
  };
  return {
    name,
    get: async (partitionKey, rowKey) => partitions.get(partitionKey)?.get(rowKey) ?? null,
    query: async (range, limit) =>
      partitions.get(range.partitionKey)?.query(range, Math.min(limit, maxPageRows)) ?? { rows: [], after: null },
    listKeys: async ({ from, before }, limit) => {
      const keys = [...partitions.keys()].filter((key) => key >= from && key < before).sort();
      return keys
        .flatMap((partitionKey) =>
          (partitions.get(partitionKey)?.query({ partitionKey }, maxPageRows).rows ?? []).map(({ rowKey }) => ({
            partitionKey,
            rowKey,
          })),
        )
        .slice(0, Math.min(limit, maxPageRows));
    },
    transact: async (partitionKey, writes) => {
      checkTransaction(name, partitionKey, writes);
      onWrite();
      const partition = partitionOf(partitionKey);
      const conflict = partition.findConflict(writes);
      if (conflict !== null) return conflict;
      const etags = writes.map((write) => {
        if (write.kind === 'delete') {
          partition.delete(write.rowKey);
          return null;
        }
        const etag = nextEtag();
        partition.put({ rowKey: write.rowKey, columns: { ...write.columns }, etag });
        return etag;
      });
      return { kind: 'done', etags };
    },
    remove: async (partitionKey, rowKey, etag) => {
      const partition = partitionOf(partitionKey);
      const row = partition.get(rowKey);
      if (row === null) return 'missing';
      if (row.etag !== etag) return 'stale';
      partition.delete(rowKey);
      return 'done';
    },
  };
};

/** Table Storage in memory: the same keys, versions, conflicts and limits, one step at a time. */
export const createMemoryTables = (): Tables => {
  const tables = new Map<string, Table>();
  const contents = new Map<string, Map<string, MemoryPartition>>();
  const written = new Set<string>();
  let version = 0;
  const nextEtag = (): string => {
    version += 1;
    return `W/"${version}"`;
  };
  return {
    table: (name) => {
      const known = tables.get(name);
      if (known) return known;
      const partitions = new Map<string, MemoryPartition>();
      const table = createMemoryTable(name, partitions, nextEtag, () => written.add(name));
      tables.set(name, table);
      contents.set(name, partitions);
      return table;
    },
    list: async (prefix) => [...written].filter((name) => name.startsWith(prefix)).sort(),
    drop: async (name) => {
      contents.get(name)?.clear();
      written.delete(name);
    },
  };
};
