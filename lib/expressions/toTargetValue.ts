import { fromItem, toText } from './convert.js';
import { isCollection, type RoleValue, type Value } from './values.js';

/** JSON as a target attribute holds it. */
export type TargetValue = string | boolean | null | readonly TargetValue[] | { readonly [member: string]: TargetValue };

/** A result as JSON: booleans stay booleans, numbers become their decimal text, dates their canonical text, roles objects. */
export function toTargetValue(value: Value): TargetValue {
  if (typeof value === 'boolean') return value;
  if (isCollection(value)) return value.map((item) => toSingleValue(fromItem(item)));
  return isRole(value) ? value.members : toText(value);
}

function toSingleValue(item: string | RoleValue): TargetValue {
  return typeof item === 'string' ? item : item.members;
}

function isRole(value: Exclude<Value, readonly unknown[]>): value is RoleValue {
  return typeof value === 'object' && value !== null && value.kind === 'role';
}
