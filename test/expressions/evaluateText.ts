import type { Attributes } from '../../lib/expressions/attributes.js';
import {
  type CompiledExpression,
  compileExpression,
  type RefusedExpression,
} from '../../lib/expressions/compileExpression.js';
import type { Outcome } from '../../lib/expressions/evaluation.js';
import type { ExpressionLimits } from '../../lib/expressions/limits.js';
import { toTargetValue } from '../../lib/expressions/toTargetValue.js';
import { createSeededContext } from '../fakes/createSeededContext.js';

export const nowMs = Date.UTC(2021, 7, 25, 17, 41, 18);

/** Fails the test where the expression is refused. */
export function compile(text: string, limits: Partial<ExpressionLimits> = {}): CompiledExpression {
  const compiled = compileExpression(text, { limits });
  if (compiled.kind === 'refused') throw new Error(JSON.stringify(compiled.errors));
  return compiled;
}

/** Fails the test where the expression is accepted. */
export function refuse(text: string, limits: Partial<ExpressionLimits> = {}): RefusedExpression {
  const compiled = compileExpression(text, { limits });
  if (compiled.kind === 'compiled') throw new Error(`${text} was accepted`);
  return compiled;
}

export function outcomeOf(text: string, attributes: Attributes = {}, limits: Partial<ExpressionLimits> = {}): Outcome {
  return compile(text, limits).evaluate(attributes, createSeededContext(nowMs, 7));
}

/** The value as the target gets it; null for null. Fails the test for an error and for ignored. */
export function resultOf(text: string, attributes: Attributes = {}): unknown {
  const outcome = outcomeOf(text, attributes);
  if (outcome.kind === 'null') return null;
  if (outcome.kind === 'value') return toTargetValue(outcome.value);
  throw new Error(JSON.stringify(outcome));
}

/** The code of the error that the evaluation ends in, or what it ended in instead. */
export function errorOf(text: string, attributes: Attributes = {}): string {
  const outcome = outcomeOf(text, attributes);
  return outcome.kind === 'error' ? outcome.code : outcome.kind;
}
