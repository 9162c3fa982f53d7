import { isDeepStrictEqual } from 'node:util';
import { compileExpression } from '../../lib/expressions/compileExpression.js';
import type { Outcome } from '../../lib/expressions/evaluation.js';
import { toTargetValue } from '../../lib/expressions/toTargetValue.js';
import { createSeededContext } from '../fakes/createSeededContext.js';
import type { ExpressionCase } from './expressionCase.js';

/** What an expression came to, in the words of a conformance file. */
export type CaseResult =
  | { readonly kind: 'error'; readonly reason: string }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'value'; readonly value: unknown };

/** Compiles and evaluates a case's expression on its own clock and existing values. */
export function evaluateCase(testCase: ExpressionCase): CaseResult {
  const compiled = compileExpression(testCase.expression);
  if (compiled.kind === 'refused') {
    return { kind: 'error', reason: compiled.errors.map(({ code, message }) => `${code}: ${message}`).join('; ') };
  }
  const nowMs = Date.parse(testCase.now ?? '2024-06-01T00:00:00Z');
  const isTaken = (candidate: string) => (testCase.existingValues ?? []).includes(candidate);
  return toResult(compiled.evaluate(testCase.attributes, { ...createSeededContext(nowMs, 1), isTaken }));
}

/** Undefined where the result is the expected one, else what came instead. */
export function findMismatch(testCase: ExpressionCase): string | undefined {
  const result = evaluateCase(testCase);
  if (testCase.expectError)
    return result.kind === 'error' ? undefined : `expected an error, got ${describeResult(result)}`;
  if (testCase.expectIgnored)
    return result.kind === 'ignored' ? undefined : `expected ignored, got ${describeResult(result)}`;
  if (result.kind === 'value' && isExpected(result.value, testCase.expected)) return undefined;
  return `expected ${JSON.stringify(testCase.expected)}, got ${describeResult(result)}`;
}

/** An expected boolean may also come as its text. */
function isExpected(value: unknown, expected: unknown): boolean {
  if (typeof expected === 'boolean' && value === (expected ? 'True' : 'False')) return true;
  return isDeepStrictEqual(value, expected);
}

function toResult(outcome: Outcome): CaseResult {
  switch (outcome.kind) {
    case 'error':
      return { kind: 'error', reason: `${outcome.code}: ${outcome.message}` };
    case 'ignored':
      return { kind: 'ignored' };
    case 'null':
      return { kind: 'value', value: null };
    case 'value':
      return { kind: 'value', value: toTargetValue(outcome.value) };
  }
}

function describeResult(result: CaseResult): string {
  if (result.kind === 'value') return JSON.stringify(result.value);
  return result.kind === 'error' ? `an error (${result.reason})` : 'ignored';
}
