import fc from 'fast-check';
import { findJsonFault } from '../../lib/schema/findJsonFault.js';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the place where a text stops being JSON', () => {
  test.each([
    ['', 0, 'a value'],
    ['{"a": [}', 7, 'a value or ]'],
    ['{"a": [1,]}', 9, 'a value'],
    ['{a: 1}', 1, 'a member’s name in double quotes or }'],
    ['{"a": 1,}', 8, 'a member’s name in double quotes'],
    ['{"a" 1}', 5, ':'],
    ['[1 2]', 3, ', or the end of the list or object'],
    ['[1}', 2, ', or the end of the list or object'],
    ['{} {}', 3, 'the end of the document'],
    ['"a\nb"', 0, 'a value'],
    ['[01]', 1, 'a value or ]'],
    ['[', 1, 'a value or ]'],
    ['["\\x"]', 1, 'a value or ]'],
  ])('%s', (text, position, expected) => {
    expect(findJsonFault(text)).toEqual({ position, expected });
  });

  test('is there exactly where JSON.parse refuses', () => {
    const damaged = fc
      .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', '"', ',', '}', '[', '\\', ' ', '1'))
      .map(([json, at, mark]) => {
        const index = at % (json.length + 1);
        return `${json.slice(0, index)}${mark}${json.slice(index + Number(mark === ''))}`;
      });
    fc.assert(
      fc.property(fc.oneof(fc.json({ stringUnit: 'binary' }), damaged, fc.string({ unit: 'binary' })), (text) => {
        expect(findJsonFault(text) === null).toBe(isJson(text));
      }),
      { numRuns: 150 },
    );
  });

  test('a document that nests without end is refused, not followed', () => {
    expect(findJsonFault('['.repeat(500_000))).toEqual({ position: 100, expected: 'at most 100 levels of nesting' });
    expect(findJsonFault(`${'['.repeat(100)}${']'.repeat(100)}`)).toBeNull();
  });

  test('a megabyte of text is no trouble', () => {
    expect(findJsonFault(JSON.stringify(['\\"x'.repeat(250_000)]))).toBeNull();
  });
});
