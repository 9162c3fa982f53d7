import { EvaluationError } from '../evaluationError.js';
import { trimWhiteSpace } from '../text/whiteSpace.js';
import type { DateTime } from '../values.js';
import type { FormatPiece } from './dateFormat.js';
import type { DateStyles } from './dateStyles.js';
import { type ReadFields, readFields } from './readFields.js';
import { type CalendarParts, dateTime, dayOfWeek, daysInMonth, fromParts, ticksPerMinute, toParts } from './ticks.js';
import type { DateKind } from './writeDate.js';

export interface ReadDate {
  readonly date: DateTime;
  readonly kind: DateKind;
}

/**
 * Reads a text exactly by the pieces of a .NET format, as ParseExact does with the invariant culture on a machine whose zone is UTC.
 * `now` supplies what the format has no field for. Throws `EvaluationError`.
 */
export function readDate(text: string, pieces: readonly FormatPiece[], styles: DateStyles, now: DateTime): ReadDate {
  const fields = readFields(...trimEnds(text, pieces, styles), styles);
  if (fields === undefined) throw notInFormat();
  const parts = toCalendarParts(fields, styles, now);
  const local = fromParts(parts);
  if (fields.weekday !== undefined && fields.weekday !== dayOfWeek(local)) throw notInFormat();
  return placeInZone(local, fields, styles);
}

/** Where outer white space is allowed it may stand in the format as well. */
function trimEnds(
  text: string,
  pieces: readonly FormatPiece[],
  styles: DateStyles,
): [text: string, pieces: readonly FormatPiece[]] {
  let [trimmed, from, to] = [text, 0, pieces.length];
  if (styles.has('AllowTrailingWhite')) {
    while (to > 0 && isWhite(pieces[to - 1])) to -= 1;
    trimmed = trimWhiteSpace(`.${trimmed}`).slice(1);
  }
  if (styles.has('AllowLeadingWhite')) {
    while (from < to && isWhite(pieces[from])) from += 1;
    trimmed = trimWhiteSpace(`${trimmed}.`).slice(0, -1);
  }
  return [trimmed, pieces.slice(from, to)];
}

function isWhite(piece: FormatPiece | undefined): boolean {
  return piece?.kind === 'text' && trimWhiteSpace(piece.text) === '';
}

function toCalendarParts(fields: ReadFields, styles: DateStyles, now: DateTime): CalendarParts {
  const { year, month, day } = completeDate(fields, styles, now);
  const hour = toHour(fields);
  const { minute = 0, second = 0, fraction = 0 } = fields;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) throw notInFormat();
  if (hour > 23 || minute > 59 || second > 59) throw notInFormat();
  return { year, month, day, hour, minute, second, ticks: fraction };
}

function completeDate(fields: ReadFields, styles: DateStyles, now: DateTime) {
  const today = toParts(now);
  if (fields.year === undefined && fields.month === undefined && fields.day === undefined) {
    return styles.has('NoCurrentDateDefault') ? { year: 1, month: 1, day: 1 } : today;
  }
  const { year = today.year, month = 1, day = 1 } = fields;
  return { year: fields.hasShortYear && year < 100 ? year + (year < 50 ? 2000 : 1900) : year, month, day };
}

/** A twelve-hour clock without a designator is before noon; a designator beside a 24-hour clock must agree with it. */
function toHour({ hour = 0, usesTwelveHours, isAfternoon }: ReadFields): number {
  if (!usesTwelveHours) {
    if (isAfternoon !== undefined && isAfternoon !== hour >= 12) throw notInFormat();
    return hour;
  }
  if (hour > 12) throw notInFormat();
  return (hour % 12) + (isAfternoon ? 12 : 0);
}

function placeInZone(local: DateTime, fields: ReadFields, styles: DateStyles): ReadDate {
  if (fields.offsetMinutes !== undefined) {
    const date = dateTime(local.ticks - BigInt(fields.offsetMinutes) * ticksPerMinute);
    const isUtc = styles.has('AdjustToUniversal') || (styles.has('RoundtripKind') && fields.isUtcDesignator);
    return { date, kind: isUtc ? 'utc' : 'local' };
  }
  const isAssumed = styles.has('AssumeLocal') || styles.has('AssumeUniversal');
  if (!isAssumed) return { date: local, kind: 'unspecified' };
  return { date: local, kind: styles.has('AdjustToUniversal') ? 'utc' : 'local' };
}

function notInFormat(): EvaluationError {
  return new EvaluationError('NotDate', 'The text is not a date in the input format');
}
