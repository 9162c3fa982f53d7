import { type ExpressionLimits, limitText } from '../limits.js';
import type { Regex, RegexMatch } from './compileRegex.js';
import type { StepBudget } from './stepBudget.js';

interface ReplaceLimits extends StepBudget {
  readonly limits: Pick<ExpressionLimits, 'maxTextLength'>;
}

/**
 * Puts something in place of every match; undefined leaves a match as it is. Throws `EvaluationError` with code `RegexBudget` or
 * `TextTooLong`.
 */
export function replaceMatches(
  regex: Regex,
  text: string,
  budget: ReplaceLimits,
  replace: (match: RegexMatch) => string | undefined,
): string {
  let match = regex.findMatch(text, 0, budget);
  if (match === undefined) return text;
  let replaced = '';
  let copied = 0;
  for (; match !== undefined; match = regex.findNextMatch(text, match, budget)) {
    const replacement = replace(match);
    if (replacement === undefined) continue;
    const [{ start, end }] = match;
    replaced = limitText(replaced + text.slice(copied, start) + replacement, budget.limits);
    copied = end;
  }
  return replaced + text.slice(copied);
}
