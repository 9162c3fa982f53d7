import type { AppRole, AttributeValue } from './attributes.js';
import { formatCanonical } from './dates/canonical.js';
import { EvaluationError } from './evaluationError.js';
import { type Collection, type CollectionItem, isCollection, type RoleValue, type Value } from './values.js';

/** Leading zeros aside, at most as many digits as 64 bits need. */
const decimalDigits = /^-?0*[0-9]{1,19}$/;

/** A source attribute as a value: whole numbers of 64 bits become integers, other numbers their text. */
export function fromAttribute(attribute: AttributeValue | undefined): Value {
  if (typeof attribute !== 'number') return attribute ?? null;
  if (!Number.isInteger(attribute)) return String(attribute);
  const integer = BigInt(attribute);
  return BigInt.asIntN(64, integer) === integer ? integer : integer.toString();
}

/** Text form, or null for null. Throws `EvaluationError` for a collection and a role, which have none. */
export function toText(value: Value): string | null {
  if (typeof value === 'string' || value === null) return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isCollection(value)) {
    throw new EvaluationError('NotText', 'A multi-valued attribute stands where one text must; use Join or Item');
  }
  if (value.kind === 'dateTime') return formatCanonical(value);
  throw new EvaluationError('NotText', 'A role stands where a text must; use SingleAppRoleAssignment');
}

/** An element of a collection as text. A role of the source is the JSON text that Entra shows it as. */
export function itemToText(item: CollectionItem): string {
  const value = fromItem(item);
  return typeof value === 'string' ? value : JSON.stringify(value.members);
}

/** An element of a collection as a value of its own. */
export function fromItem(item: CollectionItem): string | RoleValue {
  return typeof item === 'string' || 'kind' in item ? item : roleToJson(item);
}

/** Throws `EvaluationError` unless the value is an integer, a boolean, or text of decimal digits within 64 bits. */
export function toInteger(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string' && decimalDigits.test(value)) {
    const integer = BigInt(value);
    if (BigInt.asIntN(64, integer) === integer) return integer;
  }
  throw new EvaluationError('NotInteger', 'A whole number of at most 64 bits is needed');
}

/** A number is true unless 0, the text `True` is true; every other text, null and everything else is false. */
export function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value !== 0n;
  return value === 'True';
}

/** A single value counts as a collection of one. */
export function toCollection(value: Exclude<Value, null>): Collection {
  if (isCollection(value)) return value;
  if (typeof value === 'object' && value.kind === 'role') return [value];
  return [toText(value) ?? ''];
}

/** The only element of a collection of one; other values as they are. Throws `EvaluationError` for more or fewer. */
export function toSingle(value: Value): Exclude<Value, Collection> {
  if (!isCollection(value)) return value;
  const [item, ...others] = value;
  if (item === undefined || others.length > 0) {
    throw new EvaluationError('NotSingleValue', 'A multi-valued attribute stands where exactly one value must');
  }
  return fromItem(item);
}

function roleToJson(role: AppRole): string {
  return JSON.stringify({ id: role.id, value: role.value, displayName: role.displayName });
}
