import type { CompiledAttribute } from './compileAttributeMapping.js';
import type { AttributeDifference, ReadCurrent } from './compiled.js';
import type { JsonValue } from './json.js';
import { typeHeldValue } from './readTargetValue.js';
import { isSameValue } from './sameValue.js';
import { resolveTargetAttribute } from './targetAttribute.js';

/**
 * What of `wanted` the target does not hold yet. A value that is not known is a difference; a wish to clear what is
 * known to be empty is none.
 */
export const findDifferences = (
  attributes: ReadonlyMap<string, CompiledAttribute>,
  wanted: Readonly<Record<string, JsonValue>>,
  known: ReadCurrent,
): readonly AttributeDifference[] => {
  const differences: AttributeDifference[] = [];
  const companions: AttributeDifference[] = [];
  for (const [path, value] of Object.entries(wanted)) {
    const compiled = attributes.get(path);
    const target = compiled?.target ?? resolveTargetAttribute(path, null);
    const held = known(path);
    const old = held === undefined ? undefined : typeHeldValue(held, target);
    const isSame = old !== undefined && isSameValue(old, value, target.caseExact);
    if (!isSame) differences.push({ path, old, new: value });
    else if (compiled?.flowsAlways === true) companions.push({ path, old, new: value });
  }
  return differences.length === 0 ? [] : [...differences, ...companions];
};
