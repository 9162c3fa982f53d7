import fc from 'fast-check';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { validateSchema } from '../../lib/schema/validateSchema.js';

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
type Place = { readonly holder: { [member: string]: Json }; readonly name: string };

/** Every place of the rules that holds a value. */
const listPlaces = (value: Json): Place[] => {
  if (typeof value !== 'object' || value === null) return [];
  const holder = Object.assign(value);
  return Object.keys(value).flatMap((name) => [{ holder, name }, ...listPlaces(holder[name])]);
};

const text = JSON.stringify(builtInZoomSchema);
const texts = fc.constantFrom(
  '',
  'active',
  'members',
  'emails[type eq "work"].value',
  'roles[primary eq "True"].value',
  'urn:x:y',
  'ObjectAddOnly',
  'Constant',
  'Function',
  '[mail]',
  'Switch([mail], , "a")',
  'SelectUniqueValue([mail], [surname])',
  'AppRoleAssignmentsComplex([appRoleAssignments])',
  'Group',
  'None',
  'constructor',
  '__proto__',
);
const replacement: fc.Arbitrary<Json | undefined> = fc.oneof(
  texts,
  fc.string(),
  fc.constantFrom(null, true, 0, -1, 1.5, undefined),
  fc.constant<Json>([]),
  fc.constant<Json>({}),
);

test('no damage to a schema makes validation throw, and what it lets pass compiles and maps', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), replacement), { minLength: 1, maxLength: 4 }), (changes) => {
      const document = JSON.parse(text);
      const places = listPlaces(document.synchronizationRules);
      for (const [at, value] of changes) {
        const place = places[at % places.length];
        if (place === undefined) continue;
        if (value === undefined) delete place.holder[place.name];
        else place.holder[place.name] = value;
      }
      const result = validateSchema(document);
      if (result.kind === 'invalid') {
        expect(result.errors.length).toBeGreaterThan(0);
        return;
      }
      const mapping = compileObjectMapping(result.schema, 'user');
      expect(mapping?.mapForCreate({ userPrincipalName: 'a@x.example', IsSoftDeleted: false }, 0)).toBeDefined();
      compileObjectMapping(result.schema, 'group');
    }),
    { numRuns: 150 },
  );
});
