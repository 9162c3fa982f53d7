import type { Clock } from '../clock.js';
import { nameTarget } from './httpError.js';
import { HttpTimeoutError } from './httpTimeoutError.js';
import { readOutgoing } from './outgoing.js';
import type { Layer } from './send.js';

export interface TimeoutOptions {
  /** For one attempt, from sending to the last byte of the body (`fetchWith` reads it to its end). */
  readonly timeoutMs: number | (() => number);
  readonly clock: Clock;
}

/** Ends an attempt that takes too long with `HttpTimeoutError`; the caller's own signal goes on to count. */
export const timeoutLayer =
  ({ timeoutMs, clock }: TimeoutOptions): Layer =>
  (next) =>
  async (input, init) => {
    const { url, method, signal } = readOutgoing(input, init);
    const limitMs = typeof timeoutMs === 'number' ? timeoutMs : timeoutMs();
    const expiry = new AbortController();
    const finished = new AbortController();
    clock.sleep(limitMs, finished.signal).then(
      () => expiry.abort(new HttpTimeoutError(method, nameTarget(url), limitMs)),
      // Sleep is rejected only by `finished`: the answer came in time.
      () => undefined,
    );
    const either = signal === null ? expiry.signal : AbortSignal.any([signal, expiry.signal]);
    try {
      return await Promise.race([next(input, { ...init, signal: either }), rejectOnAbort(either, finished.signal)]);
    } finally {
      finished.abort();
    }
  };

/** Holds even where the transport does not listen to its signal. */
const rejectOnAbort = (signal: AbortSignal, finished: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: finished });
  });
