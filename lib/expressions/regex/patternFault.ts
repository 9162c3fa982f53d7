import { EvaluationError } from '../evaluationError.js';

/** A pattern that .NET refuses, or that this engine does not support. `offset` counts UTF-16 units of the pattern from 0. */
export function patternFault(offset: number, reason: string): EvaluationError {
  return new EvaluationError('InvalidRegex', `The regular expression ${reason} (at its character ${offset + 1})`);
}
