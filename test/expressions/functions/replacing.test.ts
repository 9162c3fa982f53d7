import { errorOf, resultOf } from '../evaluateText.js';

describe('text by text', () => {
  test.each([
    ['Replace([a], "b", , , "$&", , )', 'a$&c'],
    ['Replace([a], "B", , , "x", , )', 'abc'],
    ['Replace([a], "", , , "x", , )', 'abc'],
    ['Replace([a], "b", , , [none], , )', 'ac'],
    ['Replace([a], "b", , , "x")', 'axc'],
    ['Replace([none], "b", , , "x", , )', null],
    ['Replace([many], "a", , , "x", , )', ['x', 'b']],
    ['Replace([a], "<x>", , , , , "<x>-<x>")', 'abc-abc'],
    ['Replace([a], "<y>", , , , , "<x>")', '<x>'],
    ['Replace([none], "<x>", , , , , "<x>")', null],
  ])('%s', (text, expected) => {
    expect(resultOf(text, { a: 'abc', many: ['a', 'b'] })).toEqual(expected);
  });
});

describe('by regular expression', () => {
  test.each([
    ['Replace("abc", , "[ac]", , "", , )', 'b'],
    ['Replace("abc", , "x", , "y", , )', 'abc'],
    ['Replace("abc", , [none], , "y", , )', null],
    ['Replace([none], , "a", , "y", , )', null],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: these are .NET's substitutions
    ['Replace("a1", , "(?<letter>[a-z])(?<digit>\\\\d)", , "${digit}${letter}${x}", , )', '1a${x}'],
    ['Replace("a1b2", , "[a-z](?<d>\\\\d)", "d", "$0", , )', 'a$0b$0'],
    ['Replace("a1b", , "[a-z](?<d>\\\\d)?", "d", "#", , )', 'a#b'],
    ['Replace("a123", , "[a-z](?<d>\\\\d)+", "d", "#", , )', 'a12#'],
    ['Replace("a1", , "([a-z])(\\\\d)", "2", "#", , )', 'a#'],
    ['Replace("abc", , [pattern], , "#", , )', 'a#c'],
  ])('%s', (text, expected) => {
    expect(resultOf(text, { pattern: 'b' })).toBe(expected);
  });

  test('a pattern or group name from an attribute fails at evaluation', () => {
    expect(errorOf('Replace("a", , [p], , "", , )', { p: '(' })).toBe('InvalidRegex');
    expect(errorOf('Replace("a", , "(?<x>a)", [g], "", , )', { g: 'y' })).toBe('UnknownGroup');
  });
});

describe('a group of another attribute where the source is empty', () => {
  const text = 'Replace([a], , "(?<first>\\\\w+)@", "first", , [mail], )';
  test.each([
    [{ a: 'x', mail: 'joe@c.d' }, 'x'],
    [{ a: '', mail: 'joe@c.d' }, 'joe'],
    [{ mail: 'joe@c.d' }, 'joe'],
    [{ mail: 'no match' }, null],
    [{}, null],
  ])('%j', (attributes, expected) => {
    expect(resultOf(text, attributes)).toBe(expected);
  });
});
