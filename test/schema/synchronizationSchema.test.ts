import fc from 'fast-check';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { isSynchronizationSchema } from '../../lib/schema/synchronizationSchema.js';

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

/** Every object inside `value`, so that a member can be added to any of them. */
const listObjects = (value: Json): { [member: string]: Json }[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(listObjects);
  return Array.isArray(value) ? inside : [value, ...inside];
};

test('members that nobody knows survive parsing and printing, wherever they stand', () => {
  const unknownMembers = fc.array(
    fc.record({ at: fc.nat(), name: fc.string().map((text) => `x-${text}`), value: fc.jsonValue() }),
    { minLength: 1, maxLength: 10 },
  );
  fc.assert(
    fc.property(unknownMembers, (members) => {
      const document: Json = JSON.parse(JSON.stringify(builtInZoomSchema));
      const objects = listObjects(document);
      for (const { at, name, value } of members) {
        Object.assign(objects[at % objects.length] ?? {}, { [name]: JSON.parse(JSON.stringify(value)) });
      }
      const text = JSON.stringify(document);
      const parsed: unknown = JSON.parse(text);
      expect(isSynchronizationSchema(parsed) && JSON.stringify(parsed)).toBe(text);
    }),
    { numRuns: 30 },
  );
});

test('members that an export leaves out may be missing', () => {
  expect(
    isSynchronizationSchema({
      synchronizationRules: [
        {
          objectMappings: [
            { sourceObjectName: 'User', targetObjectName: 'User', attributeMappings: [{ targetAttributeName: 'x' }] },
          ],
        },
      ],
    }),
  ).toBe(true);
});
