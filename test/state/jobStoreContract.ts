import { createJobStore } from '../../lib/state/jobStore.js';
import { partitionsOf } from '../../lib/state/names.js';
import type { Tables } from '../../lib/state/tables.js';
import { createHeldClock } from '../fakes/heldClock.js';
import { at, cycleOf, markOf, newJob, summaryOf } from './samples.js';

let jobs = 0;

/** A store of a new job for each worker, over the same tables, with one clock. */
const openWorkers = (tables: Tables) => {
  jobs += 1;
  const clock = createHeldClock();
  const partitions = partitionsOf(`job${jobs}`);
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id${ids}`;
  };
  return { clock, openStore: () => createJobStore(tables, partitions, { clock, newId }) };
};

/** What the job store promises, over tables that nobody has written to. */
export const describeJobStore = (name: string, open: () => Tables): void => {
  describe(`jobs ${name}`, () => {
    test('a job that nobody wrote has no rows', async () => {
      const store = openWorkers(open()).openStore();
      expect(await store.read()).toEqual({
        job: null,
        lease: null,
        cycle: null,
        request: null,
        marks: [],
        counters: { linkedActive: 0, linkedDisabled: 0 },
        removals: {},
        demands: [],
      });
    });

    test('the first row of a job stays', async () => {
      const store = openWorkers(open()).openStore();
      expect(await store.ensureJob(newJob)).toEqual(newJob);
      expect(await store.ensureJob({ ...newJob, status: 'off' })).toEqual(newJob);
      expect((await store.updateJob((job) => ({ ...job, status: 'paused' }))).status).toBe('paused');
      expect((await store.read()).job).toEqual({ ...newJob, status: 'paused' });
    });

    test('two changes of a job at once are both made', async () => {
      const store = openWorkers(open()).openStore();
      await store.ensureJob(newJob);
      await Promise.all(
        Array.from({ length: 5 }, () => store.updateJob((job) => ({ ...job, failuresInARow: job.failuresInARow + 1 }))),
      );
      expect((await store.read()).job?.failuresInARow).toBe(5);
    });

    test('a job without a row cannot be changed', async () => {
      const store = openWorkers(open()).openStore();
      await expect(store.updateJob((job) => job)).rejects.toMatchObject({ fault: { code: 'StateDefect' } });
    });

    test('a request that waits keeps its id and is raised, never lowered', async () => {
      const store = openWorkers(open()).openStore();
      const first = { cycleId: 'c1', kind: 'incremental' as const, requestedAt: at(0) };
      expect(await store.request(first)).toEqual(first);
      expect(await store.request({ cycleId: 'c2', kind: 'initial', requestedAt: at(1) })).toEqual({
        ...first,
        kind: 'initial',
      });
      expect((await store.request({ cycleId: 'c3', kind: 'reconcile', requestedAt: at(2) })).kind).toBe('initial');
      expect((await store.read()).request).toEqual({ ...first, kind: 'initial' });
    });

    test('the lease goes to one, for as long as it lasts, with a higher fence each time', async () => {
      const { clock, openStore } = openWorkers(open());
      const [one, other] = [openStore(), openStore()];
      const taken = await Promise.all([one.takeLease('a', 90_000), other.takeLease('b', 90_000)]);
      expect(taken.filter((lease) => lease !== null)).toHaveLength(1);
      expect(await other.takeLease('b', 90_000)).toBeNull();
      clock.advance(89_999);
      expect(await other.takeLease('b', 90_000)).toBeNull();
      clock.advance(1);
      const second = await other.takeLease('c', 90_000);
      expect([second?.owner, second?.fence]).toEqual(['c', 2]);
      const expiresAt = new Date(clock.nowMs() + 90_000).toISOString();
      expect((await one.read()).lease).toEqual({ owner: 'c', fence: 2, expiresAt });
    });

    test('a renewed lease lasts from when its renewal was sent', async () => {
      const { clock, openStore } = openWorkers(open());
      const store = openStore();
      const lease = await store.takeLease('a', 90_000);
      expect(lease?.deadlineMs()).toBe(90_000);
      clock.advance(30_000);
      expect(await lease?.renew()).toBe(true);
      expect(lease?.deadlineMs()).toBe(120_000);
      clock.advance(89_999);
      expect(await store.takeLease('b', 90_000)).toBeNull();
    });

    test('a lease that was given back is free at once, and its holder writes no more', async () => {
      const store = openWorkers(open()).openStore();
      const lease = await store.takeLease('a', 90_000);
      if (lease === null) throw new Error('no lease');
      await lease.release();
      expect((await store.read()).lease).toBeNull();
      expect([await lease.renew(), lease.isLost(), lease.deadlineMs()]).toEqual([
        false,
        true,
        Number.NEGATIVE_INFINITY,
      ]);
      expect(await store.checkpoint(lease, { cycle: cycleOf('c') })).toBe('fenced');
      expect((await store.takeLease('b', 90_000))?.fence).toBe(2);
      await lease.release();
      expect((await store.read()).lease?.owner).toBe('b');
    });

    test('a worker that slept through its lease is fenced and writes nothing', async () => {
      const { clock, openStore } = openWorkers(open());
      const [sleeper, successor] = [openStore(), openStore()];
      await sleeper.ensureJob(newJob);
      const old = await sleeper.takeLease('a', 90_000);
      clock.advance(90_000);
      const lease = await successor.takeLease('b', 90_000);
      if (old === null || lease === null) throw new Error('no lease');
      expect(await successor.checkpoint(lease, { cycle: cycleOf('mine') })).toBe('done');
      const late = { cycle: cycleOf('late'), counters: { linkedActive: 9, linkedDisabled: 9 }, marks: [markOf('s')] };
      expect(await sleeper.checkpoint(old, { ...late, job: (job) => ({ ...job, status: 'off' }) })).toBe('fenced');
      expect([await old.renew(), old.isLost()]).toEqual([false, true]);
      const { cycle, counters, marks, job } = await successor.read();
      expect([cycle?.cycleId, counters.linkedActive, marks, job?.status]).toEqual(['mine', 0, [], 'on']);
      expect(await lease.renew()).toBe(true);
    });

    test('a lease that ran out and that nobody took can still be renewed', async () => {
      const { clock, openStore } = openWorkers(open());
      const lease = await openStore().takeLease('a', 90_000);
      clock.advance(100_000);
      expect(await lease?.renew()).toBe(true);
      expect(lease?.deadlineMs()).toBe(190_000);
    });

    test('renewals and checkpoints at once all pass', async () => {
      const store = openWorkers(open()).openStore();
      const lease = await store.takeLease('a', 90_000);
      if (lease === null) throw new Error('no lease');
      const results = await Promise.all([
        lease.renew(),
        store.checkpoint(lease, { cycle: cycleOf('c', 1) }),
        lease.renew(),
        store.checkpoint(lease, { cycle: cycleOf('c', 2) }),
        lease.renew(),
      ]);
      expect(results).toEqual([true, 'done', true, 'done', true]);
      expect((await store.read()).cycle?.slice).toBe(2);
    });

    test('a checkpoint writes what it names and leaves the rest', async () => {
      const store = openWorkers(open()).openStore();
      await store.ensureJob(newJob);
      const lease = await store.takeLease('a', 90_000);
      if (lease === null) throw new Error('no lease');
      await store.checkpoint(lease, {
        cycle: cycleOf('c1'),
        marks: [markOf('users'), markOf('groups/1')],
        counters: { linkedActive: 5, linkedDisabled: 1 },
        removals: { '2026-11-23T00': 2, '2026-11-22T23': 1 },
        job: (job) => ({ ...job, schemaVersion: 'v2' }),
      });
      expect(await store.read()).toMatchObject({
        job: { ...newJob, schemaVersion: 'v2' },
        cycle: cycleOf('c1'),
        marks: [markOf('groups/1'), markOf('users')],
        counters: { linkedActive: 5, linkedDisabled: 1 },
        removals: { '2026-11-22T23': 1, '2026-11-23T00': 2 },
      });
      await store.checkpoint(lease, { removedMarks: ['users', 'never'], removals: { '2026-11-22T23': 0 } });
      expect(await store.read()).toMatchObject({
        cycle: cycleOf('c1'),
        marks: [markOf('groups/1')],
        removals: { '2026-11-23T00': 2 },
      });
      expect(await store.checkpoint(lease, { cycle: null })).toBe('done');
      expect(await store.checkpoint(lease, { cycle: null, removedMarks: ['users', 'groups/1'] })).toBe('done');
      expect(await store.read()).toMatchObject({ cycle: null, marks: [], counters: { linkedActive: 5 } });
    });

    test('what an administrator changes during a checkpoint survives it', async () => {
      const { openStore } = openWorkers(open());
      const [worker, api] = [openStore(), openStore()];
      await worker.ensureJob(newJob);
      const lease = await worker.takeLease('a', 90_000);
      if (lease === null) throw new Error('no lease');
      const results = await Promise.all([
        worker.checkpoint(lease, {
          cycle: cycleOf('c'),
          job: (job) => ({ ...job, failuresInARow: job.failuresInARow + 1 }),
        }),
        api.updateJob((job) => ({ ...job, status: 'paused' })),
        api.updateJob((job) => ({ ...job, intervalMs: 1 })),
      ]);
      expect(results[0]).toBe('done');
      const expected = { status: 'paused', intervalMs: 1, failuresInARow: 1 };
      expect(await worker.read()).toMatchObject({ job: expected, cycle: { cycleId: 'c' } });
    });

    test('more marks than a transaction takes are all moved', async () => {
      const store = openWorkers(open()).openStore();
      const lease = await store.takeLease('a', 90_000);
      if (lease === null) throw new Error('no lease');
      const streams = Array.from({ length: 250 }, (_none, index) => `groups/${String(index).padStart(3, '0')}`);
      expect(await store.checkpoint(lease, { marks: streams.map(markOf), cycle: cycleOf('c') })).toBe('done');
      const written = await store.read();
      expect(written.marks.map(({ stream }) => stream)).toEqual(streams);
      expect(written.cycle).toEqual(cycleOf('c'));
      expect(await store.checkpoint(lease, { removedMarks: [...streams, 'never'], marks: [markOf('users')] })).toBe(
        'done',
      );
      expect((await store.read()).marks.map(({ stream }) => stream)).toEqual(['users']);
    });

    test('an answered request goes, unless it is another one or was raised meanwhile', async () => {
      const store = openWorkers(open()).openStore();
      const lease = await store.takeLease('a', 90_000);
      if (lease === null) throw new Error('no lease');
      await store.request({ cycleId: 'c1', kind: 'incremental', requestedAt: at(0) });
      await store.checkpoint(lease, { answeredRequest: 'c0' });
      expect((await store.read()).request?.cycleId).toBe('c1');
      await store.request({ cycleId: 'c2', kind: 'initial', requestedAt: at(0) });
      await store.checkpoint(lease, { answeredRequest: 'c1', cycle: cycleOf('c1') });
      expect((await store.read()).request).toMatchObject({ cycleId: 'c1', kind: 'initial' });
      await store.checkpoint(lease, { answeredRequest: 'c1', cycle: { ...cycleOf('c1'), kind: 'initial' } });
      expect((await store.read()).request).toBeNull();
      await store.checkpoint(lease, { answeredRequest: 'c1' });
      const next = { cycleId: 'c3', kind: 'incremental' as const, requestedAt: at(3) };
      expect(await store.request(next)).toEqual(next);
    });

    test('finished cycles are listed newest first, each once however often it is finished', async () => {
      const store = openWorkers(open()).openStore();
      const lease = await store.takeLease('a', 90_000);
      if (lease === null) throw new Error('no lease');
      for (const start of [1, 3, 2]) await store.checkpoint(lease, { finished: summaryOf(`c${start}`, at(start)) });
      const again = { ...summaryOf('c3', at(3)), endedAt: at(5_000) };
      await store.checkpoint(lease, { finished: again });
      const { rows, cursor } = await store.listCycles(null);
      expect([rows.map(({ cycleId }) => cycleId), cursor]).toEqual([['c3', 'c2', 'c1'], null]);
      expect(rows[0]).toEqual(again);
    });

    test('hours of removals older than two days go when a cycle ends', async () => {
      const store = openWorkers(open()).openStore();
      const lease = await store.takeLease('a', 90_000);
      if (lease === null) throw new Error('no lease');
      await store.checkpoint(lease, { removals: { '2026-11-20T23': 1, '2026-11-21T00': 2, '2026-11-22T23': 3 } });
      await store.checkpoint(lease, { removals: { '2026-11-23T00': 4 }, finished: summaryOf('c', at(0)) });
      expect((await store.read()).removals).toEqual({ '2026-11-21T00': 2, '2026-11-22T23': 3, '2026-11-23T00': 4 });
    });

    test('counts of a call on demand stand until a checkpoint folds them in, and once however often they are left', async () => {
      const store = openWorkers(open()).openStore();
      const lease = await store.takeLease('a', 90_000);
      if (lease === null) throw new Error('no lease');
      const counts = { changeId: 'one', at: at(0), linkedActive: 1, linkedDisabled: -1, removals: 0 };
      await Promise.all([store.countDemand(counts), store.countDemand(counts)]);
      await store.countDemand({ ...counts, changeId: 'other' });
      expect((await store.read()).demands).toEqual([counts, { ...counts, changeId: 'other' }]);
      const folded = { linkedActive: 1, linkedDisabled: 0 };
      await store.checkpoint(lease, { foldedDemands: ['one', 'never'], counters: folded });
      const { demands, counters } = await store.read();
      expect([demands.map(({ changeId }) => changeId), counters]).toEqual([['other'], folded]);
    });

    test('a checkpoint with the lease of another store is a defect', async () => {
      const { openStore } = openWorkers(open());
      const lease = await openStore().takeLease('a', 90_000);
      if (lease === null) throw new Error('no lease');
      await expect(openStore().checkpoint(lease, {})).rejects.toMatchObject({ fault: { code: 'StateDefect' } });
    });
  });
};
