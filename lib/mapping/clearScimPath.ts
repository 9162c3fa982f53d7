import type { JsonObject, JsonValue } from './json.js';
import {
  findMember,
  fitsStep,
  isJsonArray,
  isJsonObject,
  type PathStep,
  primaryFirst,
  stepsFromRoot,
  type TargetPath,
  toTargetPath,
} from './scimPath.js';

/** An element without its `value` says nothing (RFC 7643 2.4): it goes as a whole. */
export const isWholeElement = (rest: readonly PathStep[]): boolean =>
  rest.length === 0 || (rest.length === 1 && rest[0]?.name.toLowerCase() === 'value');

const withMember = (object: JsonObject, member: string, value: JsonValue | undefined): JsonObject => {
  const { [member]: _before, ...others } = object;
  const isNothing = value === undefined || (isJsonArray(value) && value.length === 0);
  return isNothing ? others : { ...object, [member]: value };
};

const clearElements = (
  elements: readonly JsonValue[],
  step: PathStep,
  rest: readonly PathStep[],
): readonly JsonValue[] =>
  elements.flatMap((element): readonly JsonValue[] => {
    if (!fitsStep(element, step)) return [element];
    return isWholeElement(rest) ? [] : [clearSteps(element, rest)];
  });

/** A path without a selector into a list means the primary element, as it does when read. */
const clearInside = (held: JsonValue, rest: readonly PathStep[]): JsonValue => {
  if (!isJsonArray(held)) return isJsonObject(held) ? clearSteps(held, rest) : held;
  const [primary] = primaryFirst(held);
  return held.map((element) => (element === primary && isJsonObject(element) ? clearSteps(element, rest) : element));
};

const clearSteps = (object: JsonObject, [step, ...rest]: readonly PathStep[]): JsonObject => {
  const member = step === undefined ? undefined : findMember(object, step.name);
  const held = member === undefined ? undefined : object[member];
  if (step === undefined || member === undefined || held === undefined) return object;
  if (step.conditions.length > 0) {
    return withMember(object, member, clearElements(isJsonArray(held) ? held : [held], step, rest));
  }
  return withMember(object, member, rest.length === 0 ? undefined : clearInside(held, rest));
};

/** `resource` without anything at `path`: of a selected element the whole where `value` is meant, else that member. */
export const clearScimPath = (resource: JsonObject, path: string | TargetPath): JsonObject =>
  clearSteps(resource, stepsFromRoot(typeof path === 'string' ? toTargetPath(path) : path));
