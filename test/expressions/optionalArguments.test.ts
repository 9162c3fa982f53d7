import { errorOf, outcomeOf, resultOf } from './evaluateText.js';

test.each([
  ['Split("a,b", [none])', ['a', 'b']],
  ['PCase("one-two", [none])', 'One-Two'],
  ['ToLower("AI", [none])', 'ai'],
  ['Replace(RandomString(3, 0, 0, 0, 0, [none]), , ".", , "x", , )', 'xxx'],
])('an optional argument without a value counts as omitted: %s', (text, expected) => {
  expect(resultOf(text)).toEqual(expected);
});

test.each([
  [1e21, '1000000000000000000000'],
  [2 ** 63, '9223372036854775808'],
  [-(2 ** 63), '-9223372036854775808'],
  [-0, '0'],
])('a number of any size has its digits: %d', (n, digits) => {
  expect(resultOf('CStr([n])', { n })).toBe(digits);
});

test('a number beyond 64 bits is none to compute with, one with leading zeros is', () => {
  expect(errorOf('BitAnd([n], 1)', { n: 1e21 })).toBe('NotInteger');
  expect(resultOf('BitAnd("000000000000000000000000000003", 1)')).toBe('1');
});

test('texts of any length end in an error where they are put together', () => {
  const attributes = { a: 'x'.repeat(1_000_000), many: Array.from({ length: 3_000 }, () => 'y'.repeat(1_000)) };
  expect(errorOf('Join([a], [many], [many])', attributes)).toBe('TextTooLong');
  expect(errorOf(`Replace([a], , "x", , "${'$_'.repeat(4_000)}", , )`, attributes)).toBe('TextTooLong');
});

test('Replace takes the source it has without a look at the rest', () => {
  const text = 'Replace([a], , [pattern], "g", , [many], )';
  const rest = { pattern: '(', many: ['a', 'b'] };
  expect(outcomeOf(text, { ...rest, a: 'x' })).toEqual({ kind: 'value', value: 'x' });
  expect(errorOf(text, { ...rest, a: '' })).toBe('InvalidRegex');
});
