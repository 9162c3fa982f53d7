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
