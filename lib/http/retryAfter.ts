/** How long a service asked us to wait, and in which form it said so. */
export interface RetryAfter {
  /** Milliseconds from now; 0 for an instant that has passed. */
  readonly waitMs: number;
  readonly source: 'seconds' | 'httpDate' | 'instant' | 'rateLimitReset';
}

/**
 * Reads `Retry-After` (whole or decimal seconds, HTTP-date, or an ISO-8601 instant, which Zoom sends on a daily limit)
 * and, where that is absent or unreadable, Zoom's `X-RateLimit-Reset` (unix seconds). Null: the headers do not say.
 */
export const readRetryAfter = (headers: Headers, nowMs: number): RetryAfter | null =>
  parseRetryAfter(headers.get('retry-after'), nowMs) ?? parseReset(headers.get('x-ratelimit-reset'), nowMs);

/** No wait is a billion seconds long: a number of that size is an instant in unix seconds. */
const firstUnixSecond = 1_000_000_000;

const parseRetryAfter = (text: string | null, nowMs: number): RetryAfter | null => {
  const value = text?.trim() ?? '';
  if (/^\d{1,12}(\.\d{1,9})?$/.test(value)) {
    const seconds = Number(value);
    return seconds >= firstUnixSecond
      ? { waitMs: until(seconds * 1000, nowMs), source: 'instant' }
      : { waitMs: Math.ceil(seconds * 1000), source: 'seconds' };
  }
  const dateMs = parseHttpDate(value, nowMs);
  if (dateMs !== null) {
    return { waitMs: until(dateMs, nowMs), source: 'httpDate' };
  }
  const instantMs = parseInstant(value);
  return instantMs === null ? null : { waitMs: until(instantMs, nowMs), source: 'instant' };
};

const parseReset = (text: string | null, nowMs: number): RetryAfter | null => {
  const value = text?.trim() ?? '';
  if (!/^\d{10,11}$/.test(value)) {
    return null;
  }
  return { waitMs: until(Number(value) * 1000, nowMs), source: 'rateLimitReset' };
};

const until = (instantMs: number, nowMs: number): number => Math.max(0, Math.ceil(instantMs - nowMs));

const parseInstant = (value: string): number | null => {
  const match = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|z|[+-]\d{2}:?\d{2})?$/.exec(value);
  if (match === null) {
    return null;
  }
  // Without a zone JavaScript would take local time; every service here means UTC.
  const zone = (match[3] ?? 'Z').toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const instantMs = Date.parse(`${match[1]}T${match[2]}${zone}`);
  return Number.isNaN(instantMs) ? null : instantMs;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const time = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)';

/** RFC 9110 5.6.7, in the order of likelihood: IMF-fixdate, RFC 850, asctime. */
const httpDateForms = [
  new RegExp(`^[A-Z][a-z]{2}, (?<day>\\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\\d{4}) ${time} (?:GMT|UTC)$`),
  new RegExp(`^[A-Z][a-z]{5,8}, (?<day>\\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\\d{2}) ${time} GMT$`),
  new RegExp(`^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
];

const parseHttpDate = (value: string, nowMs: number): number | null => {
  for (const form of httpDateForms) {
    const parts = form.exec(value)?.groups;
    const month = months.indexOf(parts?.month ?? '');
    if (parts !== undefined && month >= 0) {
      const year = expandYear(Number(parts.year), nowMs);
      return Date.UTC(year, month, Number(parts.day), Number(parts.hour), Number(parts.minute), Number(parts.second));
    }
  }
  return null;
};

/** RFC 9110: a two-digit year that would lie more than 50 years ahead means the past century. */
const expandYear = (year: number, nowMs: number): number => {
  if (year >= 100) {
    return year;
  }
  const thisYear = new Date(nowMs).getUTCFullYear();
  const expanded = thisYear - (thisYear % 100) + year;
  return expanded > thisYear + 50 ? expanded - 100 : expanded;
};
