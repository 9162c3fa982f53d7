import type { DemandRun } from '../../lib/engine/onDemand/demandRun.js';
import { createDemandStore } from '../../lib/state/demandStore.js';
import { createEdgeStore } from '../../lib/state/edgeStore.js';
import { partitionsOf } from '../../lib/state/names.js';
import { createRecordStore } from '../../lib/state/recordStore.js';
import type { Tables } from '../../lib/state/tables.js';
import { createTargetStore } from '../../lib/state/targetStore.js';
import { at, recordOf } from './samples.js';

let jobs = 0;
const partitionsOfNewJob = () => {
  jobs += 1;
  return partitionsOf(`stores${jobs}`);
};

const collect = async <Row>(
  list: (cursor: string | null) => Promise<{ rows: readonly Row[]; cursor: string | null }>,
): Promise<Row[]> => {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page = await list(cursor);
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== null);
  return rows;
};

const describeEdges = (open: () => Tables): void => {
  const edge = (child: string, role = 'r', childType: 'user' | 'group' = 'user') => ({
    parent: 'app',
    child,
    childType,
    role,
    round: 1,
    missingSince: null,
  });

  test('edges of a parent come groups first, then by child and role, over more than a page', async () => {
    const edges = createEdgeStore(open(), partitionsOfNewJob());
    const many = Array.from({ length: 1_100 }, (_none, index) => edge(`u${String(index).padStart(4, '0')}`));
    await edges.upsert([...many, edge('u0000', 'q'), edge('z', 'r', 'group'), { ...edge('other'), parent: 'group1' }]);
    const listed = await collect((cursor) => edges.list('app', cursor));
    expect(listed).toEqual([edge('z', 'r', 'group'), edge('u0000', 'q'), ...many]);
    expect(await collect((cursor) => edges.list('app', cursor, 'group'))).toEqual([edge('z', 'r', 'group')]);
    expect(await collect((cursor) => edges.list('app', cursor, 'user'))).toHaveLength(1_101);
    expect(await collect((cursor) => edges.list('group1', cursor))).toEqual([{ ...edge('other'), parent: 'group1' }]);
  });

  test('an edge put again is the newer one', async () => {
    const edges = createEdgeStore(open(), partitionsOfNewJob());
    await edges.upsert([{ ...edge('u'), missingSince: 'c1' }, edge('v')]);
    await edges.upsert([edge('u'), { ...edge('u'), round: 2 }]);
    expect((await edges.list('app', null)).rows).toEqual([{ ...edge('u'), round: 2 }, edge('v')]);
  });

  test('removing edges twice, or ones that never were, is no failure', async () => {
    const edges = createEdgeStore(open(), partitionsOfNewJob());
    const many = Array.from({ length: 150 }, (_none, index) => edge(`u${index}`));
    await edges.upsert(many);
    await edges.remove(many.slice(0, 75));
    await edges.remove(many.slice(0, 149));
    await edges.remove([]);
    expect((await edges.list('app', null)).rows).toEqual([edge('u149')]);
  });
};

