import type { Attributes, AttributeValue, ObjectType } from '../engine/model.js';
import {
  type AttributeSource,
  alwaysSelected,
  computedAttributes,
  groupSources,
  isDirectoryExtension,
  userSources,
} from './attributeSources.js';
import { FieldError, type Row, readRow, readRows } from './fields.js';
import { findNearestName } from './nearestName.js';
import { sourceFailure } from './sourceFailure.js';

/** What to select and how to read it, made from the source attributes that mappings and filters name. */
export interface Selection {
  /** Graph properties for `$select`, `id` first, without relations. */
  readonly properties: readonly string[];
  /** The manager's id is wanted as well. */
  readonly manager: boolean;
  /** Every selected attribute by the name it was asked for; absent reads as null. Throws `FieldError`. */
  readAttributes(row: Row): Attributes;
}

/** Relations that a select may name; they are read as edges, not as attributes. */
const relations = { user: new Set(['manager']), group: new Set(['members']) } as const;

/** Throws `FaultError` with code `UnknownSourceAttribute`, naming the nearest attribute that exists. */
export const compileSelection = (type: ObjectType, names: readonly string[]): Selection => {
  const sources = new Map<string, AttributeSource>();
  for (const name of [...alwaysSelected[type], ...names]) {
    if (!computedAttributes.has(name) && !relations[type].has(name)) {
      sources.set(name, findSource(type, name));
    }
  }
  return {
    properties: [...new Set(['id', ...[...sources.values()].map(({ property }) => property)])],
    manager: type === 'user' && names.includes('manager'),
    readAttributes: (row) => {
      const attributes: Record<string, AttributeValue> = {};
      for (const [name, source] of sources) {
        attributes[name] = readValue(row, source);
      }
      return attributes;
    },
  };
};

const findSource = (type: ObjectType, name: string): AttributeSource => {
  const known = type === 'user' ? userSources : groupSources;
  const source = known.get(name) ?? (isDirectoryExtension(name) ? { property: name, kind: 'any' as const } : null);
  if (source !== null) {
    return source;
  }
  const nearest = findNearestName(name, known.keys());
  const hint = nearest === null ? '' : ` Did you mean "${nearest}"?`;
  throw sourceFailure('UnknownSourceAttribute', { detail: `Unknown: "${name}" of a ${type}.${hint}` });
};

const readValue = (row: Row, { property, kind, member, first, pick }: AttributeSource): AttributeValue => {
  const whole = row[property] ?? null;
  if (whole === null) {
    return null;
  }
  if (member !== undefined) {
    return checkKind(readRow(whole, property)[member] ?? null, kind, `${property}/${member}`);
  }
  if (pick !== undefined) {
    return checkKind(
      readRows(whole, property).flatMap((entry) => entry[pick] ?? []),
      kind,
      `${property}/${pick}`,
    );
  }
  if (first === true) {
    if (!isTexts(whole)) {
      throw new FieldError(property, expectations.texts);
    }
    return whole[0] ?? null;
  }
  return checkKind(whole, kind, property);
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

const checkKind = (value: unknown, kind: AttributeSource['kind'], field: string): AttributeValue => {
  if (value === null) {
    return null;
  }
  const wantsAny = kind === 'any';
  if (typeof value === 'string' && (kind === 'text' || wantsAny)) {
    return value;
  }
  if (typeof value === 'boolean' && (kind === 'boolean' || wantsAny)) {
    return value;
  }
  if (typeof value === 'number' && wantsAny) {
    return value;
  }
  if (isTexts(value) && (kind === 'texts' || wantsAny)) {
    return value;
  }
  throw new FieldError(field, expectations[kind]);
};

const expectations: Readonly<Record<AttributeSource['kind'], string>> = {
  text: 'a text or null',
  boolean: 'true, false or null',
  texts: 'a list of texts or null',
  any: 'a text, number, boolean, list of texts or null',
};
