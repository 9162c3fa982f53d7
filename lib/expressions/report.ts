import type { ExpressionError, ExpressionWarning, ValidationErrorCode, WarningCode } from './expressionError.js';
import { locateOffset, type Span } from './position.js';

/** Collects what validation finds: all of it, not the first fault alone. */
export interface Report {
  readonly errors: readonly ExpressionError[];
  readonly warnings: readonly ExpressionWarning[];
  refuse(at: Span, code: ValidationErrorCode, message: string, hint?: RefusalHint): void;
  warn(at: Span, code: WarningCode, message: string): void;
}

export interface RefusalHint {
  readonly expected?: readonly string[];
  readonly nearest?: string | null;
}

export function createReport(text: string, warningsSoFar: readonly ExpressionWarning[]): Report {
  const errors: ExpressionError[] = [];
  const warnings = [...warningsSoFar];
  return {
    errors,
    warnings,
    refuse: (at, code, message, { expected = [], nearest = null } = {}) => {
      errors.push({
        class: 'ValidationError',
        code,
        message,
        position: locateOffset(text, at.start),
        expected,
        nearest,
      });
    },
    warn: (at, code, message) => {
      warnings.push({ code, message, position: locateOffset(text, at.start) });
    },
  };
}