const describeTargets = (open: () => Tables): void => {
  test('of two claims to one account the first wins, and hears so again', async () => {
    const targets = createTargetStore(open(), partitionsOfNewJob());
    expect(await targets.claim('z1', 'a')).toEqual({ kind: 'claimed' });
    expect(await targets.claim('z1', 'b')).toEqual({ kind: 'held', bySourceId: 'a', etag: expect.any(String) });
    expect(await targets.claim('z1', 'a')).toEqual({ kind: 'claimed' });
    expect(await targets.readOwner('z1')).toBe('a');
    expect(await targets.readOwner('nobody’s')).toBeNull();
    const raced = await Promise.all(['a', 'b', 'c'].map((source) => targets.claim('z2', source)));
    expect(raced.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
  });

  test('a page of claims is judged one by one', async () => {
    const targets = createTargetStore(open(), partitionsOfNewJob());
    await targets.claim('z5', 'other');
    await targets.claim('z6', 's6');
    const page = Array.from({ length: 120 }, (_none, index) => ({ targetId: `z${index}`, sourceId: `s${index}` }));
    const results = await targets.claimAll([...page, { targetId: 'z7', sourceId: 'late' }]);
    expect(results.filter(({ kind }) => kind === 'claimed')).toHaveLength(119);
    expect(results[5]).toMatchObject({ kind: 'held', bySourceId: 'other' });
    expect(results[120]).toMatchObject({ kind: 'held', bySourceId: 's7' });
  });

  test('ownership passes only under the claim that was seen', async () => {
    const targets = createTargetStore(open(), partitionsOfNewJob());
    await targets.claim('z1', 'a');
    const seen = await targets.claim('z1', 'b');
    if (seen.kind !== 'held') throw new Error('not held');
    expect(await targets.transfer('z1', 'b', seen.etag)).toBe(true);
    expect(await targets.transfer('z1', 'c', seen.etag)).toBe(false);
    expect(await targets.transfer('z1', 'b', seen.etag)).toBe(true);
    expect(await targets.transfer('nowhere', 'c', seen.etag)).toBe(false);
    expect(await targets.claim('z1', 'b')).toEqual({ kind: 'claimed' });
  });

  test('only its owner releases a claim', async () => {
    const targets = createTargetStore(open(), partitionsOfNewJob());
    await targets.claim('z1', 'a');
    await targets.release('z1', 'b');
    expect(await targets.claim('z1', 'b')).toMatchObject({ kind: 'held' });
    await targets.release('z1', 'a');
    await targets.release('z1', 'a');
    expect(await targets.claim('z1', 'b')).toEqual({ kind: 'claimed' });
  });

  test('user names are found in any case, with every account of that name', async () => {
    const targets = createTargetStore(open(), partitionsOfNewJob());
    const page = [
      { userName: 'Ann@Example.com', targetId: 'z1' },
      { userName: 'ann@example.com', targetId: 'z2' },
      { userName: 'bob+x/y@example.com', targetId: 'z3' },
      { userName: `${'é'.repeat(300)}@example.com`, targetId: 'z4' },
    ];
    await targets.putNames(page);
    await targets.putNames(page);
    await targets.putNames([{ userName: 'ANN@example.com', targetId: 'z9' }]);
    const found = await targets.findNames([
      'ANN@EXAMPLE.COM',
      'Bob+X/Y@example.com',
      `${'É'.repeat(300)}@example.com`,
      'none',
    ]);
    expect(found).toEqual(
      new Map([
        ['ann@example.com', ['z1', 'z2', 'z9']],
        ['bob+x/y@example.com', ['z3']],
        [`${'é'.repeat(300)}@example.com`, ['z4']],
      ]),
    );
  });

  test('names are dropped page by page and claims stay', async () => {
    const targets = createTargetStore(open(), partitionsOfNewJob());
    await targets.claim('z1', 'a');
    const names = Array.from({ length: 2_500 }, (_none, index) => ({ userName: `u${index}@x`, targetId: `z${index}` }));
    await targets.putNames(names);
    let pages = 0;
    while (await targets.dropNames()) pages += 1;
    expect(pages).toBe(2);
    expect((await targets.findNames(names.map(({ userName }) => userName))).size).toBe(0);
    expect(await targets.claim('z1', 'b')).toMatchObject({ kind: 'held' });
  });
};

/** A time-ordered id (RFC 9562, version 7) of that instant. */
const idAt = (iso: string, tail: string): string => {
  const hex = Date.parse(iso).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${tail.padStart(12, '0')}`;
};

const describeRecords = (open: () => Tables): void => {
  test('a record is found by its day, its cycle and its object, newest first', async () => {
    const records = createRecordStore(open(), partitionsOfNewJob());
    const made = [3, 1, 2].map((second) => recordOf(`r${second}`, { activityDateTime: at(second) }));
    const foreign = recordOf('other', {
      activityDateTime: at(9),
      cycleId: 'c2',
      sourceIdentity: { id: 'u2', displayName: '', identityType: 'User', details: {} },
    });
    await records.append([...made, foreign]);
    const newestFirst = ['r3', 'r2', 'r1'];
    expect((await records.listByObject('u1', null)).rows.map(({ id }) => id)).toEqual(newestFirst);
    expect((await records.listByCycle('c1', null)).rows.map(({ id }) => id)).toEqual(newestFirst);
    expect((await records.listByDay('2026-11-23', null)).rows.map(({ id }) => id)).toEqual(['other', ...newestFirst]);
    expect((await records.listByDay('2026-11-24', null)).rows).toEqual([]);
    expect((await records.listByObject('u2', null)).rows).toEqual([foreign]);
    expect((await records.listByCycle('c2', null)).rows).toEqual([foreign]);
  });

  test('a record written again, later and otherwise, is the same record', async () => {
    const records = createRecordStore(open(), partitionsOfNewJob());
    const id = idAt('2026-11-30T23:59:59.000Z', '1');
    await records.append([recordOf(id, { activityDateTime: '2026-11-30T23:59:59.500Z' })]);
    const replay = recordOf(id, { activityDateTime: '2026-12-01T00:10:00.000Z', durationInMilliseconds: 77 });
    await records.append([replay]);
    expect((await records.listByObject('u1', null)).rows).toEqual([replay]);
    expect((await records.listByCycle('c1', null)).rows).toEqual([replay]);
    expect((await records.listByDay('2026-11-30', null)).rows).toEqual([replay]);
  });

  test('listings go on over the end of a month', async () => {
    const records = createRecordStore(open(), partitionsOfNewJob());
    const stamps = ['2027-01-01T00:00:01.000Z', '2026-12-31T23:59:59.000Z', '2026-12-01T00:00:00.000Z'];
    const made = stamps.map((activityDateTime, index) => recordOf(`m${index}`, { activityDateTime, cycleId: 'long' }));
    await records.append(made);
    expect(await collect((cursor) => records.listByCycle('long', cursor))).toEqual(made);
    expect(await collect((cursor) => records.listByObject('u1', cursor))).toEqual(made);
  });

  test('a cycle with more records than a page has lists each once', async () => {
    const records = createRecordStore(open(), partitionsOfNewJob());
    const made = Array.from({ length: 450 }, (_none, index) =>
      recordOf(`n${index}`, {
        activityDateTime: at(index),
        sourceIdentity: { id: `u${index % 3}`, displayName: '', identityType: 'User', details: {} },
      }),
    );
    await records.append(made);
    expect(await collect((cursor) => records.listByCycle('c1', cursor))).toEqual(made.toReversed());
    expect(await collect((cursor) => records.listByObject('u1', cursor))).toHaveLength(150);
  });

  test('long values are kept whole', async () => {
    const records = createRecordStore(open(), partitionsOfNewJob());
    const modifiedProperties = [{ displayName: 'members', oldValue: 'ä'.repeat(70_000), newValue: '"'.repeat(31_000) }];
    await records.append([recordOf('long', { modifiedProperties })]);
    expect((await records.listByDay('2026-11-23', null)).rows[0]?.modifiedProperties).toEqual(modifiedProperties);
  });

  test('a userPrincipalName and a mail lead to the source id, in any case', async () => {
    const records = createRecordStore(open(), partitionsOfNewJob());
    const details = { userPrincipalName: 'Ann@Example.com', mail: 'a.nn@example.com' };
    const sourceIdentity = { id: 'u1', displayName: 'Ann', identityType: 'User', details };
    await records.append([recordOf('1', { sourceIdentity }), recordOf('2', { sourceIdentity })]);
    await records.append([recordOf('3', { sourceIdentity: { ...sourceIdentity, id: 'u2' } })]);
    expect(await records.findSourceIds('ann@example.COM')).toEqual(['u1', 'u2']);
    expect(await records.findSourceIds('A.NN@example.com')).toEqual(['u1', 'u2']);
    expect(await records.findSourceIds('ann@example')).toEqual([]);
  });
};

const describeDemands = (open: () => Tables): void => {
  const runOf = (id: string, at: string): DemandRun => ({
    id,
    state: 'running',
    isDryRun: false,
    initiatedBy: { id: 'person', displayName: 'Provision on demand', initiatorType: 'user' },
    createdAt: at,
    endedAt: null,
    groupId: null,
    link: null,
    page: 0,
    pages: 2,
    total: 3,
    counts: { success: 0, skipped: 0, failure: 0 },
    faultCode: null,
  });

  test('a run is read with its pages, and moves under the version that was read', async () => {
    const demands = createDemandStore(open(), partitionsOfNewJob());
    const run = runOf('run', at(0));
    await demands.create(run, [['a', 'b'], ['ç']]);
    expect(await demands.read('other')).toBeNull();
    const stored = await demands.read('run');
    if (stored === null) throw new Error('no run');
    expect(stored.run).toEqual(run);
    expect([
      await demands.readPage('run', 0),
      await demands.readPage('run', 1),
      await demands.readPage('run', 2),
    ]).toEqual([['a', 'b'], ['ç'], []]);
    const moved = { ...run, page: 1, counts: { success: 2, skipped: 0, failure: 0 } };
    expect((await demands.move(stored, moved))?.run).toEqual(moved);
    expect(await demands.move(stored, { ...run, page: 7 })).toBeNull();
    // As where the answer to a write was lost and the write is repeated.
    expect((await demands.move(stored, moved))?.run).toEqual(moved);
  });

  test('runs that ended a month ago go with their pages when another begins', async () => {
    const demands = createDemandStore(open(), partitionsOfNewJob());
    const monthAndDay = 31 * 24 * 3_600;
    for (const [id, endedAt] of [
      ['1', at(1)],
      ['2', null],
      ['3', at(monthAndDay)],
    ] as const) {
      await demands.create({ ...runOf(id, at(0)), endedAt }, [['a']]);
    }
    await demands.create(runOf('4', at(monthAndDay)), []);
    const found = await Promise.all(['1', '2', '3', '4'].map((id) => demands.read(id)));
    expect(found.map((stored) => stored !== null)).toEqual([false, true, true, true]);
    expect(await demands.readPage('1', 0)).toEqual([]);
    expect(await demands.readPage('2', 0)).toEqual(['a']);
  });
};

/** What the stores beside the objects promise. */
export const describeStores = (name: string, open: () => Tables): void => {
  describe(`edges ${name}`, () => describeEdges(open));
  describe(`targets ${name}`, () => describeTargets(open));
  describe(`records ${name}`, () => describeRecords(open));
  describe(`calls on demand ${name}`, () => describeDemands(open));
};
