import { errorOf, resultOf } from '../evaluateText.js';

describe('Left, Mid, StripSpaces and Trim', () => {
  test.each([
    ['Left("abc", 0)', ''],
    ['Left("abc", "2")', 'ab'],
    ['Left("abc", -5)', 'abc'],
    ['Left([none], 2)', ''],
    ['Left([many], 1)', ['a', 'c']],
    ['Left("😀x", 1)', '\ud83d'],
    ['Mid("abc", 1, 0)', ''],
    ['Mid("abc", 4, 1)', ''],
    ['Mid("abc", 2, 9223372036854775807)', 'bc'],
    ['Mid([none], 1, 1)', null],
    ['Mid([many], 2, 1)', ['b', 'd']],
    ['StripSpaces(" a\tb\u00a0c ")', 'a\tb\u00a0c'],
    ['StripSpaces([none])', null],
    ['Trim("\u00a0\u0085 a b \t\n")', 'a b'],
    ['Trim([padded])', ['x', 'y']],
    ['Trim([none])', null],
  ])('%s', (text, expected) => {
    expect(resultOf(text, { many: ['ab', 'cd'], padded: [' x', 'y '] })).toEqual(expected);
  });

  test('Mid does not begin before the first character or take less than nothing', () => {
    expect(errorOf('Mid([a], 0, 1)', { a: 'abc' })).toBe('OutOfRange');
    expect(errorOf('Mid([a], 1, -1)', { a: 'abc' })).toBe('OutOfRange');
    expect(errorOf('Mid([a], [none], 1)', { a: 'abc' })).toBe('NotInteger');
  });
});

describe('InStr', () => {
  test.each([
    ['InStr("repEated", "e", 3, vbTextCompare)', '4'],
    ['InStr("repEated", "e", 3)', '7'],
    ['InStr("repEated", "e", 3, vbBinaryCompare)', '7'],
    ['InStr("abc", "c", 3)', '3'],
    ['InStr("abc", "c", 4)', '0'],
    ['InStr("abc", "c", 99)', '0'],
    ['InStr("abc", "", 2)', '2'],
    ['InStr("abc", "x")', '0'],
    ['InStr("É", "é", 1, vbTextCompare)', '1'],
    ['InStr([none], "a")', '0'],
    ['InStr("a", [none])', '0'],
    ['InStr("a.c", "."  , , vbTextCompare)', '2'],
  ])('%s is %s', (text, expected) => {
    expect(resultOf(text)).toBe(expected);
  });

  test('a start below 1 is an error', () => {
    expect(errorOf('InStr("abc", "a", 0)')).toBe('OutOfRange');
  });
});

describe('Word', () => {
  test.each([
    ['Word("a b c", 2, " ")', 'b'],
    ['Word("a  b", 2, " ")', 'b'],
    ['Word(" a b", 1, " ")', 'a'],
    ['Word("a,b!c", 3, ",!")', 'c'],
    ['Word("abc", 1, " ")', 'abc'],
    ['Word("abc", 1, "")', 'abc'],
    ['Word("a b", 3, " ")', ''],
    ['Word("a b", -1, " ")', ''],
    ['Word([none], 1, " ")', ''],
  ])('%s is %j', (text, expected) => {
    expect(resultOf(text)).toBe(expected);
  });
});
