import { EvaluationError } from '../evaluationError.js';
import { trimWhiteSpace } from '../text/whiteSpace.js';
import type { DateTime } from '../values.js';
import { abbreviate, dayNames, monthNames } from './names.js';
import { dateTime, dayOfWeek, daysInMonth, fromParts, ticksPerMinute } from './ticks.js';

const oneOf = (names: readonly string[]): string => names.flatMap((name) => [name, abbreviate(name)]).join('|');

const day = '(?<day>[0-9]{1,2})';
const year = '(?<year>[0-9]{4}|[0-9]{2})';
const monthName = `(?<monthName>${oneOf(monthNames)})`;
const weekday = `(?:(?<weekday>${oneOf(dayNames)}),? +)?`;
const zone = '(?<zone>Z|GMT|[+-][0-9]{1,2}(?::?[0-9]{2})?)?';
const time = '(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?)?';

/** Year first; month first; day and the month's name; the month's name and the day. */
const forms = [
  `(?<year>[0-9]{4})(?<mark>[-/.])(?<month>[0-9]{1,2})\\k<mark>${day}`,
  `(?<month>[0-9]{1,2})(?<mark>[-/.])${day}\\k<mark>${year}`,
  `${weekday}${day}[ -]${monthName},?[ -]${year}`,
  `${weekday}${monthName} +${day},? +${year}`,
].map((date) => new RegExp(`^${date}(?:(?:T|,? +)${time}(?: *(?<half>AM|PM))?)? *${zone}$`, 'i'));

type DateText = Readonly<Record<string, string | undefined>>;

/**
 * Date text as .NET's invariant culture reads it: ISO 8601's extended form (with `T` or a space), month/day/year, or with the month's
 * English name, each with an optional time and zone. Text without a zone is UTC, whatever the machine's zone; text without a time is
 * midnight. Throws `EvaluationError`.
 */
export function parseDate(text: string): DateTime {
  const trimmed = trimWhiteSpace(text);
  const parts = readForm(trimmed);
  const calendar = readCalendar(parts);
  const [hour, minute, second] = [readHour(parts), Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) throw notDate();
  const local = fromParts({ ...calendar, hour, minute, second, ticks: 0 });
  if (parts.weekday !== undefined && indexOfName(dayNames, parts.weekday) !== dayOfWeek(local)) throw notDate();
  const fraction = BigInt(Math.round(Number(`0.${parts.fraction ?? 0}`) * 10_000_000));
  return dateTime(local.ticks + fraction - BigInt(readOffsetMinutes(parts.zone)) * ticksPerMinute);
}

function readForm(text: string): DateText {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts !== undefined) return parts;
  }
  throw notDate();
}

function readCalendar(parts: DateText): { readonly year: number; readonly month: number; readonly day: number } {
  const written = Number(parts.year);
  const isShort = parts.year?.length === 2;
  const year = isShort ? written + (written < 50 ? 2000 : 1900) : written;
  const month = parts.monthName === undefined ? Number(parts.month) : indexOfName(monthNames, parts.monthName) + 1;
  const day = Number(parts.day);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) throw notDate();
  return { year, month, day };
}

function indexOfName(names: readonly string[], name: string): number {
  const start = abbreviate(name).toLowerCase();
  return names.findIndex((candidate) => abbreviate(candidate).toLowerCase() === start);
}

function readHour(parts: DateText): number {
  const hour = Number(parts.hour ?? 0);
  if (parts.half === undefined) return hour;
  if (parts.half.toUpperCase() === 'PM') return hour < 12 ? hour + 12 : hour;
  if (hour > 12) throw notDate();
  return hour % 12;
}

function readOffsetMinutes(text: string | undefined): number {
  const written = /^([+-])([0-9]{1,2}?):?([0-9]{2})?$/.exec(text ?? '');
  if (written === null) return 0;
  const [hours, minutes] = [Number(written[2]), Number(written[3] ?? 0)];
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) throw notDate();
  return (written[1] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function notDate(): EvaluationError {
  return new EvaluationError(
    'NotDate',
    'The text is not a date such as 2021-08-25T17:41:18Z, 2021-08-25 or 8/25/2021 5:41:18 PM',
  );
}
