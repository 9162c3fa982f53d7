import type { Clock } from '../clock.js';
import { nameTarget } from './httpError.js';
import { type Outgoing, readOutgoing } from './outgoing.js';
import { PausedError } from './pausedError.js';
import {
  type Allowance,
  acknowledge,
  drawToken,
  type Rate,
  type RateLimits,
  type Refusal,
  refuse,
  startRate,
} from './rate.js';
import type { Layer } from './send.js';

export interface PaceOptions {
  /** The buckets by name. */
  readonly limits: Readonly<Record<string, RateLimits>>;
  /** Which bucket a request draws from; where `limits` has none of that name it is sent at once. */
  readonly chooseBucket: (request: Pick<Outgoing, 'url' | 'method'>) => string;
  /** What an answer says about the pace; read its body from a clone only. */
  readonly readAnswer: (response: Response, bucket: string) => Promise<PaceNews>;
  /** A pause longer than this is not waited for: requests fail with `PausedError` until it is over. */
  readonly maxPauseMs: number;
  /** Told how much longer nothing is sent since a refusal. */
  readonly onPause?: (addedMs: number) => void;
  readonly clock: Clock;
  readonly random: () => number;
}

export type PaceNews =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'allowed'; readonly allowance: Allowance };

/** Where a bucket stands, for progress and diagnosis. */
export interface PaceReading {
  readonly perSecond: number;
  readonly ceilingPerSecond: number;
  /** How much longer nothing is sent; 0 while it flows. */
  readonly pausedMs: number;
}

export interface Pace {
  readonly layer: Layer;
  read(): Readonly<Record<string, PaceReading>>;
}

/**
 * Holds requests back to a rate for each bucket, first come, first served. The pace falls when the service refuses and
 * recovers slowly. It sends nothing twice: whoever repeats a refused request comes through here again and waits.
 */
export const createPace = (options: PaceOptions): Pace => {
  const buckets = new Map(
    Object.entries(options.limits).map(([name, limits]) => [name, new Bucket(name, limits, options)]),
  );
  return {
    layer: (next) => async (input, init) => {
      const request = readOutgoing(input, init);
      const bucket = buckets.get(options.chooseBucket(request));
      if (bucket === undefined) {
        return next(input, init);
      }
      await bucket.waitTurn(request);
      const sentMs = options.clock.monotonicMs();
      const response = await next(input, init);
      bucket.learn(await options.readAnswer(response, bucket.name), sentMs);
      return response;
    },
    read: () => Object.fromEntries([...buckets].map(([name, bucket]) => [name, bucket.read()])),
  };
};

interface Waiter {
  readonly request: Outgoing;
  readonly go: () => void;
  readonly fail: (reason: unknown) => void;
}

/** The waiting around one `Rate`: a queue and, while anybody waits, one sleep. */
class Bucket {
  private rate: Rate;
  private readonly waiters = new Set<Waiter>();
  private sleeping: AbortController | null = null;

  constructor(
    readonly name: string,
    limits: RateLimits,
    private readonly options: PaceOptions,
  ) {
    this.rate = startRate(limits, options.clock.monotonicMs());
  }

  /** Resolves when it is the caller's turn. Throws the signal's reason, or `PausedError`. */
  waitTurn(request: Outgoing): Promise<void> {
    const { signal } = request;
    if (signal?.aborted === true) {
      return Promise.reject(signal.reason);
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiters.delete(waiter);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        leave();
        reject(signal?.reason);
        if (this.waiters.size === 0) {
          this.sleeping?.abort();
        }
      };
      const waiter: Waiter = {
        request,
        go: () => {
          leave();
          resolve();
        },
        fail: (reason) => {
          leave();
          reject(reason);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiters.add(waiter);
      this.serve();
    });
  }

  learn(news: PaceNews, sentMs: number): void {
    const nowMs = this.options.clock.monotonicMs();
    const beforeMs = this.read().pausedMs;
    this.rate =
      news.kind === 'refused'
        ? refuse(this.rate, { sentMs, nowMs }, news.refusal, this.options.random)
        : acknowledge(this.rate, sentMs, news.allowance);
    const addedMs = this.read().pausedMs - beforeMs;
    if (addedMs > 0) this.options.onPause?.(addedMs);
    this.failDuringLongPause();
  }

  read(): PaceReading {
    const { perSecond, limits, pausedUntilMs } = this.rate;
    const pausedMs = Math.max(0, pausedUntilMs - this.options.clock.monotonicMs());
    return { perSecond, ceilingPerSecond: limits.ceilingPerSecond, pausedMs };
  }

  /** Lets go whoever may go now and sleeps until the next may; at most one sleep at a time. */
  private serve(): void {
    this.failDuringLongPause();
    for (const waiter of this.waiters) {
      if (this.sleeping !== null) {
        return;
      }
      const draw = drawToken(this.rate, this.options.clock.monotonicMs());
      this.rate = draw.rate;
      if (draw.kind === 'wait') {
        this.sleep(Math.ceil(draw.delayMs));
        return;
      }
      waiter.go();
    }
  }

  private sleep(delayMs: number): void {
    const sleeping = new AbortController();
    this.sleeping = sleeping;
    const wake = () => {
      this.sleeping = null;
      this.serve();
    };
    // Only `sleeping` ends a sleep early: the last waiter left, or all were told to come back later.
    this.options.clock.sleep(delayMs, sleeping.signal).then(wake, wake);
  }

  private failDuringLongPause(): void {
    const pausedMs = this.read().pausedMs;
    if (pausedMs <= this.options.maxPauseMs) {
      return;
    }
    const untilMs = this.options.clock.nowMs() + pausedMs;
    for (const waiter of this.waiters) {
      const { method, url } = waiter.request;
      waiter.fail(new PausedError(method, nameTarget(url), untilMs));
    }
    this.sleeping?.abort();
  }
}
