import { errorOf, outcomeOf, resultOf } from '../evaluateText.js';

describe('Switch', () => {
  test.each([
    ['Switch([none], "d", "", "empty")', 'empty'],
    ['Switch([empty], "d", "", "empty")', 'empty'],
    ['Switch([none], "d", "x", "y")', 'd'],
    ['Switch([none], , "x", "y")', null],
    ['Switch("x", , "x", "first", "x", "second")', 'first'],
    ['Switch([flag], "d", "True", "on")', 'on'],
    ['Switch([flag], "d", "true", "on")', 'd'],
    ['Switch([number], "d", "12", "twelve")', 'twelve'],
    ['Switch([number], "d", 12, "twelve")', 'twelve'],
    ['Switch("12", "d", 12, "twelve")', 'twelve'],
    ['Switch([one], "d", "a", "hit")', 'hit'],
    ['Switch([a], "d", [b], "same")', 'same'],
    ['Switch([a], "d", "x", [none])', null],
    ['Switch([a], [a], "", "Other")', 'x'],
  ])('%s gives %s', (text, expected) => {
    expect(resultOf(text, { empty: '', flag: true, number: 12, one: ['a'], a: 'x', b: 'x' })).toBe(expected);
  });

  test('a collection of several values is no source', () => {
    expect(errorOf('Switch([many], "d", "a", "b")', { many: ['a', 'b'] })).toBe('NotSingleValue');
  });
});

describe('Coalesce', () => {
  test.each([
    ['Coalesce([none], "b")', 'b'],
    ['Coalesce([empty], "b")', ''],
    ['Coalesce([none], [missing])', null],
    ['Coalesce([flag])', false],
  ])('%s gives %s', (text, expected) => {
    expect(resultOf(text, { empty: '', flag: false })).toBe(expected);
  });
});

describe('IgnoreFlowIfNullOrEmpty', () => {
  test.each(['[none]', '[empty]', 'Switch([a], "", "b", "c")', '[nothing]'])('ignores %s', (source) => {
    const attributes = { empty: '', a: 'x', nothing: [] };
    expect(outcomeOf(`IgnoreFlowIfNullOrEmpty(${source})`, attributes)).toEqual({ kind: 'ignored' });
  });

  test('gives any other value unchanged', () => {
    expect(resultOf('IgnoreFlowIfNullOrEmpty([flag])', { flag: false })).toBe(false);
    expect(resultOf('IgnoreFlowIfNullOrEmpty(" ")')).toBe(' ');
  });
});
