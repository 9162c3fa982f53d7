import { parseExpressionCases } from './expressionCase.js';
import published from './expressions.json';
import further from './furtherExpressions.json';
import { findMismatch } from './runExpressionCase.js';

const cases = [published, further].flatMap(parseExpressionCases);

describe('conformance of the expression language', () => {
  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', (_id, testCase) => {
    expect(findMismatch(testCase)).toBeUndefined();
  });

  test('every case has an id of its own', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });
});
