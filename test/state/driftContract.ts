import type { DriftRow } from '../../lib/engine/drift.js';
import { createDriftStore } from '../../lib/state/driftStore.js';
import { partitionsOf } from '../../lib/state/names.js';
import type { Tables } from '../../lib/state/tables.js';

let jobs = 0;
const openStore = (open: () => Tables) => {
  jobs += 1;
  return createDriftStore(open(), partitionsOf(`drift${jobs}`));
};

const rowOf = (targetId: string, kind: DriftRow['kind'] = 'missing'): DriftRow => ({
  id: null,
  type: 'user',
  targetId,
  kind,
  differences: [{ path: 'active', wanted: true, found: null }],
  recordId: `record of ${targetId}`,
});

/** What the store of drift promises. */
export const describeDrift = (name: string, open: () => Tables): void => {
  describe(`drift ${name}`, () => {
    test('a listing tells of each account whether it was as known, in its own cycle only', async () => {
      const store = openStore(open);
      const many = Array.from({ length: 150 }, (_none, index) => ({
        type: 'user' as const,
        targetId: `t/${index}`,
        isAsKnown: index > 0,
      }));
      await store.putListed('c1', many);
      expect(await store.findListed('c1', 'user', ['t/0', 't/149', 'other'])).toEqual(
        new Map([
          ['t/0', { type: 'user', targetId: 't/0', isAsKnown: false }],
          ['t/149', { type: 'user', targetId: 't/149', isAsKnown: true }],
        ]),
      );
      expect(await store.findListed('c2', 'user', ['t/0'])).toEqual(new Map());
      expect(await store.findListed('c1', 'group', ['t/0'])).toEqual(new Map());
    });

    test('rows come by kind and in pages, are replaced, found and removed', async () => {
      const store = openStore(open);
      const rows = [rowOf('a'), rowOf('b'), rowOf('a', 'unmanaged')];
      await store.put('c1', [{ ...rowOf('a'), differences: [] }]);
      await store.put('c1', rows);
      expect((await store.list('c1', null, null, 10)).rows).toEqual(rows);
      expect((await store.list('c1', 'missing', null, 10)).rows).toEqual([rowOf('a'), rowOf('b')]);
      const first = await store.list('c1', null, null, 2);
      expect((await store.list('c1', null, first.cursor, 2)).rows).toEqual([rowOf('a', 'unmanaged')]);
      expect(await store.find('c1', [rowOf('b'), rowOf('c')])).toEqual([rowOf('b')]);
      await store.remove('c1', [rowOf('a'), rowOf('c')]);
      expect((await store.list('c1', 'missing', null, 10)).rows).toEqual([rowOf('b')]);
    });

    test('tidying leaves the report in force, and nothing of other cycles or of listings', async () => {
      const store = openStore(open);
      expect(await store.readReport()).toBeNull();
      for (const cycleId of ['c1', 'c2', 'c3']) {
        await store.put(cycleId, [rowOf(`of ${cycleId}`)]);
        await store.putListed(cycleId, [{ type: 'user', targetId: 't', isAsKnown: true }]);
      }
      const report = { cycleId: 'c2', mode: 'repair', at: '2026-11-23T08:00:00.000Z' } as const;
      await store.publish({ cycleId: 'c1', mode: null, at: null });
      await store.publish(report);
      expect(await store.tidy()).toBe(true);
      expect(await store.tidy()).toBe(false);
      expect(await store.readReport()).toEqual(report);
      const left = await Promise.all(['c1', 'c2', 'c3'].map((cycleId) => store.list(cycleId, null, null, 10)));
      expect(left.map(({ rows }) => rows.length)).toEqual([0, 1, 0]);
      expect(await store.findListed('c2', 'user', ['t'])).toEqual(new Map());
    });
  });
};
