import type { Attributes } from '../expressions/attributes.js';
import type { JsonValue } from './json.js';

/** What a mapping's source gives: a value, none, the wish to leave the attribute out altogether, or a reason. */
export type SourceOutcome =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'null' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

/** What an evaluation takes from its surroundings besides the object. */
export interface MappingSurroundings {
  /** A whole number from 0 to below `limit`, each equally likely. */
  readonly random: (limit: number) => number;
  readonly newGuid: () => string;
  /** The tenant's default domain name, for `DefaultDomain()`. */
  readonly defaultDomain?: string;
}

/** The surroundings of one evaluation. */
export interface SourceContext extends MappingSurroundings {
  readonly nowMs: number;
  readonly isTaken?: (candidate: string) => boolean;
}

/** A mapping's source, compiled. */
export interface CompiledSource {
  readonly attributes: readonly string[];
  /** The source is `SelectUniqueValue`: it asks whether the target holds a candidate. */
  readonly isUnique: boolean;
  evaluate(attributes: Attributes, context: SourceContext): SourceOutcome;
}
