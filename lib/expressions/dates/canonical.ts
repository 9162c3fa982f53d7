import type { DateTime } from '../values.js';
import { toParts } from './ticks.js';

/** `M/d/yyyy h:mm:ss tt` in UTC, the one text form of a DateTime; fractions of a second are dropped. */
export function formatCanonical(value: DateTime): string {
  const { year, month, day, hour, minute, second } = toParts(value);
  const two = (number: number) => String(number).padStart(2, '0');
  const time = `${hour % 12 || 12}:${two(minute)}:${two(second)} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${month}/${day}/${String(year).padStart(4, '0')} ${time}`;
}
