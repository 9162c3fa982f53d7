import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { compareAssignments, createAssignmentList } from '../../lib/engine/assignmentList.js';
import type { AssignmentRow } from '../../lib/engine/model.js';

const listOf = (rows: readonly AssignmentRow[]) => {
  const list = createAssignmentList();
  for (const row of rows) list.add(row);
  const digest = list.close();
  return { digest, rows: Array.from({ length: list.length }, (_, index) => list.at(index)) };
};

const row: fc.Arbitrary<AssignmentRow> = fc.record({
  principalId: fc.uuid(),
  principalType: fc.constantFrom<AssignmentRow['principalType']>('user', 'group'),
  roleId: fc.constantFrom('r1', 'r2', '00000000-0000-0000-0000-000000000000'),
});

describe('a list of assignments', () => {
  it('comes out in the order of the stored edges, each row once', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const sorted = listOf([...rows, ...rows.slice(0, 5)]).rows;
        expect(sorted).toEqual([...sorted].sort(compareAssignments));
        const keys = (all: readonly AssignmentRow[]) =>
          new Set(all.map((one) => JSON.stringify(Object.entries(one).sort())));
        expect(keys(sorted)).toEqual(keys(rows));
        expect(keys(sorted).size).toBe(sorted.length);
      }),
      { seed: 7 },
    );
  });

  it('has a digest that depends on its rows and not on their order or repetition', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { minLength: 1, maxLength: 40, selector: (one) => JSON.stringify(one) }),
        (rows) => {
          const { digest } = listOf(rows);
          expect(listOf([...rows].reverse()).digest).toBe(digest);
          expect(listOf([...rows, ...rows]).digest).toBe(digest);
          expect(listOf(rows.slice(1)).digest).not.toBe(digest);
        },
      ),
      { seed: 7 },
    );
  });

  it('grows past its first buffer', () => {
    const rows = Array.from(
      { length: 2_500 },
      () => ({ principalId: randomUUID(), principalType: 'user', roleId: 'r1' }) as const,
    );
    expect(listOf(rows).rows).toHaveLength(2_500);
  });

  it('may be empty, and has no row beyond its end', () => {
    const list = createAssignmentList();
    list.close();
    expect(list.length).toBe(0);
    expect(() => list.at(0)).toThrow('no row 0');
  });

  it('refuses an id that is too long to be one', () => {
    const list = createAssignmentList();
    expect(() => list.add({ principalId: 'x'.repeat(37), principalType: 'user', roleId: 'r' })).toThrow(RangeError);
  });
});
