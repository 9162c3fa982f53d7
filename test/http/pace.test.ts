import { setImmediate as nextTurn } from 'node:timers/promises';
import { createPace, type PaceNews } from '../../lib/http/pace.js';
import { PausedError } from '../../lib/http/pausedError.js';
import { createHeldClock } from '../fakes/heldClock.js';

const allowed: PaceNews = { kind: 'allowed', allowance: { perSecond: null, isExhausted: false } };

const setUp = (news: readonly PaceNews[] = []) => {
  const clock = createHeldClock();
  const answers = [...news];
  const sent: { path: string; atMs: number }[] = [];
  const pace = createPace({
    limits: { slow: { ceilingPerSecond: 10, burst: 1 }, other: { ceilingPerSecond: 10, burst: 1 } },
    chooseBucket: ({ url }) => (url.pathname.startsWith('/other') ? 'other' : url.pathname === '/free' ? '-' : 'slow'),
    readAnswer: async () => answers.shift() ?? allowed,
    maxPauseMs: 60_000,
    clock,
    random: () => 0.5,
  });
  const send = pace.layer(async (input) => {
    sent.push({ path: new URL(String(input)).pathname, atMs: clock.monotonicMs() });
    return new Response(null, { status: 204 });
  });
  const pass = async (byMs: number) => {
    for (let passed = 0; passed <= byMs; passed += 10) {
      await nextTurn();
      if (passed < byMs) {
        clock.advance(10);
      }
    }
  };
  const get = (path: string, signal?: AbortSignal) =>
    send(`https://zoom.example${path}`, signal === undefined ? {} : { signal });
  return { clock, sent, pace, get, pass };
};

describe('createPace', () => {
  it('sends first come, first served, at the pace of the bucket', async () => {
    const { sent, get, pass } = setUp();
    const all = Promise.all(['/1', '/2', '/3', '/4'].map((path) => get(path)));
    await pass(300);
    await all;
    expect(sent).toEqual([
      { path: '/1', atMs: 0 },
      { path: '/2', atMs: 100 },
      { path: '/3', atMs: 200 },
      { path: '/4', atMs: 300 },
    ]);
  });

  it('keeps buckets apart and sends what has none at once', async () => {
    const { sent, get, pass } = setUp();
    const all = Promise.all(['/1', '/2', '/other', '/free', '/free'].map((path) => get(path)));
    await pass(100);
    await all;
    expect(sent.filter(({ atMs }) => atMs === 0).map(({ path }) => path)).toEqual(['/free', '/free', '/1', '/other']);
  });

  it('lets a waiting request go by its own signal, gives its turn to the next and leaves no timer behind', async () => {
    const { clock, sent, get, pass } = setUp();
    const leaver = new AbortController();
    await get('/1');
    const left = get('/2', leaver.signal);
    const stays = get('/3');
    leaver.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    await pass(100);
    await stays;
    expect(sent.map(({ path, atMs }) => [path, atMs])).toEqual([
      ['/1', 0],
      ['/3', 100],
    ]);
    const last = new AbortController();
    const alone = get('/4', last.signal);
    expect(clock.sleeping()).toBe(1);
    last.abort(new Error('enough'));
    await expect(alone).rejects.toThrow('enough');
    expect(clock.sleeping()).toBe(0);
  });

  it('sends nothing for a signal that has aborted before', async () => {
    const { sent, get } = setUp();
    await expect(get('/1', AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
    expect(sent).toEqual([]);
  });

  it('holds everybody back during a pause, then goes on more slowly', async () => {
    const { sent, get, pass, pace } = setUp([{ kind: 'refused', refusal: { pauseMs: 1_000, lowers: true } }]);
    await get('/1');
    expect(pace.read().slow).toEqual({ perSecond: 7.5, ceilingPerSecond: 10, pausedMs: 1_000 });
    const all = Promise.all([get('/1'), get('/2')]);
    await pass(1_300);
    await all;
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 1_140, 1_280]);
  });

  it('fails who waits, and who comes, during a pause that is too long to wait for, and says when to come back', async () => {
    const { clock, sent, get, pass } = setUp([{ kind: 'refused', refusal: { pauseMs: 3_600_000, lowers: false } }]);
    const first = get('/1');
    const waiting = get('/2');
    await first;
    const untilMs = clock.nowMs() + 3_600_000;
    await expect(waiting).rejects.toMatchObject({ untilMs, method: 'GET', target: 'https://zoom.example/2' });
    await expect(get('/3')).rejects.toBeInstanceOf(PausedError);
    expect(sent).toHaveLength(1);
    expect(clock.sleeping()).toBe(0);
    clock.advance(3_600_100);
    await get('/4');
    await pass(0);
    expect(sent).toHaveLength(2);
  });

  it('keeps a hundred waiters in order with one timer', async () => {
    const { clock, sent, get, pass } = setUp();
    const paths = Array.from({ length: 100 }, (_, index) => `/${index}`);
    const all = Promise.all(paths.map((path) => get(path)));
    expect(clock.sleeping()).toBe(1);
    await pass(9_900);
    await all;
    expect(sent.map(({ path }) => path)).toEqual(paths);
    expect(sent.at(-1)?.atMs).toBe(9_900);
  });
});
