import type { JsonObject, JsonValue } from './json.js';
import { findMember, isJsonObject } from './scimPath.js';

/** Whether there is nothing: no value, an empty text or an empty list. */
export const isEmptyValue = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const readMember = (object: JsonObject, name: string): JsonValue => {
  const member = findMember(object, name);
  return member === undefined ? null : (object[member] ?? null);
};

/** A target may add members of its own (`$ref`, `display`); what counts is that those we wrote are there. */
const holdsMembers = (held: JsonObject, wanted: JsonObject, caseExact: boolean): boolean =>
  Object.entries(wanted).every(([name, value]) => isSameValue(readMember(held, name), value, caseExact));

/** Lists are sets to SCIM (RFC 7643 2.4): order makes no difference. */
const isSameList = (held: readonly JsonValue[], wanted: readonly JsonValue[], caseExact: boolean): boolean => {
  if (held.length !== wanted.length) return false;
  const left = [...held];
  return wanted.every((value) => {
    const index = left.findIndex((one) => isSameValue(one, value, caseExact));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
};

/** Whether what the target holds is what is wanted, by the attribute's own rule for case. */
export const isSameValue = (held: JsonValue, wanted: JsonValue, caseExact: boolean): boolean => {
  if (isEmptyValue(held) || isEmptyValue(wanted)) return isEmptyValue(held) && isEmptyValue(wanted);
  if (typeof held === 'string' && typeof wanted === 'string') {
    return held === wanted || (!caseExact && held.toLowerCase() === wanted.toLowerCase());
  }
  if (isList(held) && isList(wanted)) return isSameList(held, wanted, caseExact);
  if (isJsonObject(held) && isJsonObject(wanted)) return holdsMembers(held, wanted, caseExact);
  return held === wanted;
};

/**
 * Whether two elements of a list are the same one: they have the same `value`, and no different `type` (RFC 7643 2.4).
 * Other members are details, which a target may drop or add.
 */
export const isSameElement = (held: JsonValue, wanted: JsonValue, caseExact: boolean): boolean => {
  if (!isJsonObject(held) || !isJsonObject(wanted)) return isSameValue(held, wanted, caseExact);
  const [heldValue, wantedValue] = [readMember(held, 'value'), readMember(wanted, 'value')];
  if (isEmptyValue(heldValue) || isEmptyValue(wantedValue)) return isSameValue(held, wanted, caseExact);
  const [heldType, wantedType] = [readMember(held, 'type'), readMember(wanted, 'type')];
  const isOfOneType = isEmptyValue(heldType) || isEmptyValue(wantedType) || isSameValue(heldType, wantedType, false);
  return isOfOneType && isSameValue(heldValue, wantedValue, caseExact);
};
