import { readRetryAfter } from '../http/retryAfter.js';
import type { ScimAnswer } from './answer.js';
import { readErrorText } from './errorText.js';
import { classifyAnswer } from './taxonomy.js';

/**
 * How an answer throttles. rate: too fast. daily: the day's allowance is spent. lock: another request on the same user
 * is still running, which says nothing about the pace. `waitMs` is null where the answer does not say.
 */
export interface Throttling {
  readonly kind: 'rate' | 'daily' | 'lock';
  readonly waitMs: number | null;
}

/** A per-second or per-minute window is over by then: a later instant comes of clocks that disagree. */
const longestWindowMs = 60_000;
/** A spent day that names no end is asked about again this often. */
const unsaidDayMs = 15 * 60_000;
const lockText = /too many concurrent requests|disassociate this user/i;

/** Null for an answer that does not throttle, whatever its status: limits also come dressed as 500 and 503. */
export const readThrottling = (answer: ScimAnswer, nowMs: number): Throttling | null => {
  if (answer.status < 400 || classifyAnswer(answer, 'list').code !== 'TooManyRequests') {
    return null;
  }
  const { text } = readErrorText(answer.body);
  if (lockText.test(text)) {
    return { kind: 'lock', waitMs: null };
  }
  const said = readRetryAfter(answer.headers, nowMs);
  const isDaily = /daily/i.test(answer.headers.get('x-ratelimit-type') ?? '') || /\bdaily\b/i.test(text);
  if (isDaily) {
    return { kind: 'daily', waitMs: said?.waitMs ?? unsaidDayMs };
  }
  if (said === null) {
    return { kind: 'rate', waitMs: null };
  }
  const isWindow = said.source === 'rateLimitReset';
  return { kind: 'rate', waitMs: isWindow ? Math.min(said.waitMs, longestWindowMs) : said.waitMs };
};
