import type { Table, Tables } from '../../lib/state/tables.js';

type Hold = <Result>(work: Promise<Result>) => Promise<Result>;

/** Real storage beside a clock that moves by itself: while it works, no time passes. */
export const holdTime = (tables: Tables, hold: Hold): Tables => {
  const wrap = (table: Table): Table => ({
    name: table.name,
    get: (...given) => hold(table.get(...given)),
    query: (...given) => hold(table.query(...given)),
    listKeys: (...given) => hold(table.listKeys(...given)),
    transact: (...given) => hold(table.transact(...given)),
    remove: (...given) => hold(table.remove(...given)),
  });
  return {
    table: (name) => wrap(tables.table(name)),
    list: (prefix) => hold(tables.list(prefix)),
    drop: (name) => hold(tables.drop(name)),
  };
};
