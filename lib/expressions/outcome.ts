import type { Evaluate, Outcome, Scope } from './evaluation.js';
import { EvaluationError, flowIgnored } from './evaluationError.js';

const nullOutcome: Outcome = { kind: 'null' };
const ignoredOutcome: Outcome = { kind: 'ignored' };

/** Evaluates, and turns what was thrown because of data into an outcome. */
export function toOutcome(evaluate: Evaluate, scope: Scope): Outcome {
  try {
    const value = evaluate(scope);
    return value === null ? nullOutcome : { kind: 'value', value };
  } catch (error) {
    if (error === flowIgnored) return ignoredOutcome;
    if (error instanceof EvaluationError) return { kind: 'error', code: error.code, message: error.message };
    throw error;
  }
}
