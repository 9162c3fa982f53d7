import pLimit from 'p-limit';
import type { Table, Tables, Write } from './tables.js';

const wrapTables = (tables: Tables, wrap: (table: Table) => Table): Tables => {
  const wrapped = new Map<string, Table>();
  return {
    table: (name) => {
      const table = wrapped.get(name) ?? wrap(tables.table(name));
      wrapped.set(name, table);
      return table;
    },
    list: (prefix) => tables.list(prefix),
    drop: (name) => tables.drop(name),
  };
};

/** Counts operations as storage bills them: a point read, a query page and a transaction are one each. */
export const countOperations = (tables: Tables): { readonly tables: Tables; readonly operationCount: () => number } => {
  let count = 0;
  const counted = wrapTables(tables, (table) => ({
    name: table.name,
    get: (partitionKey, rowKey) => {
      count += 1;
      return table.get(partitionKey, rowKey);
    },
    query: (range, limit) => {
      count += 1;
      return table.query(range, limit);
    },
    listKeys: (range, limit) => {
      count += 1;
      return table.listKeys(range, limit);
    },
    transact: (partitionKey, writes) => {
      count += 1;
      return table.transact(partitionKey, writes);
    },
    remove: (partitionKey, rowKey, etag) => {
      count += 1;
      return table.remove(partitionKey, rowKey, etag);
    },
  }));
  const list = (prefix: string): Promise<readonly string[]> => {
    count += 1;
    return tables.list(prefix);
  };
  const drop = (name: string): Promise<void> => {
    count += 1;
    return counted.drop(name);
  };
  return { tables: { ...counted, list, drop }, operationCount: () => count };
};

/** At most so many reads and so many writes at a time; the rest waits in the order of asking. */
export const boundTables = (tables: Tables, readsAtATime: number, writesAtATime: number): Tables => {
  const read = pLimit(readsAtATime);
  const write = pLimit(writesAtATime);
  return wrapTables(tables, (table) => ({
    name: table.name,
    get: (partitionKey, rowKey) => read(() => table.get(partitionKey, rowKey)),
    query: (range, limit) => read(() => table.query(range, limit)),
    listKeys: (range, limit) => read(() => table.listKeys(range, limit)),
    transact: (partitionKey, writes) => write(() => table.transact(partitionKey, writes)),
    remove: (partitionKey, rowKey, etag) => write(() => table.remove(partitionKey, rowKey, etag)),
  }));
};

/** One transaction or conditional delete, as a hook sees it. */
export interface ObservedWrite {
  readonly table: string;
  readonly partitionKey: string;
  readonly writes: readonly (Write | { readonly kind: 'remove'; readonly rowKey: string })[];
}

/** Called around each write; what a hook throws reaches the store, before the write or after it. */
export interface WriteHooks {
  readonly beforeWrite?: (write: ObservedWrite) => void | Promise<void>;
  readonly afterWrite?: (write: ObservedWrite) => void | Promise<void>;
}

/** Lets a driver see every write, and stop between any two. */
export const hookWrites = (tables: Tables, hooks: WriteHooks): Tables => {
  const around = async <Result>(write: ObservedWrite, run: () => Promise<Result>): Promise<Result> => {
    await hooks.beforeWrite?.(write);
    const result = await run();
    await hooks.afterWrite?.(write);
    return result;
  };
  return wrapTables(tables, (table) => ({
    ...table,
    transact: (partitionKey, writes) =>
      around({ table: table.name, partitionKey, writes }, () => table.transact(partitionKey, writes)),
    remove: (partitionKey, rowKey, etag) =>
      around({ table: table.name, partitionKey, writes: [{ kind: 'remove', rowKey }] }, () =>
        table.remove(partitionKey, rowKey, etag),
      ),
  }));
};
