import { type ExpressionLimits, limitText } from '../limits.js';
import type { Regex, RegexMatch } from './compileRegex.js';
import type { StepBudget } from './stepBudget.js';

interface ReplaceLimits {
  readonly limits: Pick<ExpressionLimits, 'maxTextLength'>;
  readonly regexBudget: StepBudget;
}

/**
 * Puts something in place of every match; undefined leaves a match as it is. Throws `EvaluationError` with code `RegexBudget` or
 * `TextTooLong`.
 */
export function replaceMatches(
  regex: Regex,
  text: string,
  { limits, regexBudget }: ReplaceLimits,
  replace: (match: RegexMatch) => string | undefined,
): string {
  let replaced = '';
  let copied = 0;
  for (const match of regex.findMatches(text, regexBudget)) {
    const replacement = replace(match);
    if (replacement === undefined) continue;
    const [{ start, end }] = match;
    replaced = limitText(replaced + text.slice(copied, start) + replacement, limits);
    copied = end;
  }
  return replaced + text.slice(copied);
}
