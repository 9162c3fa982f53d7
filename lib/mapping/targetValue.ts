import type { JsonValue } from './json.js';
import type { TargetAttribute } from './targetAttribute.js';

export type Conversion =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'unfit'; readonly expected: string };

const converted = (value: JsonValue): Conversion => ({ kind: 'value', value });
const refused = (expected: string): Conversion => ({ kind: 'unfit', expected });

const toBoolean = (value: JsonValue): Conversion => {
  if (typeof value === 'boolean') return converted(value);
  const text = String(value).trim().toLowerCase();
  if (text === 'true' || text === '1') return converted(true);
  return text === 'false' || text === '0' ? converted(false) : refused('True or False');
};

/** Integers beyond what a JSON number holds exactly stay text. */
const toInteger = (value: JsonValue): Conversion => {
  const text = String(value).trim();
  if (typeof value === 'object' || !/^[+-]?\d+$/.test(text)) return refused('a whole number');
  const number = Number(text);
  return converted(Number.isSafeInteger(number) ? number : text);
};

const toText = (value: JsonValue): JsonValue => {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : value;
};

const convertOne = (value: JsonValue, attribute: TargetAttribute): Conversion => {
  switch (attribute.type) {
    case 'Boolean':
      return toBoolean(value);
    case 'Integer':
      return toInteger(value);
    case 'String':
    case 'Reference':
    case 'Binary':
    case 'DateTime':
      return converted(toText(value));
  }
};

const convertAll = (values: readonly JsonValue[], attribute: TargetAttribute): Conversion => {
  const results: JsonValue[] = [];
  for (const value of values) {
    const one = convertOne(value, attribute);
    if (one.kind === 'unfit') return one;
    results.push(one.value);
  }
  return converted(results);
};

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** `value` as the target attribute holds it: typed, a list or a single value. An empty list is no value (null). */
export const convertToTarget = (value: JsonValue, attribute: TargetAttribute): Conversion => {
  if (value === null) return converted(null);
  const values = isList(value) ? value : [value];
  const [first, ...others] = values;
  if (first === undefined) return converted(null);
  if (attribute.multivalued) return convertAll(values, attribute);
  return others.length > 0 ? refused('one value, not several') : convertOne(first, attribute);
};
