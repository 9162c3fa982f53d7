import { EvaluationError } from '../evaluationError.js';
import type { DateTime } from '../values.js';
import {
  dateTime,
  daysInMonth,
  fromParts,
  ticksPerDay,
  ticksPerHour,
  ticksPerMinute,
  ticksPerSecond,
  toParts,
} from './ticks.js';

/** Year, month, day, week, hour, minute, second: `m` is the month and `n` the minute. */
export const intervals = ['yyyy', 'm', 'd', 'ww', 'h', 'n', 's'] as const;
export type Interval = (typeof intervals)[number];

const fixedTicks = {
  d: ticksPerDay,
  ww: 7n * ticksPerDay,
  h: ticksPerHour,
  n: ticksPerMinute,
  s: ticksPerSecond,
};

/** Throws `EvaluationError` for a code that is not in the list; case counts. */
export function toInterval(code: string): Interval {
  const interval = intervals.find((candidate) => candidate === code);
  if (interval !== undefined) return interval;
  throw new EvaluationError('UnknownInterval', `The interval must be one of ${intervals.join(', ')}`);
}

/** Years and months keep the day and end at the month's last one; the other units have a fixed length. */
export function addInterval(interval: Interval, count: bigint, date: DateTime): DateTime {
  if (interval === 'yyyy') return addMonths(12n * count, date);
  if (interval === 'm') return addMonths(count, date);
  return dateTime(date.ticks + count * fixedTicks[interval]);
}

/** `to` minus `from` as Visual Basic's DateDiff counts it. */
export function countIntervals(interval: Interval, from: DateTime, to: DateTime): bigint {
  switch (interval) {
    case 'yyyy':
      return BigInt(toParts(to).year - toParts(from).year);
    case 'm':
      return BigInt(countMonths(to) - countMonths(from));
    case 'ww':
      return (startOfWeek(to) - startOfWeek(from)) / 7n;
    case 'd':
    case 'h':
    case 'n':
    case 's':
      return (to.ticks - from.ticks) / fixedTicks[interval];
  }
}

function addMonths(count: bigint, date: DateTime): DateTime {
  const parts = toParts(date);
  const total = BigInt(countMonths(date)) + count;
  if (total < 12n || total >= 120_000n) {
    throw new EvaluationError('OutOfRange', 'A date lies outside the years 1 to 9999');
  }
  const year = Number(total / 12n);
  const month = Number(total % 12n) + 1;
  return fromParts({ ...parts, year, month, day: Math.min(parts.day, daysInMonth(year, month)) });
}

function countMonths(date: DateTime): number {
  const { month, year } = toParts(date);
  return year * 12 + month - 1;
}

/** The number of the Sunday that begins the date's week; day 0, 0001-01-01, is a Monday. */
function startOfWeek({ ticks }: DateTime): bigint {
  const day = ticks / ticksPerDay;
  return day - ((day + 1n) % 7n);
}
