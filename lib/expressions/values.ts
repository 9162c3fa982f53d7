import type { AppRole } from './attributes.js';

/** An instant: 100-nanosecond ticks since 0001-01-01 00:00 UTC, as .NET counts them. */
export interface DateTime {
  readonly kind: 'dateTime';
  readonly ticks: bigint;
}

/** One element of a multi-valued `roles` attribute, with the members that the function that made it prescribes. */
export interface RoleValue {
  readonly kind: 'role';
  readonly members: Readonly<Record<string, string | boolean | null>>;
}

export type CollectionItem = string | AppRole | RoleValue;
export type Collection = readonly CollectionItem[];

/** What an expression works with. Integers have 64 bits, so they are bigint; null is the absence of a value, unlike `''`. */
export type Value = string | bigint | boolean | DateTime | RoleValue | Collection | null;

export function isCollection(value: Value): value is Collection {
  return Array.isArray(value);
}

/** Null, the empty text, or a collection without elements. */
export function isNullOrEmpty(value: Value): boolean {
  return value === null || value === '' || (isCollection(value) && value.length === 0);
}
