import type { AttributeFlowType } from '../schema/synchronizationSchema.js';
import type { JsonValue } from './json.js';
import { isEmptyValue, isSameElement } from './sameValue.js';
import type { TargetAttribute } from './targetAttribute.js';

/** Whether a value of this flow type can only be decided by what the target holds. */
export const dependsOnCurrent = (flowType: AttributeFlowType, multivalued: boolean): boolean => {
  switch (flowType) {
    case 'AttributeAddOnly':
      return true;
    case 'ValueAddOnly':
    case 'MultiValueAddOnly':
      return multivalued;
    case 'Always':
    case 'ObjectAddOnly':
      return false;
  }
};

const toList = (value: JsonValue): readonly JsonValue[] => (Array.isArray(value) ? value : [value]);

const joinValues = (
  held: readonly JsonValue[],
  wanted: readonly JsonValue[],
  { caseExact }: TargetAttribute,
): readonly JsonValue[] => [
  ...held,
  ...wanted.filter((value) => !held.some((one) => isSameElement(one, value, caseExact))),
];

/**
 * What flows on update of a value that is not null; undefined where nothing does. `current` undefined means that the
 * target's value is not known: then what depends on it stays, since it could only take something away.
 */
export const flowOnUpdate = (
  value: JsonValue,
  flowType: AttributeFlowType,
  attribute: TargetAttribute,
  current: JsonValue | undefined,
): JsonValue | undefined => {
  switch (flowType) {
    case 'Always':
      return value;
    case 'ObjectAddOnly':
      return undefined;
    case 'AttributeAddOnly':
      return current !== undefined && isEmptyValue(current) ? value : undefined;
    case 'ValueAddOnly':
    case 'MultiValueAddOnly':
      if (!attribute.multivalued) return value;
      if (current === undefined) return undefined;
      return isEmptyValue(current) ? value : joinValues(toList(current), toList(value), attribute);
  }
};
