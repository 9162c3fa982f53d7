import { z } from 'zod';
import { resolveReference } from './document.js';

const kinds = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'] as const;
type Kind = (typeof kinds)[number];

/** The keywords of JSON Schema that the document uses; any other is refused, so that none is passed over. */
const shape = z.strictObject({
  $ref: z.string().optional(),
  type: z.union([z.enum(kinds), z.array(z.enum(kinds))]).optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.enum(['date-time', 'uuid']).optional(),
  minimum: z.number().optional(),
  minItems: z.number().optional(),
  required: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.literal(false).optional(),
  items: z.unknown().optional(),
  oneOf: z.array(z.unknown()).optional(),
});

const kindOf = (value: unknown): Kind => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return z.enum(['object', 'string', 'boolean']).parse(typeof value);
};

/** What is wrong with a JSON value by a schema of the document, one line each; an empty list: nothing. */
export const checkJson = (schema: unknown, value: unknown, path = '$'): readonly string[] => {
  const rules = shape.parse(schema);
  if (rules.$ref !== undefined) return checkJson(resolveReference(rules.$ref), value, path);
  if (rules.oneOf) {
    const fits = rules.oneOf.filter((one) => checkJson(one, value, path).length === 0).length;
    if (fits === 1) return [];
    return [`${path}: fits ${fits} of ${rules.oneOf.length} schemas`, ...rules.oneOf.flatMap((one) => checkJson(one, value, path))];
  }
  const kind = kindOf(value);
  const wanted = rules.type === undefined ? [] : [rules.type].flat();
  const isWanted = wanted.length === 0 || wanted.includes(kind) || (kind === 'integer' && wanted.includes('number'));
  if (!isWanted) return [`${path}: wanted ${wanted.join(' or ')}, found ${kind}`];
  if (rules.enum && value !== null && !rules.enum.includes(value)) return [`${path}: ${JSON.stringify(value)} is not in its list`];
  return [...checkText(rules, value, path), ...checkList(rules, value, path), ...checkObject(rules, value, path)];
};

type Rules = z.infer<typeof shape>;

const formats = {
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
};

const checkText = ({ format, minimum }: Rules, value: unknown, path: string): readonly string[] => {
  if (typeof value === 'number' && minimum !== undefined && value < minimum) return [`${path}: below ${minimum}`];
  if (typeof value !== 'string' || !format) return [];
  return formats[format].test(value) ? [] : [`${path}: no ${format}`];
};

const checkList = ({ items, minItems = 0 }: Rules, value: unknown, path: string): readonly string[] => {
  if (!Array.isArray(value)) return [];
  const short = value.length < minItems ? [`${path}: fewer than ${minItems}`] : [];
  return [...short, ...(items === undefined ? [] : value.flatMap((item, at) => checkJson(items, item, `${path}[${at}]`)))];
};

const checkObject = (rules: Rules, value: unknown, path: string): readonly string[] => {
  if (kindOf(value) !== 'object') return [];
  const members = z.record(z.string(), z.unknown()).parse(value);
  const { properties = {}, required = [] } = rules;
  const missing = required.filter((name) => !(name in members)).map((name) => `${path}.${name}: missing`);
  const found = Object.entries(members).flatMap(([name, member]) => {
    if (name in properties) return checkJson(properties[name], member, `${path}.${name}`);
    return rules.additionalProperties === false ? [`${path}.${name}: not known`] : [];
  });
  return [...missing, ...found];
};
