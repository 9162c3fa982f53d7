import fc from 'fast-check';
import { advanceMark, closeSweep, openRound, restartRound } from '../../lib/engine/rounds.js';
import { newMark } from '../../lib/engine/streamPlan.js';

const more = (link: string) => ({ kind: 'more', link }) as const;
const end = (watermark: string) => ({ kind: 'end', watermark }) as const;

describe('the rounds of a stream', () => {
  const first = openRound(newMark('s', ['g'], null), 1_000);

  it('open where none was, and stay open until their last page', () => {
    expect(first).toMatchObject({ round: 1_000, enumerating: true, endedIn: null });
    const second = advanceMark(first, more('page2'), 'c1');
    expect(openRound(second, 5_000)).toBe(second);
    expect(advanceMark(second, end('delta'), 'c1')).toMatchObject({ link: 'delta', endedIn: 'c1', readySince: 'c1' });
  });

  it('never have the number of an earlier one, even where the clock stands or goes back', () => {
    const ended = advanceMark(first, end('delta'), 'c1');
    expect(openRound(ended, 1_000).round).toBe(1_001);
    expect(openRound(ended, 500).round).toBe(1_001);
  });

  it('are swept only after an enumeration that was not the first', () => {
    const ended = advanceMark(first, end('delta'), 'c1');
    expect(ended.sweeping).toBe(false);
    const incremental = advanceMark(openRound(ended, 2_000), end('delta2'), 'c2');
    expect(incremental).toMatchObject({ sweeping: false, enumerating: false, readySince: 'c1' });
    const again = advanceMark(openRound(restartRound(incremental), 3_000), end('delta3'), 'c3');
    expect(again).toMatchObject({ sweeping: true, enumerating: false, readySince: 'c1' });
    expect(closeSweep(again).sweeping).toBe(false);
  });

  it('that are told to start anew forget their link and their half-read sweep', () => {
    const ended = advanceMark(first, end('delta'), 'c1');
    expect(restartRound({ ...ended, sweeping: true })).toMatchObject({
      link: null,
      enumerating: true,
      endedIn: null,
      sweeping: false,
      readySince: 'c1',
    });
  });

  it('that start anew in the middle get a number of their own', () => {
    const restarted = openRound(restartRound(advanceMark(first, more('page2'), 'c1')), 1_000);
    expect(restarted.round).toBe(1_001);
  });
});

describe('the pages of a round', () => {
  const walkAlong = (links: readonly string[]): void => {
    links.reduce((mark, link) => advanceMark(mark, more(link), 'c1'), openRound(newMark('s', ['g'], null), 1_000));
  };
  const count = (length: number, name: string) => Array.from({ length }, (_, index) => `${name}${index}`);

  it('that go round in a circle, however long and whatever came before, end in a fault', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.integer({ min: 1, max: 20 }), (before, around) => {
        const circle = count(around, 'circle');
        const links = [...count(before, 'page'), ...Array.from({ length: 3 * before + 6 }, () => circle).flat()];
        expect(() => walkAlong(links)).toThrow('DeltaLoop');
      }),
    );
  });

  it('are no circle while each is a new one, and what is kept of them does not grow', () => {
    const mark = count(500, 'page').reduce(
      (before, link) => advanceMark(before, more(link), 'c1'),
      openRound(newMark('s', ['g'], null), 1_000),
    );
    expect(JSON.stringify(mark.walk).length).toBeLessThan(100);
    expect(advanceMark(mark, end('delta'), 'c1').walk).toBeUndefined();
    expect(restartRound(mark).walk).toBeUndefined();
  });
});
