import { errorOf, resultOf } from '../evaluateText.js';

test.each([
  ['BitAnd(-1, 9223372036854775807)', '9223372036854775807'],
  ['BitAnd(&HFFFFFFFFFFFFFFFF, 255)', '255'],
  ['BitAnd("12", [flag])', '0'],
  ['BitAnd(13, [flag])', '1'],
  ['CStr(-7)', '-7'],
  ['CStr([flag])', 'True'],
  ['CStr([fraction])', '1.5'],
  ['CStr([none])', null],
  ['CStr(CDate("2020-01-01"))', '1/1/2020 12:00:00 AM'],
])('%s is %s', (text, expected) => {
  expect(resultOf(text, { flag: true, fraction: 1.5 })).toBe(expected);
});

test.each(['1.5', '""', '"0x1"', '" 1"', '"99999999999999999999"', '[none]'])('%s is no whole number', (number) => {
  const outcome = (text: string) => errorOf(text, { a: '1' });
  expect(outcome(`BitAnd([a], Coalesce([none], ${number}))`)).toBe('NotInteger');
});
