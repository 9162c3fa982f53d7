import type { JsonValue } from './json.js';
import type { TargetAttribute } from './targetAttribute.js';

export type Conversion =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'unfit'; readonly expected: string };

const fit = (value: JsonValue): Conversion => ({ kind: 'value', value });
const unfit = (expected: string): Conversion => ({ kind: 'unfit', expected });

const toBoolean = (value: JsonValue): Conversion => {
  if (typeof value === 'boolean') return fit(value);
  const text = String(value).trim().toLowerCase();
  if (text === 'true' || text === '1') return fit(true);
  return text === 'false' || text === '0' ? fit(false) : unfit('True or False');
};

/** Integers beyond what a JSON number holds exactly stay text. */
const toInteger = (value: JsonValue): Conversion => {
  const text = String(value).trim();
  if (typeof value === 'object' || !/^[+-]?\d+$/.test(text)) return unfit('a whole number');
  const number = Number(text);
  return fit(Number.isSafeInteger(number) ? number : text);
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
      return fit(toText(value));
  }
};

const convertAll = (values: readonly JsonValue[], attribute: TargetAttribute): Conversion => {
  const converted: JsonValue[] = [];
  for (const value of values) {
    const one = convertOne(value, attribute);
    if (one.kind === 'unfit') return one;
    converted.push(one.value);
  }
  return fit(converted);
};

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** `value` as the target attribute holds it: typed, a list or a single value. An empty list is no value (null). */
export const convertToTarget = (value: JsonValue, attribute: TargetAttribute): Conversion => {
  if (value === null) return fit(null);
  const values = isList(value) ? value : [value];
  const [first, ...others] = values;
  if (first === undefined) return fit(null);
  if (attribute.multivalued) return convertAll(values, attribute);
  return others.length > 0 ? unfit('one value, not several') : convertOne(first, attribute);
};
