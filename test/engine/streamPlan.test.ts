import fc from 'fast-check';
import type { Mark } from '../../lib/engine/control.js';
import { groupsPerStream, newMark, planGroupStreams } from '../../lib/engine/streamPlan.js';

const namer = () => {
  let n = 0;
  return () => {
    n += 1;
    return `new${n}`;
  };
};
const ids = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, n) => `g${from + n}`);
const ready = (stream: string, groupIds: readonly string[]): Mark => newMark(stream, groupIds, 'c0');

/** The marks as they are after the plan. */
const apply = (marks: readonly Mark[], plan: ReturnType<typeof planGroupStreams>): readonly Mark[] => {
  const written = new Map(plan.marks.map((mark) => [mark.stream, mark]));
  const kept = marks.filter(({ stream }) => !plan.removed.includes(stream) && !written.has(stream));
  return [...kept, ...written.values()];
};

describe('the streams that groups need', () => {
  it('are none for no groups, and change nothing where nothing changed', () => {
    expect(planGroupStreams([], new Set(), namer())).toEqual({ marks: [], removed: [] });
    const marks = [ready('a', ids(0, 50)), ready('b', ids(50, 60))];
    expect(planGroupStreams(marks, new Set(ids(0, 60)), namer())).toEqual({ marks: [], removed: [] });
  });

  it('hold fifty groups each', () => {
    const { marks } = planGroupStreams([], new Set(ids(0, 120)), namer());
    expect(marks.map(({ groupIds }) => groupIds.length)).toEqual([50, 50, 20]);
  });

  it('leave the streams there are alone when a group comes', () => {
    const plan = planGroupStreams([ready('a', ids(0, 3))], new Set(ids(0, 4)), namer());
    expect(plan).toMatchObject({ marks: [{ stream: 'new1', groupIds: ['g3'], readySince: null }], removed: [] });
  });

  it('lose a group that is wanted no more, and go with their last', () => {
    const marks = [ready('a', ['g0', 'g1']), ready('b', ['g2'])];
    expect(planGroupStreams(marks, new Set(['g0']), namer())).toMatchObject({
      marks: [{ stream: 'a', groupIds: ['g0'] }],
      removed: ['b'],
    });
  });

  it('merge small ones that pile up, and go on granting meanwhile', () => {
    const marks = ids(0, 8).map((id) => ready(`s${id}`, [id]));
    const plan = planGroupStreams(marks, new Set(ids(0, 8)), namer());
    expect(plan.marks).toMatchObject([{ groupIds: ids(0, 8), readySince: 'merged', link: null }]);
    expect(plan.removed).toHaveLength(8);
  });

  it('list every wanted group exactly once, and no other, whatever there was', () => {
    const group = fc.integer({ min: 0, max: 200 }).map((n) => `g${n}`);
    const partition = fc.uniqueArray(group, { maxLength: 150 }).chain((all) =>
      fc.array(fc.integer({ min: 1, max: groupsPerStream }), { maxLength: 30 }).map((sizes) => {
        const marks: Mark[] = [];
        let from = 0;
        for (const [index, size] of sizes.entries()) {
          if (from >= all.length) break;
          marks.push(newMark(`s${index}`, all.slice(from, from + size), index % 3 === 0 ? null : 'c0'));
          from += size;
        }
        return marks;
      }),
    );
    fc.assert(
      fc.property(partition, fc.uniqueArray(group, { maxLength: 150 }), (marks, wanted) => {
        const after = apply(marks, planGroupStreams(marks, new Set(wanted), namer()));
        const listed = after.flatMap(({ groupIds }) => groupIds);
        expect([...listed].sort()).toEqual([...wanted].sort());
        expect(after.every(({ groupIds }) => groupIds.length > 0 && groupIds.length <= groupsPerStream)).toBe(true);
        expect(new Set(after.map(({ stream }) => stream)).size).toBe(after.length);
        const granted = (all: readonly Mark[]) =>
          new Set(all.filter(({ readySince }) => readySince !== null).flatMap(({ groupIds }) => groupIds));
        for (const id of granted(marks)) if (wanted.includes(id)) expect(granted(after)).toContain(id);
      }),
      { seed: 7 },
    );
  });
});
