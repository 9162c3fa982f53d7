import { EvaluationError } from './evaluationError.js';

/** What an expression may cost. Hitting a limit is an error of that expression alone. */
export interface ExpressionLimits {
  /** Characters of the expression's text. Entra allows 10,000. */
  readonly maxLength: number;
  /** Calls inside calls. */
  readonly maxNesting: number;
  /** Characters of any text that an evaluation builds. */
  readonly maxTextLength: number;
  /**
   * Steps of the regular expressions' matcher in one evaluation, all of them together: the same input always ends the same way, however
   * busy the machine. A million take some 20 ms.
   */
  readonly maxRegexSteps: number;
}

export const defaultLimits: ExpressionLimits = {
  maxLength: 10_000,
  maxNesting: 200,
  maxTextLength: 100_000,
  maxRegexSteps: 1_000_000,
};

/** Throws `EvaluationError` where a text would be longer than the limit. */
export function checkTextLength(length: number, { maxTextLength }: Pick<ExpressionLimits, 'maxTextLength'>): void {
  if (length <= maxTextLength) return;
  throw new EvaluationError('TextTooLong', `A text would grow beyond ${maxTextLength} characters`);
}

/** The text itself. Throws `EvaluationError` where it is longer than the limit. */
export function limitText(text: string, limits: Pick<ExpressionLimits, 'maxTextLength'>): string {
  checkTextLength(text.length, limits);
  return text;
}
