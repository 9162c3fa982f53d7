import { createTurns } from '../../../lib/engine/onDemand/turns.js';

const never = (signal: AbortSignal): Promise<string> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

/** A run that ends when it is told to. */
const openRun = () => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { run: jest.fn((_hasWaited: boolean) => promise), resolve, reject };
};

describe('turns of calls for one object', () => {
  it('share the run that begins after they came', async () => {
    const takeTurn = createTurns(never);
    const [first, second, third] = [openRun(), openRun(), openRun()];
    const answers = [takeTurn('a', first.run), takeTurn('a', second.run), takeTurn('a', third.run)];
    expect([first.run.mock.calls, second.run.mock.calls]).toEqual([[[false]], []]);
    first.resolve('first');
    expect(await answers[0]).toBe('first');
    second.resolve('second');
    expect(await Promise.all(answers)).toEqual(['first', 'second', 'second']);
    expect(second.run.mock.calls).toEqual([[true]]);
    expect(third.run).not.toHaveBeenCalled();
  });

  it('go on after a run that failed, and end with it for whoever shared it', async () => {
    const takeTurn = createTurns(never);
    const [first, second] = [openRun(), openRun()];
    const answers = [takeTurn('a', first.run), takeTurn('a', second.run)];
    first.reject(new Error('first'));
    second.reject(new Error('second'));
    await expect(answers[0]).rejects.toThrow('first');
    await expect(answers[1]).rejects.toThrow('second');
    const third = openRun();
    third.resolve('third');
    expect(await takeTurn('a', third.run)).toBe('third');
    expect(third.run.mock.calls).toEqual([[false]]);
  });

  it('do not wait for other objects, nor for longer than they may', async () => {
    const takeTurn = createTurns(async () => 'busy');
    const [first, second, other] = [openRun(), openRun(), openRun()];
    const running = takeTurn('a', first.run);
    const waiting = takeTurn('a', second.run);
    other.resolve('other');
    expect(await takeTurn('b', other.run)).toBe('other');
    expect(await waiting).toBe('busy');
    first.resolve('first');
    second.resolve('second');
    expect(await running).toBe('first');
  });
});
