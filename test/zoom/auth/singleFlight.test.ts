import { createSingleFlight } from '../../../lib/zoom/auth/singleFlight.js';

const never = new AbortController().signal;

const setUp = () => {
  const runs: { signal: AbortSignal; land: (value: string) => void; crash: (error: Error) => void }[] = [];
  const fly = createSingleFlight(
    (signal) =>
      new Promise<string>((resolve, reject) => {
        runs.push({ signal, land: resolve, crash: reject });
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
  );
  return { fly, runs };
};

describe('createSingleFlight', () => {
  it('lets everybody who asks meanwhile share one run', async () => {
    const { fly, runs } = setUp();
    const all = Promise.all([fly(never), fly(never), fly(never)]);
    runs[0]?.land('token');
    expect(await all).toEqual(['token', 'token', 'token']);
    expect(runs).toHaveLength(1);
  });

  it('starts anew after the run has ended, well or badly', async () => {
    const { fly, runs } = setUp();
    const first = fly(never);
    runs[0]?.crash(new Error('no'));
    await expect(first).rejects.toThrow('no');
    const second = fly(never);
    runs[1]?.land('token');
    expect(await second).toBe('token');
  });

  it('lets one leave by its own signal while the run goes on for the others', async () => {
    const { fly, runs } = setUp();
    const leaver = new AbortController();
    const left = fly(leaver.signal);
    const stays = fly(never);
    leaver.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    expect(runs[0]?.signal.aborted).toBe(false);
    runs[0]?.land('token');
    expect(await stays).toBe('token');
  });

  it('ends the run when the last has left, and does not hand its end to whoever comes next', async () => {
    const { fly, runs } = setUp();
    const leaver = new AbortController();
    const left = fly(leaver.signal);
    leaver.abort(new Error('enough'));
    const next = fly(never);
    await expect(left).rejects.toThrow('enough');
    expect(runs[0]?.signal.aborted).toBe(true);
    runs[1]?.land('token');
    expect(await next).toBe('token');
  });

  it('starts nothing for a signal that has aborted before', async () => {
    const { fly, runs } = setUp();
    await expect(fly(AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
    expect(runs).toEqual([]);
  });
});
