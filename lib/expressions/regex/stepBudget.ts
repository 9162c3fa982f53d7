import { EvaluationError } from '../evaluationError.js';

/** How many steps regular expressions have left. Counting steps, not time, makes the limit the same on every machine. */
export interface StepBudget {
  left: number;
}

export function budgetSpent(): EvaluationError {
  return new EvaluationError(
    'RegexBudget',
    'The regular expression takes too many steps on this text; avoid repeats inside repeats, such as (a+)+',
  );
}
