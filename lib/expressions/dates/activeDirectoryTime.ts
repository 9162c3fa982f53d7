import type { DateTime } from '../values.js';
import { dateTime } from './ticks.js';

/** Ticks of 1601-01-01, where Active Directory begins to count. */
const epochTicks = 504_911_232_000_000_000n;

/** 100-nanosecond ticks since 1601 to a date. Throws `EvaluationError` outside the years 1 to 9999. */
export function fromActiveDirectoryTime(value: bigint): DateTime {
  return dateTime(epochTicks + value);
}

export function toActiveDirectoryTime(date: DateTime): bigint {
  return date.ticks - epochTicks;
}
