import type { Clock } from '../clock.js';
import { bufferRequest, type Outgoing, readOutgoing } from './outgoing.js';
import type { Layer, Send } from './send.js';

/** How one attempt ended. A response's body is whole and may be read from a `clone()`. */
export type AttemptOutcome =
  | { readonly kind: 'response'; readonly response: Response }
  | { readonly kind: 'error'; readonly error: unknown };

/** What the strategy may look at beside the outcome. */
export interface AttemptState {
  /** Attempts made so far, 1 after the first. */
  readonly attempts: number;
  readonly waitedMs: number;
  readonly request: Pick<Outgoing, 'url' | 'method'>;
}

/** accept: this is the answer (an error is thrown on). fail: throw this instead. */
export type RetryVerdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'fail'; readonly error: unknown };

/** Asked after each attempt: what now? All reasons live here, none in the loop. Limits of attempts are its own too. */
export type RetryStrategy = (outcome: AttemptOutcome, state: AttemptState) => RetryVerdict | Promise<RetryVerdict>;

export interface RetryOptions {
  readonly strategy: RetryStrategy;
  readonly clock: Clock;
  /**
   * Longest sum of waits for one request, in milliseconds. A wait that would exceed it is not begun: the response is
   * handed back as it is (an error thrown on), so that the caller can end its slice and come back later.
   */
  readonly maxTotalWaitMs: number | (() => number);
  /** Told of each wait before it begins, and of what it follows. */
  readonly onWait?: (state: AttemptState, waitMs: number, outcome: AttemptOutcome) => void;
}

/** Sends a request until the strategy accepts. The body is taken into memory; the waits end with the request's signal. */
export const retryLayer =
  ({ strategy, clock, maxTotalWaitMs, onWait }: RetryOptions): Layer =>
  (next) =>
  async (input, init) => {
    const buffered = await bufferRequest(input, init);
    const { url, method, signal } = readOutgoing(buffered.url, buffered.init);
    const waiting = signal ?? new AbortController().signal;
    let waitedMs = 0;
    for (let attempts = 1; ; attempts += 1) {
      const outcome = await attempt(next, buffered.url, buffered.init);
      if (outcome.kind === 'error') {
        // An aborted caller wants no further attempt; an answer that still came is worth having.
        waiting.throwIfAborted();
      }
      const state: AttemptState = { attempts, waitedMs, request: { url, method } };
      const verdict = await strategy(outcome, state);
      const limitMs = typeof maxTotalWaitMs === 'number' ? maxTotalWaitMs : maxTotalWaitMs();
      if (verdict.kind === 'fail') {
        throw verdict.error;
      }
      if (verdict.kind === 'accept' || waitedMs + verdict.afterMs > limitMs) {
        return unwrap(outcome);
      }
      onWait?.(state, verdict.afterMs, outcome);
      await clock.sleep(verdict.afterMs, waiting);
      waitedMs += verdict.afterMs;
    }
  };

const attempt = async (send: Send, url: string, init: RequestInit): Promise<AttemptOutcome> => {
  try {
    return { kind: 'response', response: await send(url, init) };
  } catch (error) {
    return { kind: 'error', error };
  }
};

const unwrap = (outcome: AttemptOutcome): Response => {
  if (outcome.kind === 'error') {
    throw outcome.error;
  }
  return outcome.response;
};

/** As `onWait`: tells only of waits that follow a refusal for the rate (429), not of those while a service is unwell. */
export const onThrottleWait =
  (tell: (waitMs: number) => void): NonNullable<RetryOptions['onWait']> =>
  (_state, waitMs, outcome) => {
    if (waitMs > 0 && outcome.kind === 'response' && outcome.response.status === 429) tell(waitMs);
  };
