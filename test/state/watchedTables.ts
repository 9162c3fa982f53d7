import type { StoredEntity, Table, Tables } from '../../lib/state/tables.js';
import { hookWrites } from '../../lib/state/wrapTables.js';

/** Every row there is, by table, partition and key. */
export type Dump = Readonly<Record<string, StoredEntity['columns']>>;

/** Remembers where something was written, so that all of it can be read back. */
export const watchTables = (tables: Tables) => {
  const partitions = new Set<string>();
  const watched = hookWrites(tables, {
    beforeWrite: ({ table, partitionKey }) => {
      partitions.add(`${table} ${partitionKey}`);
    },
  });
  const dump = async (): Promise<Dump> => {
    const rows: Record<string, StoredEntity['columns']> = {};
    for (const place of [...partitions].sort()) {
      const [table = '', partitionKey = ''] = place.split(' ');
      const page = await tables.table(table).query({ partitionKey }, 1_000);
      for (const row of page.rows) rows[`${place} ${row.rowKey}`] = row.columns;
    }
    return rows;
  };
  return { tables: watched, dump };
};

/**
 * Repeats writes as the SDK does when an answer is lost: what is reported is what the second try met, a conflict with
 * the first.
 */
export const repeatWrites = (tables: Tables, isLost: () => boolean): Tables => ({
  table: (name): Table => {
    const table = tables.table(name);
    return {
      ...table,
      transact: async (partitionKey, writes) => {
        const result = await table.transact(partitionKey, writes);
        return result.kind === 'done' && isLost() ? table.transact(partitionKey, writes) : result;
      },
      remove: async (partitionKey, rowKey, etag) => {
        const result = await table.remove(partitionKey, rowKey, etag);
        return result === 'done' && isLost() ? table.remove(partitionKey, rowKey, etag) : result;
      },
    };
  },
  list: (prefix) => tables.list(prefix),
  drop: (name) => tables.drop(name),
});

/** Lets `turn` decide when each operation happens. */
export const interleave = (tables: Tables, turn: () => Promise<unknown>): Tables => ({
  table: (name): Table => {
    const table = tables.table(name);
    return {
      name,
      get: async (...given) => {
        await turn();
        return table.get(...given);
      },
      query: async (...given) => {
        await turn();
        return table.query(...given);
      },
      listKeys: async (...given) => {
        await turn();
        return table.listKeys(...given);
      },
      transact: async (...given) => {
        await turn();
        return table.transact(...given);
      },
      remove: async (...given) => {
        await turn();
        return table.remove(...given);
      },
    };
  },
  list: (prefix) => tables.list(prefix),
  drop: (name) => tables.drop(name),
});

/** Tables of a process that is killed before its write number `writes` or right after it: nothing follows. */
export const killAt = (tables: Tables, writes: number, moment: 'before' | 'after'): Tables => {
  let seen = 0;
  let dead = false;
  return hookWrites(tables, {
    beforeWrite: () => {
      seen += 1;
      dead ||= moment === 'before' && seen >= writes;
      if (dead) throw new Error('killed');
    },
    afterWrite: () => {
      dead ||= moment === 'after' && seen >= writes;
      if (dead) throw new Error('killed');
    },
  });
};
