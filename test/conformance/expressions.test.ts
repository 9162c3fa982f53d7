import { parseExpressionCases } from './expressionCase.js';
import json from './expressions.json';
import { findMismatch } from './runExpressionCase.js';

const cases = parseExpressionCases(json);

describe('conformance of the expression language', () => {
  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', (_id, testCase) => {
    expect(findMismatch(testCase)).toBeUndefined();
  });
});
