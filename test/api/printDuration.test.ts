import { Duration } from 'luxon';
import { printDuration } from '../../lib/api/printDuration.js';
import { checkGraphType } from '../graphTypes/checkGraphType.js';

it.each([
  ['PT40M', 40 * 60_000],
  ['PT5M', 5 * 60_000],
  ['P7D', 7 * 86_400_000],
  ['P30D', 30 * 86_400_000],
  ['P1DT2H3M4.5S', 93_784_500],
  ['PT0S', 0],
])('a duration is written as %s', (text, ms) => {
  expect(printDuration(ms)).toBe(text);
  expect(Duration.fromISO(text).toMillis()).toBe(ms);
  expect(checkGraphType('Duration', text)).toEqual([]);
});
