import fc from 'fast-check';
import { nextOccurrence, parseSchedule } from '../../../lib/sandbox/host/ncrontab.js';

const next = (expression: string, after: string): string | undefined =>
  nextOccurrence(expression, new Date(after))?.toISOString();

describe('the next occurrence', () => {
  test.each([
    ['every second', '* * * * * *', '2026-11-23T10:00:00.500Z', '2026-11-23T10:00:01.000Z'],
    ['every five minutes', '0 */5 * * * *', '2026-11-23T10:04:59Z', '2026-11-23T10:05:00.000Z'],
    ['strictly after', '0 */5 * * * *', '2026-11-23T10:05:00Z', '2026-11-23T10:10:00.000Z'],
    ['a field is a clock value, not an interval', '0 */40 * * * *', '2026-11-23T10:40:00Z', '2026-11-23T11:00:00.000Z'],
    ['over midnight and the year', '0 0 1 * * *', '2026-12-31T01:00:00Z', '2027-01-01T01:00:00.000Z'],
    ['0 is Sunday', '0 0 0 * * 0', '2026-11-23T00:00:00Z', '2026-11-29T00:00:00.000Z'],
    ['a weekday by name, any case', '0 30 9 * * mon-FRI', '2026-11-27T09:30:00Z', '2026-11-30T09:30:00.000Z'],
    ['a month by name', '0 0 0 1 January *', '2026-11-23T00:00:00Z', '2027-01-01T00:00:00.000Z'],
    ['day and weekday must both match', '0 0 0 13 * fri', '2026-11-23T00:00:00Z', '2027-08-13T00:00:00.000Z'],
    ['leap day', '0 0 0 29 2 *', '2026-11-23T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['a leap day on a Monday', '0 0 0 29 2 1', '2026-11-23T00:00:00Z', '2044-02-29T00:00:00.000Z'],
    ['from a value on by steps', '0 20/15 * * * *', '2026-11-23T10:00:00Z', '2026-11-23T10:20:00.000Z'],
    ['by steps up to the end', '0 20/15 * * * *', '2026-11-23T10:50:00Z', '2026-11-23T11:20:00.000Z'],
    ['a list of ranges', '0 0 8-10/2,20 * * *', '2026-11-23T10:00:00Z', '2026-11-23T20:00:00.000Z'],
    ['a range the wrong way round', '0 0 10-8 * * *', '2026-11-23T09:00:00Z', '2026-11-23T10:00:00.000Z'],
    ['five fields mean second 0', '*/5 * * * *', '2026-11-23T10:01:30Z', '2026-11-23T10:05:00.000Z'],
    [
      'the later minute of an hour that has begun',
      '15 10,40 10 * * *',
      '2026-11-23T10:10:15Z',
      '2026-11-23T10:40:15.000Z',
    ],
  ])('%s: %s', (_what, expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  test('a day that never comes is null', () => {
    expect(nextOccurrence('0 0 0 31 2 *', new Date('2026-11-23T00:00:00Z'))).toBeNull();
  });

  test('two schedules of alternating hours make 40 minutes without a gap', () => {
    const moments: number[] = [];
    for (const expression of ['0 0,40 0-23/2 * * *', '0 20 1-23/2 * * *']) {
      let at = new Date('2026-11-22T23:59:59Z');
      while (at.getTime() < Date.parse('2026-11-25T00:00:00Z')) {
        at = nextOccurrence(expression, at) ?? new Date(Number.NaN);
        moments.push(at.getTime());
      }
    }
    moments.sort((a, b) => a - b);
    const gaps = moments.slice(1).map((moment, index) => (moment - (moments[index] ?? 0)) / 60_000);
    expect(new Set(gaps.slice(0, -1))).toEqual(new Set([40]));
  });

  test('matches its schedule and leaves out no moment before it', () => {
    const field = (min: number, max: number) =>
      fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 }).map((values) => values.join(','));
    fc.assert(
      fc.property(
        fc.tuple(field(0, 59), field(0, 59), field(0, 23)),
        fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (fields, after) => {
          const schedule = parseSchedule(`${fields.join(' ')} * * *`);
          const found = nextOccurrence(schedule, after);
          let moment = Math.floor(after.getTime() / 1000) + 1;
          const matches = (second: number) => {
            const date = new Date(second * 1000);
            return (
              schedule.seconds.has(date.getUTCSeconds()) &&
              schedule.minutes.has(date.getUTCMinutes()) &&
              schedule.hours.has(date.getUTCHours())
            );
          };
          while (!matches(moment)) moment += 1;
          expect(found?.getTime()).toBe(moment * 1000);
        },
      ),
      { seed: 7, numRuns: 30 },
    );
  });
});

describe('an expression that is none', () => {
  test.each([
    ['too few fields', '0 * * *', 'expected six fields'],
    ['too many fields', '0 * * * * * *', 'expected six fields'],
    ['a time span', '00:40:00', 'expected six fields'],
    ['a minute too many', '0 60 * * * *', 'minute "60": expected a value from 0 to 59'],
    ['7 for Sunday', '0 0 0 * * 7', 'day of week "7": expected a value from 0 to 6'],
    ['a month 0', '0 0 0 1 0 *', 'month "0": expected a value from 1 to 12'],
    ['a name that is none', '0 0 0 * * someday', 'day of week "someday"'],
    ['a step of 0', '0 */0 * * * *', 'minute "*/0": expected a step'],
    ['a step that is missing', '0 */ * * * *', 'minute "*/": expected a step'],
    ['an empty list item', '0 1, * * * *', 'minute ""'],
    ['Quartz signs', '0 0 0 L * ?', 'day "L"'],
  ])('%s: %s', (_what, expression, message) => {
    expect(() => parseSchedule(expression)).toThrow(message);
  });
});
