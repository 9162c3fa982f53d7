import { computeBackoffMs } from '../http/backoff.js';
import { HttpTimeoutError } from '../http/httpTimeoutError.js';
import { NetworkError } from '../http/networkError.js';
import type { AttemptOutcome, AttemptState, RetryStrategy, RetryVerdict } from '../http/retry.js';
import { readRetryAfter } from '../http/retryAfter.js';
import { readAnswer } from './readAnswer.js';
import { readThrottling } from './throttling.js';

export interface RetryStrategyOptions {
  /** Whether a request that may have been carried out may be sent again. */
  readonly isRepeatable: (method: string) => boolean;
  /** Whether each attempt waits for its turn below, so that a refusal for going too fast needs no wait here. */
  readonly isPaced: boolean;
  readonly nowMs: () => number;
  readonly random: () => number;
}

/** Attempts after which a service that is unwell is left alone, and one that only refuses for now. */
const mostFailures = 4;
const mostRefusals = 8;
const failureBackoff = { baseMs: 500, maxMs: 8_000 };
const lockBackoff = { baseMs: 300, maxMs: 5_000 };
const accept: RetryVerdict = { kind: 'accept' };

/**
 * What is sent again: refusals that say nothing was carried out (429, 503 with Retry-After) whatever the method;
 * lost answers and 5xx only where a second time does no harm.
 */
export const createRetryStrategy =
  (options: RetryStrategyOptions): RetryStrategy =>
  async (outcome, state) =>
    outcome.kind === 'error' ? judgeError(outcome.error, state, options) : judgeResponse(outcome, state, options);

const judgeError = (
  error: unknown,
  { attempts, request }: AttemptState,
  options: RetryStrategyOptions,
): RetryVerdict => {
  const isLost = error instanceof HttpTimeoutError || error instanceof NetworkError;
  const wasNeverSent = error instanceof NetworkError && error.neverSent;
  if (!isLost || attempts >= mostFailures || !(wasNeverSent || options.isRepeatable(request.method))) {
    return accept;
  }
  return { kind: 'retry', afterMs: computeBackoffMs(attempts, failureBackoff, options.random) };
};

const judgeResponse = async (
  { response }: Extract<AttemptOutcome, { kind: 'response' }>,
  { attempts, request }: AttemptState,
  options: RetryStrategyOptions,
): Promise<RetryVerdict> => {
  if (response.status < 400) {
    return accept;
  }
  const mayRepeat = options.isRepeatable(request.method);
  const throttling = readThrottling(await readAnswer(response), options.nowMs());
  if (throttling !== null) {
    const saysNothingWasDone =
      response.status === 429 || (response.status === 503 && response.headers.has('retry-after'));
    if (attempts >= mostRefusals || !(saysNothingWasDone || mayRepeat)) {
      return accept;
    }
    const isOwnWait = throttling.kind === 'lock' || !options.isPaced;
    const unsaidMs = computeBackoffMs(attempts, lockBackoff, options.random);
    return { kind: 'retry', afterMs: isOwnWait ? (throttling.waitMs ?? unsaidMs) : 0 };
  }
  if (response.status < 500 || response.status === 501 || attempts >= mostFailures) {
    return accept;
  }
  const said = response.headers.has('retry-after') ? readRetryAfter(response.headers, options.nowMs()) : null;
  if (response.status === 503 && said !== null) {
    return { kind: 'retry', afterMs: said.waitMs };
  }
  return mayRepeat ? { kind: 'retry', afterMs: computeBackoffMs(attempts, failureBackoff, options.random) } : accept;
};
