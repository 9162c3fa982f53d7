import type { Clock } from '../clock.js';
import { computeBackoffMs } from '../http/backoff.js';
import { HttpTimeoutError } from '../http/httpTimeoutError.js';
import { NetworkError } from '../http/networkError.js';
import type { RetryStrategy } from '../http/retry.js';
import { readRetryAfter } from '../http/retryAfter.js';

/** At once it is tried so often; later attempts are the incident's. */
const mostAttempts = 3;
const backoff = { baseMs: 500, maxMs: 4_000 };

export interface DeliveryRetryOptions {
  /** The receiver drops what it has already, so that a lost answer may be asked for again. */
  readonly isRepeatable: boolean;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Repeats what was throttled, and what cannot have arrived; the rest only where a second time does no harm. */
export const createDeliveryRetry =
  ({ isRepeatable, clock, random }: DeliveryRetryOptions): RetryStrategy =>
  (outcome, { attempts }) => {
    if (attempts >= mostAttempts) return { kind: 'accept' };
    const backoffMs = computeBackoffMs(attempts, backoff, random);
    if (outcome.kind === 'error') {
      const isLost = outcome.error instanceof NetworkError || outcome.error instanceof HttpTimeoutError;
      const neverSent = outcome.error instanceof NetworkError && outcome.error.neverSent;
      return neverSent || (isLost && isRepeatable) ? { kind: 'retry', afterMs: backoffMs } : { kind: 'accept' };
    }
    const { status, headers } = outcome.response;
    const mayPass = status === 429 || status === 503 || (isRepeatable && status >= 500);
    const asked = readRetryAfter(headers, clock.nowMs());
    return mayPass ? { kind: 'retry', afterMs: asked?.waitMs ?? backoffMs } : { kind: 'accept' };
  };
