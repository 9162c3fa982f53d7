import type { JsonValue } from '../../../mapping/json.js';
import { DirectoryError } from './errors.js';
import type { PropertyKind, PropertyTable } from './properties.js';

const isObject = (value: JsonValue): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const extensionName = /^extensionAttribute([1-9]|1[0-5])$/;

const checks: Readonly<Record<PropertyKind, (value: JsonValue) => boolean>> = {
  String: (value) => typeof value === 'string',
  Guid: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  DateTimeOffset: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  Strings: (value) => Array.isArray(value) && value.every((entry) => typeof entry === 'string'),
  Object: isObject,
  Objects: (value) => Array.isArray(value) && value.every(isObject),
  ExtensionAttributes: (value) =>
    isObject(value) &&
    Object.entries(value ?? {}).every(
      ([name, entry]) => extensionName.test(name) && (entry === null || typeof entry === 'string'),
    ),
};

const isKnown = (table: PropertyTable, name: string): boolean => Object.hasOwn(table, name);

/** Throws a DirectoryError that names the property which is unknown or holds a value of another type. Only collections cannot be null. */
export const checkProperties = (
  table: PropertyTable,
  typeName: string,
  values: Readonly<Record<string, JsonValue>>,
): void => {
  for (const [name, value] of Object.entries(values)) {
    const kind = isKnown(table, name) ? table[name] : undefined;
    if (kind === undefined) {
      throw new DirectoryError('UnknownProperty', `A ${typeName} has no property '${name}'.`);
    }
    const fits = value === null ? kind !== 'Strings' && kind !== 'Objects' : checks[kind](value);
    if (!fits) {
      throw new DirectoryError('BadValue', `Property '${name}' of a ${typeName} does not hold a ${kind}.`);
    }
  }
};
