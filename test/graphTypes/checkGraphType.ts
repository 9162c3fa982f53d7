import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const members = z.record(z.string(), z.string());
const structuredType = z.object({
  kind: z.enum(['entity', 'complex']),
  base: z.string().optional(),
  open: z.boolean().optional(),
  properties: members,
  navigation: members.optional(),
});
const enumType = z.object({ enum: z.array(z.string()) });
const graphTypes = z.object({ types: z.record(z.string(), z.union([enumType, structuredType])) });

type Members = z.infer<typeof members>;
type AllMembers = { readonly open: boolean; readonly properties: Members; readonly navigation: Members };

const file = join(__dirname, '../../../test/graphTypes/graph-types.json');
const { types } = graphTypes.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Enumerations of which several values may stand beside one another, separated by commas. */
const flags = new Set(['objectFlowTypes', 'directoryDefinitionDiscoverabilities']);

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const duration = /^-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const isInteger = (limit: number) => (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= limit;
const isTextLike = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);

const primitives: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int32: isInteger(2 ** 31),
  Int64: isInteger(Number.MAX_SAFE_INTEGER),
  DateTimeOffset: (value) => isTextLike(dateTime)(value) && !Number.isNaN(Date.parse(String(value))),
  Duration: isTextLike(duration),
  Guid: isTextLike(guid),
};

/**
 * What is wrong with a JSON value that is to be one of Microsoft Graph's types, by its metadata: one line for each
 * misspelt or unknown member, wrong type and value that an enumeration does not have, and for each missing member.
 * Missing is a member that Graph declares as never null; with `everyMember` any declared property. Annotations
 * (`@odata.…`) and navigation properties may stand or not. An empty list: nothing is wrong.
 * `typeName` may be `Collection(T)`. Throws if there is no type of that name.
 */
export function checkGraphType(
  typeName: string,
  value: unknown,
  options: { readonly everyMember?: boolean } = {},
): string[] {
  return checkType(typeName, value, '$', options.everyMember ?? false);
}

function checkType(typeName: string, value: unknown, path: string, everyMember: boolean): string[] {
  const element = /^Collection\((.+)\)$/.exec(typeName)?.[1];
  if (element !== undefined) {
    if (!Array.isArray(value)) return [`${path}: wanted ${typeName}, found ${name(value)}`];
    return value.flatMap((item, index) => checkType(element, item, `${path}[${index}]`, everyMember));
  }
  const isPrimitive = primitives[typeName];
  if (isPrimitive) return isPrimitive(value) ? [] : [`${path}: wanted ${typeName}, found ${name(value)}`];
  const type = types[typeName];
  if (!type) throw new Error(`Graph's metadata has no type ${typeName}`);
  if ('enum' in type) return checkEnum(typeName, type.enum, value, path);
  return checkMembers(typeName, value, path, everyMember);
}

function checkEnum(typeName: string, values: readonly string[], value: unknown, path: string): string[] {
  if (typeof value !== 'string') return [`${path}: wanted ${typeName}, found ${name(value)}`];
  const parts = flags.has(typeName) ? value.split(/, ?/) : [value];
  return parts
    .filter((part) => !values.includes(part))
    .map((part) => `${path}: "${part}" is not a value of ${typeName} (${values.join(', ')})`);
}

function checkMembers(typeName: string, value: unknown, path: string, everyMember: boolean): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${path}: wanted ${typeName}, found ${name(value)}`];
  }
  const { open, properties, navigation } = inherit(typeName);
  const found = new Map<string, unknown>(Object.entries(value));
  const missing = Object.entries(properties)
    .filter(([member, type]) => !found.has(member) && (everyMember || type.endsWith(' !')))
    .map(([member]) => `${path}.${member}: missing in ${typeName}`);
  const wrong = [...found].flatMap(([member, inner]) => {
    if (member.includes('@odata.')) return [];
    const type = properties[member] ?? navigation[member];
    if (type === undefined) return open ? [] : [`${path}.${member}: ${typeName} has no such member`];
    if (inner === null) return type.endsWith(' !') ? [`${path}.${member}: must not be null`] : [];
    return checkType(type.replace(/ !$/, ''), inner, `${path}.${member}`, everyMember);
  });
  return [...missing, ...wrong];
}

function inherit(typeName: string): AllMembers {
  const type = types[typeName];
  if (!type || 'enum' in type) throw new Error(`Graph's metadata has no structured type ${typeName}`);
  const base: AllMembers =
    type.base === undefined ? { open: false, properties: {}, navigation: {} } : inherit(type.base);
  return {
    open: base.open || (type.open ?? false),
    properties: { ...base.properties, ...type.properties },
    navigation: { ...base.navigation, ...type.navigation },
  };
}

function name(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `${typeof value} ${JSON.stringify(value)?.slice(0, 60)}`;
}
