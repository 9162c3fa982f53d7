import type { Attributes } from './attributes.js';
import { type CompileOptions, compileExpression } from './compileExpression.js';
import { fromItem, toText } from './convert.js';
import type { EvaluationContext, Outcome } from './evaluation.js';
import type { ExpressionError } from './expressionError.js';
import { defaultLimits } from './limits.js';
import { parseExpression } from './parseExpression.js';
import { type GraphSource, toGraphSource } from './toGraphSource.js';
import { isCollection, type Value } from './values.js';

/** What Graph's `parseExpression` answers. */
export interface ExpressionTrial {
  readonly parsingSucceeded: boolean;
  readonly evaluationSucceeded: boolean;
  /** The result's values as text: one for a single value, none for null and ignored. */
  readonly evaluationResult: readonly string[];
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly parsedExpression: GraphSource | null;
}

/** Parses an expression and evaluates it for one test object; without an object it is parsed alone. */
export function tryExpression(
  text: string,
  attributes: Attributes | null,
  context: EvaluationContext,
  options: CompileOptions = {},
): ExpressionTrial {
  const failed = { evaluationSucceeded: false, evaluationResult: [] };
  const compiled = compileExpression(text, options);
  if (compiled.kind === 'refused') {
    const parsed = parseExpression(text, { ...defaultLimits, ...options.limits });
    const parsedExpression = parsed.kind === 'parsed' ? toGraphSource(parsed.tree, text) : null;
    return { parsingSucceeded: false, ...failed, error: describeError(compiled.errors[0]), parsedExpression };
  }
  const parsedExpression = toGraphSource(compiled.tree, text);
  if (attributes === null) return { parsingSucceeded: true, ...failed, error: null, parsedExpression };
  const outcome = compiled.evaluate(attributes, { isTaken: () => false, ...context });
  return { parsingSucceeded: true, ...describeOutcome(outcome), parsedExpression };
}

function describeOutcome(
  outcome: Outcome,
): Pick<ExpressionTrial, 'evaluationSucceeded' | 'evaluationResult' | 'error'> {
  switch (outcome.kind) {
    case 'value':
      return { evaluationSucceeded: true, evaluationResult: toTexts(outcome.value), error: null };
    case 'null':
    case 'ignored':
      return { evaluationSucceeded: true, evaluationResult: [], error: null };
    case 'error':
      return {
        evaluationSucceeded: false,
        evaluationResult: [],
        error: { code: outcome.code, message: outcome.message },
      };
  }
}

function toTexts(value: Value): string[] {
  if (isCollection(value)) return value.flatMap((item) => toTexts(fromItem(item)));
  if (typeof value === 'object' && value !== null && value.kind === 'role') return [JSON.stringify(value.members)];
  return [toText(value) ?? ''];
}

function describeError(error: ExpressionError | undefined): ExpressionTrial['error'] {
  if (error === undefined) return null;
  const { line, column } = error.position;
  return { code: error.code, message: `${error.message} (line ${line}, column ${column})` };
}
