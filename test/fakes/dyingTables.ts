import type { Table, Tables } from '../../lib/state/tables.js';

/** Tables whose process dies: from the n-th write on nothing is carried out, until `revive`. */
export interface DyingTables extends Tables {
  /** The write with this number (1 is the next) and all after it fail. `carryOut`: that one is stored all the same. */
  dieAt(write: number, carryOut: boolean): void;
  revive(): void;
  isDead(): boolean;
  /** Writes so far. */
  writes(): number;
}

export const createDyingTables = (inner: Tables): DyingTables => {
  let written = 0;
  let diesAt = Number.POSITIVE_INFINITY;
  let carriesOut = false;
  let isDead = false;
  const assertAlive = (): void => {
    if (isDead) throw new Error('the process is dead');
  };
  const guard = async <Result>(write: () => Promise<Result>): Promise<Result> => {
    assertAlive();
    written += 1;
    if (written < diesAt) return write();
    isDead = true;
    if (carriesOut) await write();
    throw new Error('the process died');
  };
  const wrap = (table: Table): Table => ({
    name: table.name,
    get: async (partitionKey, rowKey) => {
      assertAlive();
      return table.get(partitionKey, rowKey);
    },
    query: async (range, limit) => {
      assertAlive();
      return table.query(range, limit);
    },
    listKeys: async (range, limit) => {
      assertAlive();
      return table.listKeys(range, limit);
    },
    transact: (partitionKey, writes) => guard(() => table.transact(partitionKey, writes)),
    remove: (partitionKey, rowKey, etag) => guard(() => table.remove(partitionKey, rowKey, etag)),
  });
  return {
    table: (name) => wrap(inner.table(name)),
    list: (prefix) => inner.list(prefix),
    drop: (name) => guard(() => inner.drop(name)),
    dieAt: (write, carryOut) => {
      diesAt = written + write;
      carriesOut = carryOut;
    },
    revive: () => {
      diesAt = Number.POSITIVE_INFINITY;
      isDead = false;
    },
    isDead: () => isDead,
    writes: () => written,
  };
};
