import type { CompiledMapping } from '../mapping/compiled.js';
import { type JsonValue, redactedValue } from './model.js';

/** What of an object's values the provisioning log shows. */
export interface Redaction {
  /** A value at a target path, as text. */
  showTarget(path: string, value: JsonValue): string;
  /** A source attribute's value, as text. */
  showSource(attribute: string, value: unknown): string;
  /** Words about what the scoping filters saw. */
  showFilter(words: string): string;
}

type Mapping = Pick<CompiledMapping, 'readBy' | 'redacted' | 'filterAttributes'>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * Hides what `names` has, source attributes or target paths in any case: the attribute itself, what mappings make of it
 * and what filters say of it; and what mappings with `Redact` read and give.
 */
export const createRedaction = (names: ReadonlySet<string>, mapping: Mapping): Redaction => {
  const named = new Set([...names].map((name) => name.toLowerCase()));
  const isNamed = (name: string): boolean =>
    named.has(name.toLowerCase()) ||
    (name === 'originalUserPrincipalName' && named.has('userprincipalname')) ||
    (name === 'userPrincipalName' && named.has('originaluserprincipalname'));
  const readByRedact = new Set(mapping.redacted.flatMap((path) => mapping.readBy[path] ?? []));
  const hidesSource = (attribute: string): boolean => isNamed(attribute) || readByRedact.has(attribute);
  const hidesTarget = (path: string): boolean =>
    isNamed(path) || mapping.redacted.includes(path) || (mapping.readBy[path] ?? []).some(isNamed);
  return {
    showTarget: (path, value) => (hidesTarget(path) ? redactedValue : textOf(value)),
    showSource: (attribute, value) => (hidesSource(attribute) ? redactedValue : textOf(value)),
    showFilter: (words) => (mapping.filterAttributes.some(hidesSource) ? redactedValue : words),
  };
};
