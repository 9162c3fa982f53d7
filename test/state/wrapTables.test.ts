import { createMemoryTables } from '../../lib/state/memoryTables.js';
import type { Table } from '../../lib/state/tables.js';
import { boundTables } from '../../lib/state/wrapTables.js';

/** A table that counts how many operations are under way at a time. */
const createCountingTable = () => {
  const table = createMemoryTables().table('T');
  let running = 0;
  let most = 0;
  const slowly = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    return run();
  };
  const counting: Table = {
    ...table,
    get: (...given) => slowly(() => table.get(...given)),
    transact: (...given) => slowly(() => table.transact(...given)),
  };
  return { counting, most: () => most };
};

test('no more operations run at a time than allowed, and all run', async () => {
  const { counting, most } = createCountingTable();
  const table = boundTables({ table: () => counting, list: async () => [], drop: async () => undefined }, 5, 2).table(
    'T',
  );
  const keys = Array.from({ length: 40 }, (_none, index) => `r${index}`);
  await Promise.all(keys.map((rowKey) => table.transact('p', [{ kind: 'create', rowKey, columns: {} }])));
  expect(most()).toBe(2);
  const found = await Promise.all(keys.map((rowKey) => table.get('p', rowKey)));
  expect([most(), found.filter((entity) => entity !== null).length]).toEqual([5, 40]);
});
