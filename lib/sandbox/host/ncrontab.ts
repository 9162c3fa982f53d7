import { HostError } from './hostError.js';

/**
 * A timer's schedule, each field as the set of values it allows. All fields must match, the day of the month **and**
 * the day of the week: NCrontab joins these two by "and", where Unix cron joins them by "or".
 */
export interface Schedule {
  readonly seconds: ReadonlySet<number>;
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly daysOfWeek: ReadonlySet<number>;
}

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly valueNames?: readonly string[];
}

const months = 'january february march april may june july august september october november december'.split(' ');
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const second: Field = { name: 'second', min: 0, max: 59 };
const minute: Field = { name: 'minute', min: 0, max: 59 };
const hour: Field = { name: 'hour', min: 0, max: 23 };
const day: Field = { name: 'day', min: 1, max: 31 };
const month: Field = { name: 'month', min: 1, max: 12, valueNames: months };
const dayOfWeek: Field = { name: 'day of week', min: 0, max: 6, valueNames: weekdays };

const dayMs = 86_400_000;
/** 29 February falls on a given weekday at least once in 40 years, also across a century without a leap day. */
const horizonMs = 41 * 366 * dayMs;

/**
 * Reads `{second} {minute} {hour} {day} {month} {day of week}`; five fields mean second 0. Lists, ranges, steps and
 * English names (any unique beginning, any case) as NCrontab takes them; 0 is Sunday. Throws `ScheduleInvalid`.
 */
export function parseSchedule(expression: string): Schedule {
  const fields = expression.trim().split(/\s+/);
  const all = fields.length === 5 ? ['0', ...fields] : fields;
  const [seconds, minutes, hours, days, monthField, weekday] = all;
  if (
    all.length !== 6 ||
    seconds === undefined ||
    minutes === undefined ||
    hours === undefined ||
    days === undefined ||
    monthField === undefined ||
    weekday === undefined
  ) {
    throw invalid(expression, 'expected six fields: {second} {minute} {hour} {day} {month} {day of week}');
  }
  return {
    seconds: readField(seconds, second, expression),
    minutes: readField(minutes, minute, expression),
    hours: readField(hours, hour, expression),
    days: readField(days, day, expression),
    months: readField(monthField, month, expression),
    daysOfWeek: readField(weekday, dayOfWeek, expression),
  };
}

function readField(text: string, field: Field, expression: string): ReadonlySet<number> {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const { from, to, step } = readItem(item, field, expression);
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return values;
}

function readItem(item: string, field: Field, expression: string): { from: number; to: number; step: number } {
  const [range = '', stepText, ...rest] = item.split('/');
  const step = stepText === undefined ? 1 : Number(stepText);
  if (rest.length > 0 || !Number.isInteger(step) || step < 1 || stepText === '') {
    throw invalid(expression, `${field.name} "${item}": expected a step of 1 or more after "/"`);
  }
  if (range === '*') return { from: field.min, to: field.max, step };
  const [first = '', last, ...more] = range.split('-');
  if (more.length > 0) throw invalid(expression, `${field.name} "${item}": expected first-last`);
  const one = readValue(first, field, expression);
  if (last === undefined) return { from: one, to: stepText === undefined ? one : field.max, step };
  const other = readValue(last, field, expression);
  return { from: Math.min(one, other), to: Math.max(one, other), step };
}

function readValue(text: string, field: Field, expression: string): number {
  const named = text === '' ? -1 : (field.valueNames?.findIndex((name) => name.startsWith(text.toLowerCase())) ?? -1);
  if (named >= 0) return field.min + named;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= field.min && value <= field.max) return value;
  throw invalid(expression, `${field.name} "${text}": expected a value from ${field.min} to ${field.max}`);
}

/** The first moment of the schedule strictly after `after`, in UTC; null where none comes (31 February). */
export function nextOccurrence(schedule: Schedule | string, after: Date): Date | null {
  const { seconds, minutes, hours, days, months, daysOfWeek } =
    typeof schedule === 'string' ? parseSchedule(schedule) : schedule;
  const startMs = (Math.floor(after.getTime() / 1000) + 1) * 1000;
  const firstDayMs = Math.floor(startMs / dayMs) * dayMs;
  for (let dayStartMs = firstDayMs; dayStartMs < firstDayMs + horizonMs; dayStartMs += dayMs) {
    const date = new Date(dayStartMs);
    if (!months.has(date.getUTCMonth() + 1) || !days.has(date.getUTCDate()) || !daysOfWeek.has(date.getUTCDay())) {
      continue;
    }
    const timeMs = firstTimeOfDayMs(hours, minutes, seconds, startMs - dayStartMs);
    if (timeMs !== null) return new Date(dayStartMs + timeMs);
  }
  return null;
}

function firstTimeOfDayMs(
  hours: ReadonlySet<number>,
  minutes: ReadonlySet<number>,
  seconds: ReadonlySet<number>,
  notBeforeMs: number,
): number | null {
  for (const hourOfDay of ascending(hours)) {
    if ((hourOfDay + 1) * 3_600_000 <= notBeforeMs) continue;
    for (const minuteOfHour of ascending(minutes)) {
      const minuteStartMs = hourOfDay * 3_600_000 + minuteOfHour * 60_000;
      if (minuteStartMs + 60_000 <= notBeforeMs) continue;
      const found = ascending(seconds).find((value) => minuteStartMs + value * 1000 >= notBeforeMs);
      if (found !== undefined) return minuteStartMs + found * 1000;
    }
  }
  return null;
}

const ascending = (values: ReadonlySet<number>): readonly number[] => [...values].sort((a, b) => a - b);

const invalid = (expression: string, why: string): HostError =>
  new HostError('ScheduleInvalid', `Schedule "${expression}": ${why}.`);
