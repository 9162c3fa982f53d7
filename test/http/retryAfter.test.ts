import fc from 'fast-check';
import { readRetryAfter } from '../../lib/http/retryAfter.js';

const nowMs = Date.UTC(2026, 10, 23, 10, 0, 0);
const read = (headers: Record<string, string>) => readRetryAfter(new Headers(headers), nowMs);

describe('Retry-After', () => {
  it.each([
    ['whole seconds', '10', 10_000, 'seconds'],
    ['zero', '0', 0, 'seconds'],
    ['decimal seconds, rounded up to the millisecond', '1.0005', 1_001, 'seconds'],
    ['spaces around', ' 7 ', 7_000, 'seconds'],
    ['ten minutes', '600', 600_000, 'seconds'],
    ['unix seconds, which no wait can be', String(nowMs / 1000 + 30), 30_000, 'instant'],
    ['IMF-fixdate', 'Mon, 23 Nov 2026 10:00:30 GMT', 30_000, 'httpDate'],
    ['IMF-fixdate with a leap second', 'Thu, 31 Dec 2026 23:59:60 GMT', Date.UTC(2027, 0, 1) - nowMs, 'httpDate'],
    ['RFC 850 date', 'Monday, 23-Nov-26 10:01:00 GMT', 60_000, 'httpDate'],
    ['RFC 850 date of the past century', 'Sunday, 06-Nov-94 08:49:37 GMT', 0, 'httpDate'],
    ['asctime date, always UTC', 'Mon Nov 23 10:00:05 2026', 5_000, 'httpDate'],
    ['asctime date with a one-digit day', 'Tue Dec  1 10:00:00 2026', 8 * 86_400_000, 'httpDate'],
    ['a past date', 'Mon, 23 Nov 2026 09:59:59 GMT', 0, 'httpDate'],
    ['ISO instant', '2026-11-24T00:00:00Z', 14 * 3_600_000, 'instant'],
    ['ISO instant with fractions', '2026-11-23T10:00:00.250Z', 250, 'instant'],
    ['ISO instant with an offset', '2026-11-23T12:00:10+02:00', 10_000, 'instant'],
    ['ISO instant with an offset without colon', '2026-11-23T12:00:10+0200', 10_000, 'instant'],
    ['ISO instant without a zone, taken as UTC', '2026-11-23T10:00:10', 10_000, 'instant'],
    ['a past instant', '2026-11-22T10:00:00Z', 0, 'instant'],
  ])('reads %s', (_, value, waitMs, source) => {
    expect(read({ 'retry-after': value })).toEqual({ waitMs, source });
  });

  it.each(['', 'soon', '-5', '1e3', '10s', '2026-13-45T00:00:00Z', 'Mon, 23 Foo 2026 10:00:30 GMT', '23 Nov 2026'])(
    'does not guess at %j',
    (value) => {
      expect(read({ 'retry-after': value })).toBeNull();
    },
  );
});

describe('X-RateLimit-Reset', () => {
  const reset = String(nowMs / 1000 + 12);

  it('counts where Retry-After is absent', () => {
    expect(read({ 'x-ratelimit-reset': reset })).toEqual({ waitMs: 12_000, source: 'rateLimitReset' });
  });

  it('counts where Retry-After cannot be read', () => {
    expect(read({ 'retry-after': 'soon', 'x-ratelimit-reset': reset })?.waitMs).toBe(12_000);
  });

  it('gives way to Retry-After', () => {
    expect(read({ 'retry-after': '3', 'x-ratelimit-reset': reset })?.waitMs).toBe(3_000);
  });

  it.each(['12', 'never', '', '2026-11-23T10:00:00Z'])('ignores %j, which is no unix second', (value) => {
    expect(read({ 'x-ratelimit-reset': value })).toBeNull();
  });
});

it('says nothing where the headers say nothing', () => {
  expect(read({})).toBeNull();
});

it('never asks for a negative wait or fails, whatever stands in the headers', () => {
  const value = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'0123456789-:.,TZ+ GMTabc') }),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  fc.assert(
    fc.property(value, value, (retryAfter, reset) => {
      const wait = read({ 'retry-after': retryAfter, 'x-ratelimit-reset': reset });
      expect(wait === null || (Number.isFinite(wait.waitMs) && wait.waitMs >= 0)).toBe(true);
    }),
    { seed: 11, numRuns: 300 },
  );
});
