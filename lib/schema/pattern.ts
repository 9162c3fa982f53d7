import { EvaluationError } from '../expressions/evaluationError.js';
import { defaultLimits } from '../expressions/limits.js';
import { compileRegex, type Regex } from '../expressions/regex/compileRegex.js';

/**
 * Whether a text has a match of the pattern anywhere, as .NET's `Regex.IsMatch`. Throws `EvaluationError` with code
 * `RegexBudget` where finding out takes too many steps.
 */
export type IsMatch = (text: string) => boolean;

export type PatternResult =
  | { readonly kind: 'pattern'; readonly isMatch: IsMatch }
  | { readonly kind: 'invalid'; readonly message: string };

const hasMatch = (regex: Regex, text: string): boolean => {
  const matches = regex.findMatches(text, { left: defaultLimits.maxRegexSteps });
  return matches[Symbol.iterator]().next().done === false;
};

/** Compiles the pattern of a REGEX MATCH filter: .NET's syntax. */
export const compilePattern = (pattern: string): PatternResult => {
  try {
    const regex = compileRegex(pattern);
    return { kind: 'pattern', isMatch: (text) => hasMatch(regex, text) };
  } catch (error) {
    if (error instanceof EvaluationError) return { kind: 'invalid', message: error.message };
    throw error;
  }
};
