import type { Attributes } from './attributes.js';
import type { EvaluationErrorCode } from './evaluationError.js';
import type { ExpressionLimits } from './limits.js';
import type { StepBudget } from './regex/stepBudget.js';
import type { SyntaxNode } from './syntaxTree.js';
import type { Value } from './values.js';

/** What an evaluation takes from its surroundings. */
export interface EvaluationContext {
  /** `Now()`, in milliseconds since 1970: one instant for all mappings of an object. */
  readonly nowMs: number;
  /** A whole number from 0 to below `limit`, each equally likely. */
  readonly random: (limit: number) => number;
  /** 8-4-4-4-12 lower-case hexadecimal digits. */
  readonly newGuid: () => string;
  /** The tenant's default domain name, for `DefaultDomain()`. */
  readonly defaultDomain?: string;
  /** Whether the target already holds a candidate of `SelectUniqueValue`; only for evaluations that do not await one. */
  readonly isTaken?: (candidate: string) => boolean;
}

/**
 * What an expression gives. `null`: no value, a default may apply. `ignored`: the attribute is left out altogether, default included.
 * An error's message names no attribute value; its code `NoUniqueValue` means that the object is to be held back.
 */
export type Outcome =
  | { readonly kind: 'value'; readonly value: Exclude<Value, null> }
  | { readonly kind: 'null' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'error'; readonly code: EvaluationErrorCode; readonly message: string };

/** One evaluation's inputs, handed down to every closure. As a budget it holds what is left of `maxRegexSteps`. */
export interface Scope extends StepBudget {
  readonly attributes: Attributes;
  readonly context: EvaluationContext;
  readonly limits: ExpressionLimits;
}

/** A compiled part of an expression. Throws `EvaluationError` and `flowIgnored`. */
export type Evaluate = (scope: Scope) => Value;

/** A compiled argument. `constant` holds its value where it is known before any object is, else it is undefined. */
export interface Argument {
  readonly evaluate: Evaluate;
  readonly constant: Value | undefined;
  readonly node: SyntaxNode;
}
