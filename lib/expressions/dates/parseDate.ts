import { EvaluationError } from '../evaluationError.js';
import { trimWhiteSpace } from '../text/whiteSpace.js';
import type { DateTime } from '../values.js';
import { dateTime, daysInMonth, fromParts, ticksPerMinute } from './ticks.js';

const zone = '(?<zone>Z|[+-][0-9]{2}:?[0-9]{2})?';
const time = '(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:\\.(?<fraction>[0-9]+))?)?';
const isoDate = new RegExp(
  `^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:(?:T| +)${time})? *${zone}$`,
  'i',
);
const slashedDate = new RegExp(
  `^(?<month>[0-9]{1,2})/(?<day>[0-9]{1,2})/(?<year>[0-9]{4})(?: +${time}(?: *(?<half>AM|PM))?)? *${zone}$`,
  'i',
);

/**
 * Date text in ISO 8601's extended form (with `T` or a space, a zone or none), or month/day/year with an optional time. Text without a
 * zone is UTC, whatever the machine's zone; text without a time is midnight. Throws `EvaluationError`.
 */
export function parseDate(text: string): DateTime {
  const trimmed = trimWhiteSpace(text);
  const parts = (isoDate.exec(trimmed) ?? slashedDate.exec(trimmed))?.groups;
  if (parts === undefined) throw notDate();
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  const [hour, minute, second] = [readHour(parts), Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) throw notDate();
  if (hour > 23 || minute > 59 || second > 59) throw notDate();
  const ticks = Number((parts.fraction ?? '').slice(0, 7).padEnd(7, '0'));
  const local = fromParts({ year, month, day, hour, minute, second, ticks });
  return dateTime(local.ticks - BigInt(readOffsetMinutes(parts.zone)) * ticksPerMinute);
}

function readHour(parts: Readonly<Record<string, string | undefined>>): number {
  const hour = Number(parts.hour ?? 0);
  if (parts.half === undefined) return hour;
  if (hour < 1 || hour > 12) throw notDate();
  return (hour % 12) + (parts.half.toUpperCase() === 'PM' ? 12 : 0);
}

function readOffsetMinutes(text: string | undefined): number {
  if (text === undefined || text.length === 1) return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(-2))];
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) throw notDate();
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function notDate(): EvaluationError {
  return new EvaluationError(
    'NotDate',
    'The text is not a date such as 2021-08-25T17:41:18Z, 2021-08-25 or 8/25/2021 5:41:18 PM',
  );
}
