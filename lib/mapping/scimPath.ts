import { type PathCondition, type PathStep, parseTargetPath, type TargetPath } from '../schema/targetPath.js';
import type { JsonObject, JsonValue } from './json.js';

/** Paths come from schemas, so their number is small; the bound holds whatever a caller does. */
const maxRememberedPaths = 2_000;
const remembered = new Map<string, TargetPath>();

/** The path taken apart, each text once. Throws `RangeError` with position and expectation for a text that is none. */
export const toTargetPath = (text: string): TargetPath => {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const result = parseTargetPath(text);
  if (result.kind === 'invalid') {
    throw new RangeError(`Target path "${text}": expected ${result.expected} at position ${result.position}`);
  }
  if (remembered.size >= maxRememberedPaths) remembered.clear();
  remembered.set(text, result.path);
  return result.path;
};

export type { PathStep, TargetPath };

export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isJsonArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** The member's own spelling in `object`: attribute names ignore case (RFC 7643 2.1). */
export const findMember = (object: JsonObject, name: string): string | undefined => {
  if (Object.hasOwn(object, name)) return name;
  const lower = name.toLowerCase();
  return Object.keys(object).find((member) => member.toLowerCase() === lower);
};

const readMember = (object: JsonObject, name: string): JsonValue | undefined => {
  const member = findMember(object, name);
  return member === undefined ? undefined : object[member];
};

const fitsCondition = (element: JsonObject, condition: PathCondition): boolean => {
  const value = readMember(element, condition.attribute);
  if (value === undefined || value === null) return condition.value === false;
  return String(value).toLowerCase() === String(condition.value).toLowerCase();
};

/** Whether an element of a list is one that the step's selector means. */
export const fitsStep = (element: JsonValue, step: PathStep): element is JsonObject =>
  isJsonObject(element) && step.conditions.every((condition) => fitsCondition(element, condition));

const isPrimary = (element: JsonValue): boolean =>
  isJsonObject(element) && String(readMember(element, 'primary')).toLowerCase() === 'true';

/** The primary element before the others, whose order stays. */
export const primaryFirst = (elements: readonly JsonValue[]): readonly JsonValue[] => {
  const index = elements.findIndex(isPrimary);
  if (index <= 0) return elements;
  return [...elements.slice(index, index + 1), ...elements.slice(0, index), ...elements.slice(index + 1)];
};

/** Everything that one step leads to. A single object where a list was due counts as a list of one. */
const follow = (object: JsonObject, step: PathStep, isLast: boolean): readonly JsonValue[] => {
  const value = readMember(object, step.name);
  if (value === undefined) return [];
  const isChoice = step.conditions.length > 0;
  if (!isJsonArray(value)) return isChoice && !fitsStep(value, step) ? [] : [value];
  if (isChoice) return primaryFirst(value.filter((element) => fitsStep(element, step)));
  return isLast ? [value] : primaryFirst(value);
};

/** `manager` holds another resource's id: the one reference of a user that has a form of its own. */
const isReference = (path: TargetPath): boolean => path.steps.length === 1 && path.steps[0].name === 'manager';

/** A reference is `{"value": id}` in SCIM (RFC 7643 4.3) and its bare value for us. */
const unwrapReference = (value: JsonValue): JsonValue => {
  const element = isJsonArray(value) ? value[0] : value;
  return isJsonObject(element) ? (readMember(element, 'value') ?? value) : value;
};

/** `value` as a resource holds it at `path`. */
export const toStoredValue = (path: TargetPath, value: JsonValue): JsonValue =>
  isReference(path) && typeof value === 'string' ? { value } : value;

/**
 * Every value at `path`, the primary element's first. A list that the path does not select from is one value.
 * Member names are found in any case; what is absent gives an empty list.
 */
export const readScimValues = (resource: JsonObject, path: string | TargetPath): readonly JsonValue[] => {
  const parsed = typeof path === 'string' ? toTargetPath(path) : path;
  const holder = parsed.urn === null ? resource : readMember(resource, parsed.urn);
  let values: readonly JsonValue[] = holder === undefined ? [] : [holder];
  parsed.steps.forEach((step, index) => {
    const isLast = index === parsed.steps.length - 1;
    values = values.flatMap((value) => (isJsonObject(value) ? follow(value, step, isLast) : []));
  });
  return isReference(parsed) ? values.map(unwrapReference) : values;
};

/** The value at `path`: of several elements that fit the primary one, else the first. Undefined where it is not there. */
export const readScimPath = (resource: JsonObject, path: string | TargetPath): JsonValue | undefined =>
  readScimValues(resource, path)[0];

/** The steps from the resource on: the extension's object is a member like any other. */
export const stepsFromRoot = ({ urn, steps }: TargetPath): readonly PathStep[] =>
  urn === null ? steps : [{ name: urn, conditions: [] }, ...steps];

const conditionMembers = (step: PathStep): JsonObject =>
  Object.fromEntries(step.conditions.map((condition) => [condition.attribute, condition.value]));

const writeElements = (
  present: JsonValue | undefined,
  step: PathStep,
  rest: readonly PathStep[],
  value: JsonValue,
): readonly JsonValue[] => {
  const elements = isJsonArray(present) ? present : present === undefined || present === null ? [] : [present];
  const fitting = elements.filter((element) => fitsStep(element, step));
  const others = elements.filter((element) => !fitsStep(element, step));
  const wanted = isJsonArray(value) ? value : [value];
  return [...others, ...wanted.map((one, index) => writeSteps(fitting[index] ?? conditionMembers(step), rest, one))];
};

const writeSteps = (holder: JsonValue | undefined, steps: readonly PathStep[], value: JsonValue): JsonValue => {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const object: JsonObject = isJsonObject(holder) ? holder : {};
  const member = findMember(object, step.name) ?? step.name;
  const held = object[member];
  if (step.conditions.length > 0) return { ...object, [member]: writeElements(held, step, rest, value) };
  if (isJsonArray(held) && rest.length > 0) return { ...object, [member]: writeIntoPrimary(held, rest, value) };
  return { ...object, [member]: writeSteps(held, rest, value) };
};

/** A path without a selector into a list means the primary element, as it does when read. */
const writeIntoPrimary = (held: readonly JsonValue[], rest: readonly PathStep[], value: JsonValue): JsonValue => {
  const [primary] = primaryFirst(held);
  if (primary === undefined) return [writeSteps(undefined, rest, value)];
  return held.map((element) => (element === primary ? writeSteps(element, rest, value) : element));
};

/**
 * `resource` with `value` at `path`. Elements that a selector names are made with the selector's own members where
 * they are missing; a list at a selected path makes one element for each of its values.
 */
export const writeScimPath = (resource: JsonObject, path: string | TargetPath, value: JsonValue): JsonObject => {
  const parsed = typeof path === 'string' ? toTargetPath(path) : path;
  const written = writeSteps(resource, stepsFromRoot(parsed), toStoredValue(parsed, value));
  return isJsonObject(written) ? written : resource;
};
