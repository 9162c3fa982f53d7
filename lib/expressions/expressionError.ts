import type { Position } from './position.js';

/** `SyntaxError`: the grammar is violated. `ValidationError`: well formed, but it can never mean anything. */
export type ExpressionErrorClass = 'SyntaxError' | 'ValidationError';

export type SyntaxErrorCode =
  | 'TooLong'
  | 'TooDeep'
  | 'UnclosedString'
  | 'UnclosedBracket'
  | 'EmptyAttributeName'
  | 'InvalidCharacter'
  | 'InvalidNumber'
  | 'UnexpectedEnd'
  | 'UnexpectedToken'
  | 'TrailingText'
  | 'GroupingUnsupported'
  | 'ChainedComparison';

export type ValidationErrorCode =
  | 'UnknownFunction'
  | 'UnsupportedFunction'
  | 'UnknownWord'
  | 'MissingArgument'
  | 'SurplusArgument'
  | 'IncompletePair'
  | 'ArgumentCombination'
  | 'NestedSelectUniqueValue'
  | 'InvalidArgument';

/** Why an expression was refused: where, what was expected there, and the nearest valid name if a name was wrong. */
export interface ExpressionError {
  readonly class: ExpressionErrorClass;
  readonly code: SyntaxErrorCode | ValidationErrorCode;
  readonly message: string;
  readonly position: Position;
  readonly expected: readonly string[];
  readonly nearest: string | null;
}

export type WarningCode =
  | 'UnknownEscape'
  | 'UnsupportedCondition'
  | 'UnsupportedSwitchSource'
  | 'ReferenceInSwitch'
  | 'InvalidConstant'
  | 'OlderForm'
  | 'NotOnFunctionsPage';

/** Accepted, but probably not what the author meant, or not what Entra would do. */
export interface ExpressionWarning {
  readonly code: WarningCode;
  readonly message: string;
  readonly position: Position;
}
