import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { computeSchemaVersion } from '../../lib/schema/schemaVersion.js';
import { draftSchema } from './schemaDraft.js';

const reverseMembers = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reverseMembers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reverseMembers(member)]),
  );
};

test('equal content has one version, whatever the order of members', () => {
  const { schema } = draftSchema();
  Object.assign(schema, reverseMembers(schema));
  expect(computeSchemaVersion(schema)).toBe(computeSchemaVersion(builtInZoomSchema));
});

test('what Graph stamps on a document makes no other version', () => {
  const { schema } = draftSchema();
  Object.assign(schema, { version: 'Date:2026-11-20', '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata' });
  expect(computeSchemaVersion(schema)).toBe(computeSchemaVersion(builtInZoomSchema));
});

test('any other change is another version, the order of mappings too', () => {
  const changed = draftSchema();
  changed.mapping('displayName').defaultValue = '-';
  const reordered = draftSchema();
  reordered.user.attributeMappings?.reverse();
  const versions = [builtInZoomSchema, changed.schema, reordered.schema].map(computeSchemaVersion);
  expect(new Set(versions).size).toBe(3);
});
