import { createHash } from 'node:crypto';
import type { SynchronizationSchema } from './synchronizationSchema.js';

/** Members in the order of their names and absent ones left out, so that equal content is equal text. */
const toCanonicalText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(toCanonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${toCanonicalText(member)}`);
  return `{${members.join(',')}}`;
};

/**
 * A digest of the schema's content: equal for equal content whatever the order of members. Graph's own `version` and
 * OData annotations are left out, since a document that is saved again comes back with others.
 */
export const computeSchemaVersion = (schema: SynchronizationSchema): string => {
  const content = Object.fromEntries(
    Object.entries(schema).filter(([name]) => name !== 'version' && !name.startsWith('@odata.')),
  );
  return createHash('sha256').update(toCanonicalText(content)).digest('hex').slice(0, 32);
};
