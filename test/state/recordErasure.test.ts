import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { partitionsOf, recordTablePrefix } from '../../lib/state/names.js';
import { createRecordStore } from '../../lib/state/recordStore.js';
import { createDyingTables } from '../fakes/dyingTables.js';
import { at, recordOf } from './samples.js';
import { watchTables } from './watchedTables.js';

const partitions = partitionsOf('job');
const made = Array.from({ length: 12 }, (_none, index) =>
  recordOf(`r${index}`, { activityDateTime: at(-index * 500_000), cycleId: `c${index % 3}` }),
);

describe('erasing the provisioning log', () => {
  test('leaves nothing, wherever an earlier attempt was cut short', async () => {
    for (let write = 1; ; write += 1) {
      const { tables: watched, dump } = watchTables(createMemoryTables());
      const tables = createDyingTables(watched);
      const records = createRecordStore(tables, partitions);
      await records.append(made);
      tables.dieAt(write, write % 2 === 0);
      const isDone = await records.erase().then(
        () => true,
        () => false,
      );
      tables.revive();
      while (await records.erase());
      expect(await dump()).toEqual({});
      if (isDone && !tables.isDead()) {
        expect(write).toBeGreaterThan(10);
        return;
      }
    }
  });

  test('removes a row that cannot be read', async () => {
    const { tables, dump } = watchTables(createMemoryTables());
    const partitionKey = partitions.recordsByDay('2026-11-23');
    await tables
      .table(`${recordTablePrefix}202611`)
      .transact(partitionKey, [{ kind: 'upsert', rowKey: '1|r', columns: { record: '{"cyc' } }]);
    expect(await createRecordStore(tables, partitions).erase()).toBe(false);
    expect(await dump()).toEqual({});
  });

  test('of very many records takes more than one call, each of bounded work', async () => {
    const { tables, dump } = watchTables(createMemoryTables());
    const records = createRecordStore(tables, partitions);
    await records.append(
      Array.from({ length: 4_000 }, (_none, index) => recordOf(`r${index}`, { cycleId: `c${index % 2}` })),
    );
    let calls = 1;
    while (await records.erase()) calls += 1;
    expect(calls).toBe(2);
    expect(await dump()).toEqual({});
  });
});
