import fc from 'fast-check';
import { errorOf, resultOf } from '../evaluateText.js';

describe('Append and Prepend', () => {
  test.each([
    ['Append([none], "b")', null],
    ['Append("a", [none])', 'a'],
    ['Append([many], "!")', ['a!', 'b!']],
    ['Append(1, True)', '1True'],
    ['Append(1.5, "x")', '1.5x'],
    ['Prepend("a", "b")', 'ab'],
    ['Prepend("a", [none])', null],
    ['"a" & [none] & 1', 'a1'],
  ])('%s', (text, expected) => {
    expect(resultOf(text, { many: ['a', 'b'] })).toEqual(expected);
  });

  test('a collection is no suffix', () => {
    expect(errorOf('Append("a", [many])', { many: ['a', 'b'] })).toBe('NotText');
  });
});

describe('Join', () => {
  test.each([
    ['Join(", ", "", [none], "a", [many], "b")', 'a, x, y, b'],
    ['Join("", 1000, "a")', '1000a'],
    ['Join("-", "", [none])', ''],
    ['Join("-", " ", "a")', ' -a'],
    ['Join("-", [flag], Now())', 'True-8/25/2021 5:41:18 PM'],
  ])('%s', (text, expected) => {
    expect(resultOf(text, { many: ['x', '', 'y'], flag: true })).toBe(expected);
  });
});

describe('Split', () => {
  test.each([
    ['Split("a, b ,c", ",")', ['a', 'b', 'c']],
    ['Split("a,,b,", ",")', ['a', 'b']],
    ['Split("a.b*c", "b*")', ['a.', 'c']],
    ['Split("abc", ";")', ['abc']],
    ['Split("a,b", )', ['a', 'b']],
    ['Split("a,b")', ['a', 'b']],
    ['Split("", ",")', []],
    ['Split([none], ",")', null],
  ])('%s', (text, expected) => {
    expect(resultOf(text)).toEqual(expected);
  });

  test('undoes Join for values without the separator, white space around them or gaps', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'B', 'é', '-', '1', '(', '.'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(',', ';', '|', ' / '),
        (many, separator) => {
          expect(resultOf(`Split(Join("${separator}", [many]), "${separator}")`, { many })).toEqual(many);
        },
      ),
      { seed: 3 },
    );
  });
});
