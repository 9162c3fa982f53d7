import fc from 'fast-check';
import { createJobStore } from '../../lib/state/jobStore.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { partitionsOf } from '../../lib/state/names.js';
import type { Tables } from '../../lib/state/tables.js';
import { hookWrites } from '../../lib/state/wrapTables.js';
import { createHeldClock } from '../fakes/heldClock.js';
import { cycleOf } from './samples.js';
import { interleave, repeatWrites } from './watchedTables.js';

const durationMs = 90_000;
const partitions = partitionsOf('job');

const createIds = () => {
  let last = 0;
  return () => {
    last += 1;
    return `id${last}`;
  };
};

interface Reported {
  readonly cursor: string;
  readonly result: 'done' | 'fenced';
}

/** Fence and number of each checkpoint that reached the table, in the order of writing. */
const watchCheckpoints = (tables: Tables) => {
  const written: string[] = [];
  const watched = hookWrites(tables, {
    afterWrite: async ({ table, partitionKey }) => {
      const cycle = await tables.table(table).get(partitionKey, 'cycle');
      const cursor = cycle === null ? null : String(JSON.parse(cycle.columns.value ?? '{}').cursor);
      if (cursor !== null && written.at(-1) !== cursor) written.push(cursor);
    },
  });
  return { tables: watched, written };
};

describe('lease', () => {
  test('whatever two workers and the clock do, checkpoints of an older fence never follow a newer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 8 }),
        fc.infiniteStream(fc.boolean()),
        fc.array(fc.constantFrom('checkpoint', 'renew', 'release', 'take'), { minLength: 2, maxLength: 16 }),
        async (s, advances, lost, steps) => {
          const memory = createMemoryTables();
          const { tables, written } = watchCheckpoints(memory);
          const turn = () => s.schedule(Promise.resolve());
          const losing = interleave(
            repeatWrites(tables, () => lost.next().value === true),
            turn,
          );
          const clock = createHeldClock();
          const newId = createIds();
          const reported: Reported[] = [];
          const fences: number[] = [];
          const work = async (owner: string, share: number): Promise<void> => {
            const store = createJobStore(losing, partitions, { clock, newId });
            let lease = await store.takeLease(owner, durationMs);
            if (lease !== null) fences.push(lease.fence);
            for (const [index, step] of steps.entries()) {
              if (index % 2 !== share) continue;
              if (step === 'take') {
                const taken = await store.takeLease(owner, durationMs);
                if (taken === null) continue;
                lease = taken;
                fences.push(taken.fence);
              }
              if (lease === null) continue;
              if (step === 'renew') await lease.renew();
              if (step === 'release') await lease.release();
              if (step !== 'checkpoint') continue;
              const cursor = `${lease.fence}:${index}`;
              reported.push({ cursor, result: await store.checkpoint(lease, { cycle: { ...cycleOf('c'), cursor } }) });
            }
          };
          const passTime = async (): Promise<void> => {
            for (const byMs of advances) {
              await turn();
              clock.advance(byMs);
            }
          };
          await s.waitFor(Promise.all([work('a', 0), work('b', 1), passTime()]));
          expect(new Set(fences).size).toBe(fences.length);
          const order = written.map((cursor) => Number(cursor.split(':')[0]));
          expect(order).toEqual(order.toSorted((one, other) => one - other));
          const done = reported.filter(({ result }) => result === 'done').map(({ cursor }) => cursor);
          expect([...written].sort()).toEqual(done.sort());
        },
      ),
      { seed: 11, numRuns: 300 },
    );
  });

  test('of two workers that both believe in their lease at most one writes a checkpoint', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (s) => {
        const memory = createMemoryTables();
        const tables = interleave(memory, () => s.schedule(Promise.resolve()));
        const clock = createHeldClock();
        const newId = createIds();
        const [one, other] = [0, 1].map(() => createJobStore(tables, partitions, { clock, newId }));
        const race = async () => {
          const first = await one?.takeLease('a', durationMs);
          clock.advance(durationMs);
          const second = await other?.takeLease('b', durationMs);
          if (!first || !second) throw new Error('no lease');
          return Promise.all([
            one?.checkpoint(first, { cycle: cycleOf('mine', 1) }),
            other?.checkpoint(second, { cycle: cycleOf('mine', 2) }),
          ]);
        };
        expect(await s.waitFor(race())).toEqual(['fenced', 'done']);
      }),
      { seed: 12, numRuns: 50 },
    );
  });

  test('a checkpoint whose answer was lost is done, and its lease goes on', async () => {
    let losing = false;
    const tables = repeatWrites(createMemoryTables(), () => losing);
    const store = createJobStore(tables, partitions, { clock: createHeldClock(), newId: createIds() });
    losing = true;
    const lease = await store.takeLease('a', durationMs);
    if (lease === null) throw new Error('no lease');
    expect(await lease.renew()).toBe(true);
    expect(await store.checkpoint(lease, { cycle: cycleOf('c', 4), removedMarks: ['none'] })).toBe('done');
    losing = false;
    expect(await lease.renew()).toBe(true);
    expect((await store.read()).cycle?.slice).toBe(4);
  });

  test('a renewal that failed without an answer, although it was carried out, does not lose the lease', async () => {
    let fails = false;
    const tables = hookWrites(createMemoryTables(), {
      afterWrite: () => {
        if (fails) throw new Error('no answer');
      },
    });
    const clock = createHeldClock();
    const store = createJobStore(tables, partitions, { clock, newId: createIds() });
    const lease = await store.takeLease('a', durationMs);
    if (lease === null) throw new Error('no lease');
    clock.advance(30_000);
    fails = true;
    await expect(lease.renew()).rejects.toThrow('no answer');
    expect([lease.isLost(), lease.deadlineMs()]).toEqual([false, 90_000]);
    fails = false;
    clock.advance(10_000);
    expect(await store.checkpoint(lease, { cycle: cycleOf('c') })).toBe('done');
    expect((await store.read()).cycle).toEqual(cycleOf('c'));
    expect(lease.deadlineMs()).toBe(130_000);
  });

  test('a lease that was given back is free to a worker whose clock is behind', async () => {
    const tables = createMemoryTables();
    const newId = createIds();
    const ahead = createJobStore(tables, partitions, { clock: createHeldClock(), newId });
    const clock = createHeldClock({ nowMs: Date.UTC(2026, 10, 22) });
    const behind = createJobStore(tables, partitions, { clock, newId });
    const lease = await ahead.takeLease('a', durationMs);
    expect(await behind.takeLease('b', durationMs)).toBeNull();
    await lease?.release();
    expect((await behind.takeLease('b', durationMs))?.fence).toBe(2);
  });
});
