import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSerializer } from '../../lib/zoom/serialize.js';

const never = new AbortController().signal;

const makeGate = () => {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
};

describe('createSerializer', () => {
  it('runs the tasks of one key one after the other and those of another beside them', async () => {
    const serialize = createSerializer();
    const log: string[] = [];
    const gate = makeGate();
    const first = serialize('a', never, async () => {
      log.push('first begins');
      await gate.passed;
      log.push('first ends');
    });
    const second = serialize('a', never, async () => {
      log.push('second');
    });
    await serialize('b', never, async () => {
      log.push('other');
    });
    expect(log).toEqual(['first begins', 'other']);
    gate.open();
    await Promise.all([first, second]);
    expect(log).toEqual(['first begins', 'other', 'first ends', 'second']);
  });

  it('goes on after a task that failed, and hands its error to its caller alone', async () => {
    const serialize = createSerializer();
    const failing = serialize('a', never, () => Promise.reject(new Error('no')));
    const next = serialize('a', never, async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  it('never starts a task whose caller left, and keeps the order of the others', async () => {
    const serialize = createSerializer();
    const gate = makeGate();
    const log: string[] = [];
    const leaver = new AbortController();
    const first = serialize('a', never, () => gate.passed);
    const left = serialize('a', leaver.signal, async () => {
      log.push('left');
    });
    leaver.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    const third = serialize('a', never, async () => {
      log.push('third');
    });
    await nextTurn();
    expect(log).toEqual([]);
    gate.open();
    await Promise.all([first, third]);
    expect(log).toEqual(['third']);
  });

  it('keeps nothing of keys that nobody uses, however they were left', async () => {
    const serialize = createSerializer();
    const gate = makeGate();
    const leaver = new AbortController();
    const first = serialize('a', never, () => gate.passed);
    const left = serialize('a', leaver.signal, async () => undefined);
    leaver.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    await expect(serialize('b', AbortSignal.abort(new Error('late')), async () => 1)).rejects.toThrow('late');
    gate.open();
    await first;
    for (let key = 0; key < 100; key += 1) {
      await serialize(`k${key}`, never, async () => undefined);
    }
    await nextTurn();
    expect(serialize.size()).toBe(0);
  });
});
