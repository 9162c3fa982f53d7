import fc from 'fast-check';
import type { ObjectStore, StoredObject } from '../../lib/engine/state.js';
import type { ObjectRow } from '../../lib/engine/stored.js';
import { emptyRow } from '../../lib/engine/stored.js';
import { encodeKey, shardOf } from '../../lib/state/keys.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { partitionsOf } from '../../lib/state/names.js';
import { createObjectStore } from '../../lib/state/objectStore.js';
import type { Tables } from '../../lib/state/tables.js';
import { hookWrites } from '../../lib/state/wrapTables.js';
import { at, changeOf, pendingAt, stagedIn } from './samples.js';
import { interleave, killAt, repeatWrites } from './watchedTables.js';

/** One call of a worker: what it makes of some objects, and whether it goes by what it read before. */
interface Call {
  readonly worker: 0 | 1;
  readonly ids: readonly string[];
  readonly due: number | null;
  readonly staged: 'staged' | 'held' | null;
  readonly empties: boolean;
  readonly remembers: boolean;
}

/** All in one partition, so that they meet in one transaction. */
const shard = shardOf('a/0');
const objectIds = Array.from({ length: 200 }, (_none, index) => `a/${index}`)
  .filter((id) => shardOf(id) === shard)
  .slice(0, 5);
const call: fc.Arbitrary<Call> = fc.record({
  worker: fc.constantFrom(0, 1),
  ids: fc.uniqueArray(fc.constantFrom(...objectIds), { minLength: 1 }),
  due: fc.option(fc.integer({ min: 0, max: 3 })),
  staged: fc.option(fc.constantFrom('staged', 'held')),
  empties: fc.boolean(),
  remembers: fc.boolean(),
});

const partitions = partitionsOf('job');

const applyCall =
  (made: Call, mark: string) =>
  (row: ObjectRow): ObjectRow =>
    made.empties
      ? emptyRow(row.id, row.type)
      : {
          ...row,
          pending: made.due === null ? null : pendingAt(at(made.due), (row.pending?.touch ?? 0) + 1),
          staged: made.staged === null ? null : stagedIn('c', made.staged),
          wantedBy: [...new Set([...row.wantedBy, mark])],
        };

const expectAgreement = async (objects: ObjectStore): Promise<readonly StoredObject[]> => {
  const { rows } = await objects.list(null);
  const due = rows.flatMap(({ row }) => (row.pending ? [{ id: row.id, type: row.type, due: row.pending.due }] : []));
  const staged = rows.flatMap(({ row }) =>
    row.staged ? [{ id: row.id, cycleId: 'c', state: row.staged.state, provenByRow: false }] : [],
  );
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
  expect([...(await objects.listDue('user', at(9), null, 1_000)).rows].sort(byId)).toEqual(due.sort(byId));
  expect([...(await objects.listStaged(null)).rows].sort(byId)).toEqual(staged.sort(byId));
  return rows;
};

/** Makes the calls of both workers at once, in an order that `turn` decides. */
const runCalls = async (tables: Tables, calls: readonly Call[]): Promise<void> => {
  const workers = [createObjectStore(tables, partitions), createObjectStore(tables, partitions)] as const;
  const remembered = [new Map<string, StoredObject>(), new Map<string, StoredObject>()] as const;
  const work = async (worker: 0 | 1): Promise<void> => {
    for (const [index, made] of calls.entries()) {
      if (made.worker !== worker) continue;
      const known = remembered[worker];
      const changes = made.ids.map((id) =>
        changeOf(id, applyCall(made, `m${index}`), made.remembers ? known.get(id) : undefined),
      );
      for (const [id, stored] of await workers[worker].update(changes)) known.set(id, stored);
    }
  };
  await Promise.all([work(0), work(1)]);
};

describe('index rows', () => {
  test('agree with the rows however two workers, lost versions and lost answers meet', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(call, { maxLength: 12 }),
        fc.infiniteStream(fc.boolean()),
        async (s, calls, lost) => {
          const memory = createMemoryTables();
          const losing = repeatWrites(memory, () => lost.next().value === true);
          await s.waitFor(
            runCalls(
              interleave(losing, () => s.schedule(Promise.resolve())),
              calls,
            ),
          );
          await expectAgreement(createObjectStore(memory, partitions));
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  test('agree after a kill before or after any write', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { maxLength: 8 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('before', 'after'),
        async (calls, write, moment) => {
          const memory = createMemoryTables();
          await runCalls(killAt(memory, write, moment), calls).catch((error: Error) =>
            expect(error.message).toBe('killed'),
          );
          await expectAgreement(createObjectStore(memory, partitions));
        },
      ),
      { seed: 8, numRuns: 300 },
    );
  });

  test('no change is lost between two workers that never forget', async () => {
    const growing = call.map((made): Call => ({ ...made, empties: false }));
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(growing, { maxLength: 12 }), async (s, calls) => {
        const memory = createMemoryTables();
        await s.waitFor(
          runCalls(
            interleave(memory, () => s.schedule(Promise.resolve())),
            calls,
          ),
        );
        const rows = await expectAgreement(createObjectStore(memory, partitions));
        for (const id of objectIds) {
          const marks = calls.flatMap((made, index) => (made.ids.includes(id) ? [`m${index}`] : []));
          const row = rows.find((stored) => stored.row.id === id)?.row;
          expect([...(row?.wantedBy ?? [])].sort()).toEqual(marks.sort());
        }
      }),
      { seed: 9, numRuns: 200 },
    );
  });

  test('an index row that somebody deleted by hand does not hold its object fast', async () => {
    const memory = createMemoryTables();
    const objects = createObjectStore(memory, partitions);
    await objects.update(objectIds.map((id) => changeOf(id, (row) => ({ ...row, pending: pendingAt(at(1)) }))));
    const [due] = (await memory.table('Objects').query({ partitionKey: partitions.objects(shard), from: '~due' }, 1))
      .rows;
    if (due === undefined) throw new Error('no index row');
    await memory.table('Objects').transact(partitions.objects(shard), [{ kind: 'delete', rowKey: due.rowKey }]);
    await objects.update(objectIds.map((id) => changeOf(id, (row) => ({ ...row, pending: pendingAt(at(2)) }))));
    expect(await expectAgreement(objects)).toHaveLength(objectIds.length);
  });

  test('a row that others change at every attempt is given up with its name', async () => {
    const memory = createMemoryTables();
    const [first = ''] = objectIds;
    const rival = createObjectStore(memory, partitions);
    await rival.update([changeOf(first, (row) => ({ ...row, wantedBy: ['0'] }))]);
    let turn = 0;
    const contended = hookWrites(memory, {
      beforeWrite: async () => {
        turn += 1;
        const mark = String(turn);
        await rival.update([changeOf(first, (row) => ({ ...row, wantedBy: [mark] }))]);
      },
    });
    const update = createObjectStore(contended, partitions).update([
      changeOf(first, (row) => ({ ...row, wantedBy: ['mine'] })),
    ]);
    await expect(update).rejects.toMatchObject({
      fault: { code: 'StateRowContended', message: expect.stringContaining(`row ${encodeKey(first)}`) },
    });
  });
});
