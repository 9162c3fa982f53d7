import type { ObjectStore } from '../../lib/engine/state.js';
import { emptyRow } from '../../lib/engine/stored.js';
import { partitionsOf } from '../../lib/state/names.js';
import { createObjectStore } from '../../lib/state/objectStore.js';
import type { Tables } from '../../lib/state/tables.js';
import { at, changeOf, fullRow, linkTo, pendingAt, stagedIn } from './samples.js';

const ids = (count: number): string[] =>
  Array.from({ length: count }, (_none, index) => `${String(index).padStart(8, '0')}-aaaa-bbbb-cccc-dddddddddddd`);

/** What the object store promises, over tables that nobody has written to; each test has a job of its own. */
export const describeObjectStore = (name: string, open: () => Tables): void => {
  describe(`objects ${name}`, () => {
    let job = 0;
    let objects: ObjectStore;
    beforeEach(() => {
      job += 1;
      objects = createObjectStore(open(), partitionsOf(`job${job}`));
    });

    const listAll = async (
      list: (cursor: string | null) => Promise<{ rows: readonly unknown[]; cursor: string | null }>,
    ) => {
      const rows: unknown[] = [];
      let cursor: string | null = null;
      do {
        const page = await list(cursor);
        rows.push(...page.rows);
        cursor = page.cursor;
      } while (cursor !== null);
      return rows;
    };

    test('every column comes back as it was written', async () => {
      const row = fullRow('u/1');
      const written = await objects.update([changeOf('u/1', () => row)]);
      const read = await objects.read(['u/1', 'nobody']);
      expect(read.get('u/1')?.row).toEqual(row);
      expect(written.get('u/1')).toEqual(read.get('u/1'));
      expect(read.has('nobody')).toBe(false);
    });

    test('a change of a row as it was read needs no second read, and gives the next version', async () => {
      const first = (await objects.update([changeOf('u', (row) => ({ ...row, wantedBy: ['a'] }))])).get('u');
      const second = (await objects.update([changeOf('u', (row) => ({ ...row, wantedBy: ['b'] }), first)])).get('u');
      expect((await objects.read(['u'])).get('u')).toEqual(second);
      expect(second?.etag).not.toBe(first?.etag);
    });

    test('whoever lost the version changes the row as it stands', async () => {
      const old = (await objects.update([changeOf('u', (row) => ({ ...row, wantedBy: ['a'] }))])).get('u');
      await objects.update([changeOf('u', (row) => ({ ...row, wantedBy: [...row.wantedBy, 'b'] }))]);
      await objects.update([changeOf('u', (row) => ({ ...row, wantedBy: [...row.wantedBy, 'c'] }), old)]);
      expect((await objects.read(['u'])).get('u')?.row.wantedBy).toEqual(['a', 'b', 'c']);
    });

    test('one lost version among a page keeps nobody else from being written', async () => {
      const page = ids(300);
      const known = await objects.update(
        page.map((id) => changeOf(id, (row) => ({ ...row, pending: pendingAt(at(1)) }))),
      );
      const touched = page.filter((_id, index) => index % 7 === 0);
      await objects.update(touched.map((id) => changeOf(id, (row) => ({ ...row, wantedBy: ['x'] }))));
      const result = await objects.update(
        page.map((id) => changeOf(id, (row) => ({ ...row, pending: null, link: linkTo(id) }), known.get(id))),
      );
      const read = await objects.read(page);
      expect(read).toEqual(result);
      expect(page.filter((id) => read.get(id)?.row.link?.targetId !== id)).toEqual([]);
      expect([...read.values()].filter(({ row }) => row.wantedBy.length > 0).map(({ row }) => row.id)).toEqual(touched);
      expect((await objects.listDue('user', at(9), null, 10)).rows).toEqual([]);
    });

    test('rows that were taken for new and are not are read and changed', async () => {
      const page = ids(200);
      await objects.update(page.map((id) => changeOf(id, (row) => ({ ...row, wantedBy: ['a'] }))));
      await objects.update(page.map((id) => changeOf(id, (row) => ({ ...row, wantedBy: [...row.wantedBy, 'b'] }))));
      await objects.update(
        page.map((id) => changeOf(id, (row) => (row.wantedBy.length > 0 ? { ...row, link: linkTo('z') } : null))),
      );
      const rows = [...(await objects.read(page)).values()].map(({ row }) => row);
      expect(rows).toHaveLength(200);
      expect(rows.every((row) => row.wantedBy.join() === 'a,b' && row.link !== null)).toBe(true);
    });

    test('a change of an object that exists sees it although all before were new', async () => {
      const [old, ...fresh] = ids(200);
      if (old === undefined) throw new Error('no id');
      await objects.update([changeOf(old, (row) => ({ ...row, wantedBy: ['a'] }))]);
      await objects.update(fresh.map((id) => changeOf(id, (row) => ({ ...row, wantedBy: ['a'] }))));
      const more = ids(400)
        .slice(200)
        .map((id) => changeOf(id, (row) => ({ ...row, wantedBy: ['b'] })));
      await objects.update([
        ...more,
        changeOf(old, (row) => (row.wantedBy.includes('a') ? { ...row, wantedBy: ['seen'] } : null)),
      ]);
      expect((await objects.read([old])).get(old)?.row.wantedBy).toEqual(['seen']);
    });

    test('several changes of one object are made one after the other', async () => {
      const result = await objects.update([
        changeOf('u', (row) => ({ ...row, wantedBy: ['a'] })),
        changeOf('u', () => null),
        changeOf('u', (row) => ({ ...row, wantedBy: [...row.wantedBy, 'b'] })),
      ]);
      expect(result.get('u')?.row.wantedBy).toEqual(['a', 'b']);
    });

    test('null leaves the row, its version too', async () => {
      const before = (await objects.update([changeOf('u', (row) => ({ ...row, wantedBy: ['a'] }))])).get('u');
      expect((await objects.update([changeOf('u', () => null)])).get('u')).toEqual(before);
      expect((await objects.update([changeOf('new', () => null)])).get('new')).toEqual({
        row: emptyRow('new', 'user'),
        etag: null,
      });
      expect((await objects.read(['new'])).size).toBe(0);
    });

    test('a row of which nothing is known any more goes, and can come again', async () => {
      const full = (await objects.update([changeOf('u', () => fullRow('u'))])).get('u');
      const emptied = (await objects.update([changeOf('u', (row) => emptyRow(row.id, row.type), full)])).get('u');
      expect(emptied).toEqual({ row: emptyRow('u', 'user'), etag: null });
      expect((await objects.read(['u'])).size).toBe(0);
      expect((await objects.list(null)).rows).toEqual([]);
      expect((await objects.listStaged(null)).rows).toEqual([]);
      const again = (await objects.update([changeOf('u', (row) => ({ ...row, wantedBy: ['a'] }), emptied)])).get('u');
      expect((await objects.read(['u'])).get('u')).toEqual(again);
    });

    test('due entries come by type, due ones only, the earliest of a shard first', async () => {
      const page = ids(100);
      await objects.update(page.map((id, index) => changeOf(id, (row) => ({ ...row, pending: pendingAt(at(index)) }))));
      await objects.update([
        { id: 'g', type: 'group', change: (row) => ({ ...row, pending: pendingAt(at(0)) }) },
        { id: 'late', type: 'group', change: (row) => ({ ...row, pending: pendingAt(at(500)) }) },
      ]);
      const due = await listAll((cursor) => objects.listDue('user', at(49), cursor, 7));
      expect(due).toHaveLength(50);
      expect(new Set(due.map((entry) => JSON.stringify(entry)))).toEqual(
        new Set(page.slice(0, 50).map((id, index) => JSON.stringify({ id, type: 'user', due: at(index) }))),
      );
      expect((await objects.listDue('group', at(49), null, 7)).rows).toEqual([{ id: 'g', type: 'group', due: at(0) }]);
      expect((await objects.listDue('user', '2026-11-23T00:00:00Z', null, 7)).rows).toHaveLength(1);
    });

    test('a page of due entries is never longer than asked for', async () => {
      await objects.update(ids(60).map((id) => changeOf(id, (row) => ({ ...row, pending: pendingAt(at(0)) }))));
      const sizes: number[] = [];
      let cursor: string | null = null;
      do {
        const page = await objects.listDue('user', at(1), cursor, 25);
        sizes.push(page.rows.length);
        cursor = page.cursor;
      } while (cursor !== null);
      expect(sizes).toEqual([25, 25, 10]);
    });

    test('a staged removal is listed with what the guard needs, and follows its row', async () => {
      await objects.update([changeOf('u', (row) => ({ ...row, staged: stagedIn('c1') }))]);
      await objects.update([
        changeOf('u', (row) => ({ ...row, staged: { ...stagedIn('c1', 'held'), provenByRow: true } })),
      ]);
      expect((await objects.listStaged(null)).rows).toEqual([
        { id: 'u', cycleId: 'c1', state: 'held', provenByRow: true },
      ]);
      await objects.update([changeOf('u', (row) => ({ ...row, staged: null, wantedBy: ['x'] }))]);
      expect((await objects.listStaged(null)).rows).toEqual([]);
    });

    test('every row is listed once and no index row', async () => {
      const page = ids(700);
      await objects.update(
        page.map((id) => changeOf(id, (row) => ({ ...row, pending: pendingAt(at(1)), staged: stagedIn('c') }))),
      );
      const listed = await listAll((cursor) => objects.list(cursor));
      expect(new Set(listed)).toEqual(new Set((await objects.read(page)).values()));
    });

    test('a user in thousands of groups fits one row', async () => {
      const via = Object.fromEntries(ids(4_000).map((id) => [id, { member: { missingSince: null } }]));
      await objects.update([changeOf('u', (row) => ({ ...row, via }))]);
      expect((await objects.read(['u'])).get('u')?.row.via).toEqual(via);
      await objects.update([changeOf('u', (row) => ({ ...row, via: { app: { r: { missingSince: null } } } }))]);
      expect((await objects.read(['u'])).get('u')?.row.via).toEqual({ app: { r: { missingSince: null } } });
    });

    test('an object that no row can hold is refused by its id, and is not written', async () => {
      const via = Object.fromEntries(ids(9_000).map((id) => [id, { member: { missingSince: null } }]));
      await expect(objects.update([changeOf('u', (row) => ({ ...row, via }))])).rejects.toMatchObject({
        fault: { code: 'StateLimitExceeded', message: expect.stringContaining('row u'), whose: 'object' },
      });
      expect((await objects.read(['u'])).size).toBe(0);
    });
  });
};
