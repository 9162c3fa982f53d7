import type { Clock } from '../clock.js';
import { computeBackoffMs } from '../http/backoff.js';
import { HttpTimeoutError } from '../http/httpTimeoutError.js';
import { NetworkError } from '../http/networkError.js';
import type { RetryStrategy } from '../http/retry.js';
import { readRetryAfter } from '../http/retryAfter.js';
import { isThrottled, isTransient } from './answerFailure.js';

/** Without a word from Graph: 1, 2, 4 … seconds, half of it drawn. An immediate retry would be charged as well. */
export const graphBackoff = { baseMs: 1_000, maxMs: 30_000 };
/** A request is sent this often at most where Graph is unwell; a throttled one as often as the waits allow, up to ten times. */
export const attemptLimits = { unwell: 4, throttled: 10 };

/**
 * What to do after an attempt. Everything we send is a read (`$batch` of GETs included), so everything may be repeated.
 * Retry-After is authoritative where it is present.
 */
export const graphRetryStrategy =
  (clock: Clock, random: () => number): RetryStrategy =>
  (outcome, { attempts }) => {
    if (outcome.kind === 'error') {
      const passing = outcome.error instanceof NetworkError || outcome.error instanceof HttpTimeoutError;
      return passing && attempts < attemptLimits.unwell
        ? { kind: 'retry', afterMs: computeBackoffMs(attempts, graphBackoff, random) }
        : { kind: 'accept' };
    }
    const { status, headers } = outcome.response;
    const limit = isThrottled(status) ? attemptLimits.throttled : attemptLimits.unwell;
    if (!isTransient(status) || attempts >= limit) {
      return { kind: 'accept' };
    }
    const asked = readRetryAfter(headers, clock.nowMs());
    return { kind: 'retry', afterMs: asked?.waitMs ?? computeBackoffMs(attempts, graphBackoff, random) };
  };
