import { NetworkError } from '../../lib/http/networkError.js';
import { type AttemptState, type RetryStrategy, retryLayer } from '../../lib/http/retry.js';
import { createHeldClock } from '../fakes/heldClock.js';
import { createScriptedSend } from '../fakes/scriptedSend.js';

const url = 'https://api.zoom.us/scim2/Users';
const retryUntilOk =
  (afterMs: number): RetryStrategy =>
  (outcome) =>
    outcome.kind === 'response' && outcome.response.ok ? { kind: 'accept' } : { kind: 'retry', afterMs };
const busy = () => new Response('busy', { status: 429 });

describe('the retry layer', () => {
  it('sends again after the wait that the strategy names', async () => {
    const clock = createHeldClock({ passes: () => true });
    const { send, sent } = createScriptedSend([busy(), busy(), new Response('ok')]);
    const retrying = retryLayer({ strategy: retryUntilOk(500), clock, maxTotalWaitMs: 10_000 })(send);
    const response = await retrying(url);
    expect(await response.text()).toBe('ok');
    expect(sent).toHaveLength(3);
    expect(clock.sleeps).toEqual([500, 500]);
  });

  it('sends the same bytes each time, from a string, a stream or a Request', async () => {
    const clock = createHeldClock({ passes: () => true });
    const bodies: Array<readonly [string | Request, RequestInit | undefined]> = [
      [url, { method: 'POST', body: '{"a":1}' }],
      [url, { method: 'POST', body: new Blob(['{"a":1}']).stream(), duplex: 'half' }],
      [new Request(url, { method: 'POST', body: '{"a":1}' }), undefined],
    ];
    for (const [input, init] of bodies) {
      const { send, sent } = createScriptedSend([busy(), new Response('ok')]);
      await retryLayer({ strategy: retryUntilOk(1), clock, maxTotalWaitMs: 10 })(send)(input, init);
      expect(sent.map(({ method, body }) => [method, body])).toEqual([
        ['POST', '{"a":1}'],
        ['POST', '{"a":1}'],
      ]);
    }
  });

  it('keeps the headers of a Request that it buffers', async () => {
    const clock = createHeldClock();
    const { send, sent } = createScriptedSend([new Response('ok')]);
    const request = new Request(url, {
      method: 'PUT',
      body: 'x',
      headers: { 'content-type': 'application/scim+json' },
    });
    await retryLayer({ strategy: retryUntilOk(1), clock, maxTotalWaitMs: 0 })(send)(request);
    expect(sent[0]?.headers.get('content-type')).toBe('application/scim+json');
  });

  it('hands the response back instead of beginning a wait beyond its limit', async () => {
    const clock = createHeldClock({ passes: () => true });
    const { send, sent } = createScriptedSend([busy(), busy()]);
    const response = await retryLayer({ strategy: retryUntilOk(600), clock, maxTotalWaitMs: 1_000 })(send)(url);
    expect(response.status).toBe(429);
    expect(await response.text()).toBe('busy');
    expect(sent).toHaveLength(2);
    expect(clock.sleeps).toEqual([600]);
  });

  it('asks for the limit anew each time, since a slice grows short', async () => {
    const clock = createHeldClock({ passes: () => true });
    const limits = [1_000, 0];
    const { send } = createScriptedSend([busy(), busy()]);
    const layer = retryLayer({ strategy: retryUntilOk(600), clock, maxTotalWaitMs: () => limits.shift() ?? 0 });
    expect((await layer(send)(url)).status).toBe(429);
    expect(clock.sleeps).toEqual([600]);
  });

  it('throws on an error that the strategy accepts, or for which there is no time', async () => {
    const clock = createHeldClock();
    const reset = new NetworkError('GET', url, new Error('socket'));
    const failing = async () => {
      throw reset;
    };
    await expect(
      retryLayer({ strategy: () => ({ kind: 'accept' }), clock, maxTotalWaitMs: 0 })(failing)(url),
    ).rejects.toBe(reset);
    await expect(retryLayer({ strategy: retryUntilOk(1), clock, maxTotalWaitMs: 0 })(failing)(url)).rejects.toBe(reset);
  });

  it('throws what the strategy fails with', async () => {
    const { send } = createScriptedSend([busy()]);
    const error = new Error('daily limit');
    const layer = retryLayer({
      strategy: () => ({ kind: 'fail', error }),
      clock: createHeldClock(),
      maxTotalWaitMs: 0,
    });
    await expect(layer(send)(url)).rejects.toBe(error);
  });

  it('tells the strategy how many attempts and how much waiting there were', async () => {
    const clock = createHeldClock({ passes: () => true });
    const seen: Array<Pick<AttemptState, 'attempts' | 'waitedMs'>> = [];
    const strategy: RetryStrategy = (_, { attempts, waitedMs }) => {
      seen.push({ attempts, waitedMs });
      return attempts < 3 ? { kind: 'retry', afterMs: attempts * 10 } : { kind: 'accept' };
    };
    const { send } = createScriptedSend([busy(), busy(), busy()]);
    await retryLayer({ strategy, clock, maxTotalWaitMs: 100 })(send)(url);
    expect(seen).toEqual([
      { attempts: 1, waitedMs: 0 },
      { attempts: 2, waitedMs: 10 },
      { attempts: 3, waitedMs: 30 },
    ]);
  });

  it('ends a long wait when the caller aborts', async () => {
    const clock = createHeldClock();
    const caller = new AbortController();
    const { send, sent } = createScriptedSend([busy()]);
    const layer = retryLayer({
      strategy: retryUntilOk(600_000),
      clock,
      maxTotalWaitMs: 1_000_000,
      onWait: () => waiting(),
    });
    let waiting: () => void = () => undefined;
    const began = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    const failure = expect(layer(send)(url, { signal: caller.signal })).rejects.toThrow('slice over');
    await began;
    caller.abort(new Error('slice over'));
    await failure;
    expect(sent).toHaveLength(1);
    expect(clock.sleeping()).toBe(0);
  });

  it('does not ask the strategy about an abort', async () => {
    const caller = new AbortController();
    const strategy = jest.fn();
    const layer = retryLayer({ strategy, clock: createHeldClock(), maxTotalWaitMs: 1_000 });
    const send = layer(async () => {
      caller.abort(new Error('stopped'));
      throw caller.signal.reason;
    });
    await expect(send(url, { signal: caller.signal })).rejects.toThrow('stopped');
    expect(strategy).not.toHaveBeenCalled();
  });
});
