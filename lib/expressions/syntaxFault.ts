import type { ExpressionError, SyntaxErrorCode } from './expressionError.js';
import { locateOffset } from './position.js';

/** Carries a syntax error out of the tokenizer or parser; it does not leave `parseExpression`. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
  constructor(readonly error: ExpressionError) {
    super(error.message);
  }
}

export function syntaxFault(
  text: string,
  offset: number,
  code: SyntaxErrorCode,
  message: string,
  expected: readonly string[] = [],
): SyntaxFault {
  return new SyntaxFault({
    class: 'SyntaxError',
    code,
    message,
    position: locateOffset(text, offset),
    expected,
    nearest: null,
  });
}
