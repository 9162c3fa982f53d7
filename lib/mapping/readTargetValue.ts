import type { JsonObject, JsonValue } from './json.js';
import { readScimPath, readScimValues } from './scimPath.js';
import type { TargetAttribute } from './targetAttribute.js';
import { convertToTarget } from './targetValue.js';

/** A target answers `"True"` or `"5"` where a Boolean or a number was written: that is no difference. */
export const typeHeldValue = (held: JsonValue, attribute: TargetAttribute): JsonValue => {
  const conversion = convertToTarget(held, attribute);
  return conversion.kind === 'value' ? conversion.value : held;
};

/** What a resource holds of an attribute, typed; all its values where it has several. Undefined where it has none. */
export const readTargetValue = (resource: JsonObject, attribute: TargetAttribute): JsonValue | undefined => {
  if (!attribute.multivalued) {
    const held = readScimPath(resource, attribute.path);
    return held === undefined ? undefined : typeHeldValue(held, attribute);
  }
  const held = readScimValues(resource, attribute.path).flat();
  return held.length === 0 ? undefined : typeHeldValue(held, attribute);
};
