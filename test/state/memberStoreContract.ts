import type { MemberEscrow, Membership } from '../../lib/engine/groups/memberStore.js';
import { createMemberStore } from '../../lib/state/memberStore.js';
import { partitionsOf } from '../../lib/state/names.js';
import type { Tables } from '../../lib/state/tables.js';

let jobs = 0;
const openStore = (tables: Tables) => {
  jobs += 1;
  let stamps = 0;
  return createMemberStore(tables, partitionsOf(`members${jobs}`), () => {
    stamps += 1;
    return `stamp${stamps}`;
  });
};

const escrow: MemberEscrow = {
  attempts: 2,
  since: '2026-11-23T10:00:00.000Z',
  fault: { code: 'MemberPending', message: 'm', recommendedAction: 'r', whose: 'object', retry: 'nextCycle' },
};

const membership = (user: string, over: Partial<Membership> = {}): Membership => ({
  group: 'g1',
  user,
  wanted: true,
  exported: null,
  escrow: null,
  ...over,
});

/** What every implementation of `MemberStore` does. */
export const describeMemberStore = (name: string, open: () => Tables): void => {
  describe(`members ${name}`, () => {
    test('a row is read as it was put, and goes when it is neither wanted nor exported', async () => {
      const members = openStore(open());
      const exported = { group: 'G', member: 'U', isCertain: true };
      const rows = [membership('a b', { exported, escrow }), membership('c')];
      await members.put([...rows, membership('d', { wanted: false })]);
      expect([...(await members.read('g1', ['a b', 'c', 'd'])).values()]).toEqual(rows);
      expect((await members.list('g1', null)).rows.map(({ user }) => user).sort()).toEqual(['a b', 'c']);
      await members.put([membership('c', { wanted: false })]);
      expect((await members.list('g1', null)).rows).toEqual([rows[0]]);
    });

    test('a pair that is marked again while it is looked at stays marked', async () => {
      const members = openStore(open());
      await members.mark([
        { group: 'g2', user: 'x' },
        { group: 'g1', user: null },
        { group: 'g1', user: 'y' },
      ]);
      const seen = await members.listMarks(null, 100);
      expect(seen.map(({ group, user }) => [group, user])).toEqual([
        ['g1', 'y'],
        ['g1', null],
        ['g2', 'x'],
      ]);
      await members.mark([{ group: 'g1', user: 'y' }]);
      await members.removeMarks(seen);
      expect((await members.listMarks(null, 100)).map(({ group, user }) => [group, user])).toEqual([['g1', 'y']]);
      expect(await members.listMarks('g1', 100)).toEqual([]);
    });

    test('what was delayed is marked when it is due', async () => {
      const members = openStore(open());
      await members.delay([{ group: 'g1', user: 'x' }], '2026-11-23T10:00:00.000Z');
      expect(await members.takeDue('2026-11-23T09:59:59.999Z')).toBe(false);
      expect(await members.takeDue('2026-11-23T10:00:00.000Z')).toBe(true);
      expect(await members.takeDue('2026-11-23T10:00:00.000Z')).toBe(false);
      expect((await members.listMarks(null, 100)).map(({ user }) => user)).toEqual(['x']);
    });

    test('what was delayed is listed in pages, soonest first', async () => {
      const members = openStore(open());
      const pairs = ['x', 'y', 'z'].map((user, at) => ({
        group: 'g|1',
        user,
        due: `2026-11-2${5 - at}T10:00:00.000Z`,
      }));
      for (const { due, ...pair } of pairs) await members.delay([pair], due);
      const first = await members.listDelayed(null, 2);
      const second = await members.listDelayed(first.cursor, 2);
      expect([...first.pairs, ...second.pairs]).toEqual(pairs.toReversed());
      expect(second.cursor).toBeNull();
    });
  });
};
