import { toTargetValue } from '../../lib/expressions/toTargetValue.js';
import { resultOf } from './evaluateText.js';

test('a boolean stays one, a number becomes its digits, a date its text', () => {
  expect(toTargetValue(true)).toBe(true);
  expect(toTargetValue(9_223_372_036_854_775_807n)).toBe('9223372036854775807');
  expect(resultOf('CDate("2021-01-05T12:30:00Z")')).toBe('1/5/2021 12:30:00 PM');
  expect(toTargetValue(null)).toBeNull();
});

test('a collection stays one, of one element too', () => {
  expect(toTargetValue(['a'])).toEqual(['a']);
  expect(toTargetValue([])).toEqual([]);
});

test('a role of the source is the JSON text that Entra shows it as', () => {
  expect(toTargetValue([{ id: '1', displayName: 'D', value: null }])).toEqual([
    '{"id":"1","value":null,"displayName":"D"}',
  ]);
});

test('a source attribute passes through unchanged', () => {
  expect(resultOf('[n]', { n: 42 })).toBe('42');
  expect(resultOf('[n]', { n: 1.5 })).toBe('1.5');
  expect(resultOf('[b]', { b: false })).toBe(false);
});
