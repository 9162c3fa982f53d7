import type { Attributes } from '../expressions/attributes.js';
import type { EvaluationContext } from '../expressions/evaluation.js';
import type { JsonValue } from './json.js';

/** What a mapping's source gives: a value, none, the wish to leave the attribute out altogether, or a reason. */
export type SourceOutcome =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'null' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

/** A mapping's source, compiled. */
export interface CompiledSource {
  readonly attributes: readonly string[];
  /** The source is `SelectUniqueValue`: it asks whether the target holds a candidate. */
  readonly isUnique: boolean;
  /** The source calls `Redact`: logs must not show its value. */
  readonly isRedacted: boolean;
  /** On update its values are added to those of the target and take none away. */
  readonly addsOnly: boolean;
  evaluate(attributes: Attributes, context: EvaluationContext): SourceOutcome;
}
