import { errorOf, resultOf } from '../evaluateText.js';

describe('comparison', () => {
  test.each([
    ['"a" = "a"', true],
    ['"a" = "A"', false],
    ['"a" = "a "', false],
    ['"e\u0301" = "é"', false],
    ['"a" <> "b"', true],
    ['"a" < "b"', true],
    ['"B" < "a"', true],
    ['"10" < "9"', true],
    ['10 > 9', true],
    ['10 >= 10', true],
    ['9 <= 8', false],
    ['[n] > 9', true],
    ['"10" > 9', true],
    ['9 < "10"', true],
    ['[flag] = "True"', true],
    ['[flag] = "true"', false],
    ['9223372036854775807 > 9223372036854775806', true],
    ['CDate("2021-01-02") > CDate("2020-12-31")', true],
    ['CDate("2021-01-02") = "1/2/2021 12:00:00 AM"', true],
    ['[one] = "x"', true],
  ])('%s is %s', (text, expected) => {
    expect(resultOf(text, { n: 10, flag: true, one: ['x'] })).toBe(expected);
  });

  test('a null on either side satisfies no operator', () => {
    for (const operator of ['=', '<>', '<', '<=', '>', '>=']) {
      expect(resultOf(`[none] ${operator} "a"`)).toBe(false);
      expect(resultOf(`"a" ${operator} [none]`)).toBe(false);
      expect(resultOf(`[none] ${operator} [none]`)).toBe(false);
    }
  });

  test('a number compares with nothing but numbers, a collection of several with nothing', () => {
    expect(errorOf('"ten" > 9')).toBe('NotInteger');
    expect(errorOf('[many] = "a"', { many: ['a', 'b'] })).toBe('NotSingleValue');
  });
});

describe('IIF', () => {
  test.each([
    ['True', 'yes'],
    ['False', 'no'],
    ['1', 'yes'],
    ['0', 'no'],
    ['"True"', 'yes'],
    ['"False"', 'no'],
    ['"abc"', 'no'],
    ['[none]', 'no'],
    ['IsPresent([a])', 'yes'],
    ['[none] = ""', 'no'],
    ['[none] <> "x"', 'no'],
  ])('IIF(%s, …) takes %s', (condition, expected) => {
    expect(resultOf(`IIF(${condition}, "yes", "no")`, { a: 'x' })).toBe(expected);
  });

  test('gives the branch unchanged, whatever it is', () => {
    expect(resultOf('IIF(1 = 1, [list], "no")', { list: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(resultOf('IIF(1 = 2, "yes", [none])')).toBeNull();
  });
});

test.each([
  ['Not("True")', false],
  ['Not("true")', false],
  ['Not(True)', false],
  ['Not("False")', true],
  ['Not([none])', true],
  ['Not("anything")', true],
  ['CBool("True")', true],
  ['CBool("true")', false],
  ['CBool("0")', false],
  ['CBool("-2")', true],
  ['CBool("0.0")', false],
  ['CBool("0.5")', true],
  ['CBool("yes")', false],
  ['CBool([none])', false],
  ['CBool([a] = [b])', true],
])('%s is %s', (text, expected) => {
  expect(resultOf(text, { a: 'x', b: 'x' })).toBe(expected);
});
