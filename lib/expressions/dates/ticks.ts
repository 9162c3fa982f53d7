import { EvaluationError } from '../evaluationError.js';
import type { DateTime } from '../values.js';

export const ticksPerMillisecond = 10_000n;
export const ticksPerSecond = 10_000_000n;
export const ticksPerMinute = 600_000_000n;
export const ticksPerHour = 36_000_000_000n;
export const ticksPerDay = 864_000_000_000n;

/** Ticks of 1970-01-01, where JavaScript's clock begins. */
const unixEpochTicks = 621_355_968_000_000_000n;
/** The last tick of the year 9999. */
const maxTicks = 3_155_378_975_999_999_999n;

/** A date and time in parts. `ticks` is the part of the second, 0 to 9,999,999; months and days count from 1. */
export interface CalendarParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ticks: number;
}

/** Throws `EvaluationError` outside the years 1 to 9999. */
export function dateTime(ticks: bigint): DateTime {
  if (ticks < 0n || ticks > maxTicks) {
    throw new EvaluationError('OutOfRange', 'A date lies outside the years 1 to 9999');
  }
  return { kind: 'dateTime', ticks };
}

export function fromUnixMs(unixMs: number): DateTime {
  return dateTime(unixEpochTicks + BigInt(Math.trunc(unixMs)) * ticksPerMillisecond);
}

/** Parts must be a valid date and time. */
export function fromParts(parts: CalendarParts): DateTime {
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  date.setUTCHours(parts.hour, parts.minute, parts.second, 0);
  return dateTime(unixEpochTicks + BigInt(date.getTime()) * ticksPerMillisecond + BigInt(parts.ticks));
}

export function toParts(value: DateTime): CalendarParts {
  const date = toUtcDate(value);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ticks: Number(value.ticks % ticksPerSecond),
  };
}

/** 0 is Sunday. */
export function dayOfWeek(value: DateTime): number {
  return toUtcDate(value).getUTCDay();
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function toUtcDate(value: DateTime): Date {
  return new Date(Number(value.ticks / ticksPerMillisecond - unixEpochTicks / ticksPerMillisecond));
}
