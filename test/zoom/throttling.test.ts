import { readThrottling } from '../../lib/zoom/throttling.js';
import { scimAnswer, textAnswer } from '../fakes/scimAnswer.js';

const nowMs = Date.parse('2026-11-23T10:00:00Z');
const perSecond = 'You have reached the maximum per-second rate limit for this API. Try again later.';
const daily = 'You have reached the maximum daily rate limit for this API.';
const lock = 'Too many concurrent requests. A request to disassociate this user has already been made.';
const refused = (message: string, headers: Record<string, string> = {}) =>
  scimAnswer(429, { code: 429, message }, headers);

describe('readThrottling', () => {
  it.each([
    ['a per-second limit by its reset', { 'x-ratelimit-reset': String(nowMs / 1_000 + 1) }, 1_000],
    [
      'a reset that only clocks in disagreement explain',
      { 'x-ratelimit-reset': String(nowMs / 1_000 + 7_200) },
      60_000,
    ],
    ['seconds', { 'retry-after': '3' }, 3_000],
    ['an HTTP date', { 'retry-after': 'Mon, 23 Nov 2026 10:00:05 GMT' }, 5_000],
    ['no header at all', {}, null],
    ['a header that cannot be read', { 'retry-after': 'soon' }, null],
  ])('reads %s', (_, headers, waitMs) => {
    expect(readThrottling(refused(perSecond, headers), nowMs)).toEqual({ kind: 'rate', waitMs });
  });

  it('reads the instant at which a spent day ends', () => {
    const headers = { 'x-ratelimit-type': 'Daily-limit', 'retry-after': '2026-11-24T00:00:00Z' };
    expect(readThrottling(refused('', headers), nowMs)).toEqual({ kind: 'daily', waitMs: 14 * 3_600_000 });
  });

  it('asks about a spent day again after a quarter of an hour where no end is named', () => {
    expect(readThrottling(refused(daily), nowMs)).toEqual({ kind: 'daily', waitMs: 900_000 });
  });

  it('tells a lock from a limit', () => {
    expect(readThrottling(refused(lock, { 'x-ratelimit-reset': '1790000000' }), nowMs)).toEqual({
      kind: 'lock',
      waitMs: null,
    });
  });

  it('sees through 503 and 500', () => {
    expect(readThrottling(textAnswer(503, 'Too many requests', { 'retry-after': '2' }), nowMs)?.waitMs).toBe(2_000);
    expect(readThrottling(textAnswer(500, 'rate limit reached'), nowMs)?.kind).toBe('rate');
  });

  it('says nothing about other answers', () => {
    expect(readThrottling(textAnswer(503, ''), nowMs)).toBeNull();
    expect(readThrottling(scimAnswer(200, { detail: perSecond }), nowMs)).toBeNull();
  });
});
