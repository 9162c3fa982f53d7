import type { PageCommit } from '../../lib/engine/state.js';
import { createState } from '../../lib/state/createState.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import type { Tables } from '../../lib/state/tables.js';
import { hookWrites, type ObservedWrite } from '../../lib/state/wrapTables.js';
import { createHeldClock } from '../fakes/heldClock.js';
import { at, changeOf, cycleOf, jobId, linkTo, markOf, newJob, pendingAt, recordOf, summaryOf } from './samples.js';
import { type Dump, killAt, watchTables } from './watchedTables.js';

const edgeTo = (child: string) => ({
  parent: 'app',
  child,
  childType: 'user' as const,
  role: 'r',
  round: 1,
  missingSince: null,
});

/** A page with something at every step. */
const page: PageCommit = {
  touches: [
    {
      change: changeOf('new', (row) => ({
        ...row,
        via: { app: { r: { missingSince: null } } },
        pending: row.pending ?? pendingAt(at(0)),
      })),
      upserts: [edgeTo('new')],
      removals: [],
    },
    {
      change: changeOf('left', (row) => ({ ...row, via: {}, pending: row.pending ?? pendingAt(at(0)) })),
      upserts: [],
      removals: [edgeTo('left')],
    },
  ],
  records: [recordOf('r1'), recordOf('r2')],
  objects: [changeOf('done', (row) => ({ ...row, pending: null, link: linkTo('z') }))],
  checkpoint: {
    cycle: cycleOf('c', 3),
    marks: [markOf('users')],
    counters: { linkedActive: 1, linkedDisabled: 0 },
    job: (job) => ({ ...job, lastExecution: summaryOf('c', at(0)) }),
    finished: summaryOf('c', at(0)),
  },
};

/** A job that ran before: somebody to leave, somebody to be done with. */
const prepare = async () => {
  const watched = watchTables(createMemoryTables());
  const clock = createHeldClock();
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id${ids}`;
  };
  const open = (tables: Tables) => createState({ tables, jobId, clock, newId });
  const state = open(watched.tables);
  await state.jobs.ensureJob(newJob);
  await state.objects.update([
    changeOf('left', (row) => ({ ...row, via: { app: { r: { missingSince: 'c0' } } } })),
    changeOf('done', (row) => ({ ...row, pending: pendingAt(at(0)) })),
  ]);
  await state.edges.upsert([edgeTo('left')]);
  return { ...watched, clock, open };
};

const withoutLease = (dump: Dump): Dump =>
  Object.fromEntries(Object.entries(dump).filter(([place]) => !place.endsWith(' lease')));

const commitOnce = async (tables: Tables, setting: Awaited<ReturnType<typeof prepare>>) => {
  setting.clock.advance(90_000);
  const state = setting.open(tables);
  const lease = await state.jobs.takeLease('worker', 90_000);
  return state.commit(page, lease);
};

describe('commit', () => {
  test('writes children, edges, records, rows and the checkpoint in this order', async () => {
    const setting = await prepare();
    const order: string[] = [];
    const tables = hookWrites(setting.tables, {
      beforeWrite: ({ table, writes }: ObservedWrite) => {
        const about = writes
          .map(({ rowKey }) => rowKey)
          .filter((key) => ['new', 'left', 'done', 'lease'].includes(key));
        const step = [table.replace(/\d+$/, ''), ...about].join(' ');
        if (order.at(-1) !== step) order.push(step);
      },
    });
    expect(await commitOnce(tables, setting)).toBe('done');
    const [taking, ...steps] = order;
    expect(taking).toBe('Jobs lease');
    expect(steps.slice(0, 2).sort()).toEqual(['Objects left', 'Objects new']);
    expect(steps.slice(2)).toEqual(['Edges', 'ProvisioningLogs', 'Objects done', 'Cycles', 'Jobs lease']);
  });

  test('a kill before or after any write, and the same page again, end in the same state', async () => {
    const undisturbed = await prepare();
    let writes = 0;
    await commitOnce(
      hookWrites(undisturbed.tables, {
        beforeWrite: () => {
          writes += 1;
        },
      }),
      undisturbed,
    );
    const expected = withoutLease(await undisturbed.dump());
    expect(Object.keys(expected).length).toBeGreaterThan(12);
    expect(writes).toBeGreaterThan(9);
    for (let write = 1; write <= writes; write += 1) {
      for (const moment of ['before', 'after'] as const) {
        const setting = await prepare();
        await expect(commitOnce(killAt(setting.tables, write, moment), setting)).rejects.toThrow('killed');
        expect(await commitOnce(setting.tables, setting)).toBe('done');
        expect(withoutLease(await setting.dump())).toEqual(expected);
      }
    }
  });

  test('no later step begins after one that failed', async () => {
    const setting = await prepare();
    const seen: string[] = [];
    const mortal = hookWrites(setting.tables, {
      beforeWrite: ({ table }) => {
        seen.push(table);
        if (table === 'Edges') throw new Error('killed');
      },
    });
    await expect(commitOnce(mortal, setting)).rejects.toThrow('killed');
    expect(seen).not.toContain('Cycles');
    expect(seen.filter((table) => table.startsWith('ProvisioningLogs'))).toEqual([]);
  });

  test('a worker that knows its lease is lost writes nothing', async () => {
    const setting = await prepare();
    const state = setting.open(setting.tables);
    const lease = await state.jobs.takeLease('worker', 90_000);
    await lease?.release();
    const before = await setting.dump();
    expect(await state.commit(page, lease)).toBe('fenced');
    expect(await setting.dump()).toEqual(before);
  });

  test('without a lease rows can be written, a checkpoint cannot', async () => {
    const setting = await prepare();
    const state = setting.open(setting.tables);
    expect(await state.commit({ objects: page.objects ?? [] }, null)).toBe('done');
    await expect(state.commit(page, null)).rejects.toMatchObject({ fault: { code: 'StateDefect' } });
  });

  test('operations are counted as they are billed', async () => {
    const setting = await prepare();
    const state = setting.open(setting.tables);
    const count = async (run: () => Promise<unknown>): Promise<number> => {
      const before = state.operationCount();
      await run();
      return state.operationCount() - before;
    };
    const lease = await state.jobs.takeLease('worker', 90_000);
    if (lease === null) throw new Error('no lease');
    expect(await count(() => state.jobs.read())).toBe(1);
    expect(await count(() => state.jobs.checkpoint(lease, { cycle: cycleOf('c') }))).toBe(1);
    expect(await count(() => state.objects.read(['a', 'b', 'a']))).toBe(2);
    expect(await count(() => state.objects.listDue('user', at(9), null, 100))).toBe(16);
    expect(await count(() => state.edges.list('app', null))).toBe(1);
    expect(await count(() => state.commit({}, lease))).toBe(0);
    const known = (await state.objects.read(['done'])).get('done');
    const touch = changeOf('done', (row) => ({ ...row, wantedBy: ['x'] }), known);
    expect(await count(() => state.objects.update([touch]))).toBe(1);
  });
});
