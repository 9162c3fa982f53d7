export type EvaluationErrorCode =
  | 'NotText'
  | 'NotInteger'
  | 'NotDate'
  | 'NotSingleValue'
  | 'OutOfRange'
  | 'UnknownInterval'
  | 'UnknownCulture'
  | 'UnknownWord'
  | 'InvalidFormat'
  | 'InvalidDateStyles'
  | 'InvalidRegex'
  | 'UnknownGroup'
  | 'RegexBudget'
  | 'TextTooLong'
  | 'InvalidBase64'
  | 'InvalidSid'
  | 'ImpossibleRandomString'
  | 'NoDefaultDomain'
  | 'NoUniqueValue'
  | 'NoUniqueLookup'
  | 'ErrorFunction';

/** The data of one object made an expression fail. The message never holds an attribute's value. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  constructor(
    readonly code: EvaluationErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Carries the ignored outcome from wherever it arises to the top of the expression. */
class FlowIgnored extends Error {
  override readonly name = 'FlowIgnored';
}

/** Thrown for many objects in a cycle, and nobody reads its stack: one for all of them. */
export const flowIgnored = new FlowIgnored('The attribute is left out of the operation');
