import { HttpTimeoutError } from '../../lib/http/httpTimeoutError.js';
import type { Send } from '../../lib/http/send.js';
import { timeoutLayer } from '../../lib/http/timeout.js';
import { createHeldClock } from '../fakes/heldClock.js';

const url = 'https://api.zoom.us/scim2/Users?filter=secret';
const never: Send = () => new Promise(() => undefined);

describe('the time-out', () => {
  it('ends a request whose transport does not listen', async () => {
    const clock = createHeldClock();
    const failure = timeoutLayer({ timeoutMs: 1_000, clock })(never)(url);
    clock.advance(1_000);
    await expect(failure).rejects.toThrow(HttpTimeoutError);
    await expect(failure).rejects.toThrow(/^(?!.*secret).*1000 ms/);
  });

  it('tells the transport why', async () => {
    const clock = createHeldClock();
    let seen: AbortSignal | null | undefined;
    const failure = timeoutLayer({ timeoutMs: 1_000, clock })((_, init) => {
      seen = init?.signal;
      return new Promise(() => undefined);
    })(url);
    clock.advance(1_000);
    await expect(failure).rejects.toThrow(HttpTimeoutError);
    expect(seen?.reason).toBeInstanceOf(HttpTimeoutError);
  });

  it('passes the caller’s own abort on', async () => {
    const caller = new AbortController();
    const failure = timeoutLayer({ timeoutMs: 1_000, clock: createHeldClock() })(never)(url, { signal: caller.signal });
    caller.abort(new Error('slice over'));
    await expect(failure).rejects.toThrow('slice over');
  });

  it('leaves no timer behind', async () => {
    const clock = createHeldClock();
    await timeoutLayer({ timeoutMs: 1_000, clock })(async () => new Response('ok'))(url);
    expect(clock.sleeping()).toBe(0);
  });

  it('asks for its limit at each call', async () => {
    const clock = createHeldClock();
    const limits = [5_000, 50];
    const send = timeoutLayer({ timeoutMs: () => limits.shift() ?? 0, clock })(async () => new Response('ok'));
    await send(url);
    await send(url);
    expect(clock.sleeps).toEqual([5_000, 50]);
  });
});
