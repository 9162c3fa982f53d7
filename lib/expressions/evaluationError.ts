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

/** Thrown to carry the ignored outcome from wherever it arises to the top of the expression. */
export class FlowIgnored extends Error {
  override readonly name = 'FlowIgnored';
}
