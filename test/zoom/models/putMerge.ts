import type { JsonObject, JsonValue } from '../../../lib/engine/model.js';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An entry without a value is none. */
const isEntry = (entry: JsonValue): boolean => !isObject(entry) || entry['value'] !== '';

const mergeMember = (held: JsonValue | undefined, given: JsonValue): JsonValue | undefined => {
  if (given === '') return undefined;
  if (given === null) return held;
  if (Array.isArray(given)) return given.filter(isEntry);
  return isObject(given) ? merge(isObject(held) ? held : {}, given) : given;
};

const merge = (held: JsonObject, given: JsonObject): JsonObject => {
  const merged: Record<string, JsonValue> = { ...held };
  for (const [name, value] of Object.entries(given)) {
    const member = mergeMember(held[name], value);
    if (member === undefined) delete merged[name];
    else merged[name] = member;
  }
  return merged;
};

/**
 * Zoom's PUT as far as its documents go: what is not named stays, objects merge, a list stands for the whole, the empty
 * text clears and null says nothing.
 */
export const mergePut = (resource: JsonObject, { schemas: _schemas, ...body }: JsonObject): JsonObject =>
  merge(resource, body);
