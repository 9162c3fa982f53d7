import fc from 'fast-check';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import type { JsonObject, JsonValue } from '../../lib/mapping/json.js';
import { buildScimBody } from '../../lib/mapping/scimBody.js';
import { writeScimPath } from '../../lib/mapping/scimPath.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import type { AttributeMapping } from '../../lib/schema/synchronizationSchema.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';

const mappingWith = (...added: AttributeMapping[]) => {
  const draft = draftSchema();
  for (const one of added) draft.add(one);
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (mapping === null) throw new Error('The schema maps users');
  return mapping;
};
const mapping = mappingWith();
const differ = (path: string, wanted: JsonValue, held: JsonValue | undefined) =>
  mapping.findDifferences({ [path]: wanted }, () => held);

describe('one attribute', () => {
  const same: [string, JsonValue, JsonValue][] = [
    ['userName', 'Mina@Contoso.example', 'mina@contoso.example'],
    ['userType', 'Licensed', 'licensed'],
    ['active', true, 'True'],
    ['active', false, 'false'],
    ['displayName', 'Mina', 'Mina'],
    ['title', null, null],
    ['title', null, ''],
    ['title', '', null],
    ['roles', ['A', 'b'], ['B', 'a']],
    ['roles', [{ value: 'A' }], [{ Value: 'a', display: 'A' }]],
    ['zoomExtra', 'x', 'X'],
  ];
  test.each(same)('%s: %j is no difference to %j', (path, wanted, held) => {
    expect(differ(path, wanted, held)).toEqual([]);
  });

  const different: [string, JsonValue, JsonValue | undefined][] = [
    ['userName', 'a@x', 'b@x'],
    ['displayName', 'Mina Okoro', 'mina okoro'],
    ['active', true, false],
    ['title', 'x', null],
    ['title', null, 'x'],
    ['title', null, undefined],
    ['userName', 'a@x', undefined],
    ['roles', ['A'], ['A', 'B']],
    ['roles', ['A', 'A'], ['A', 'B']],
    ['roles', [{ value: 'A', type: 'x' }], [{ value: 'A' }]],
  ];
  test.each(different)('%s: %j differs from %j', (path, wanted, held) => {
    expect(differ(path, wanted, held)).toEqual([{ path, old: held, new: wanted }]);
  });
});

test('a value that flows always travels with a difference and makes none', () => {
  const always = mappingWith({
    targetAttributeName: 'title',
    source: functionSource('[jobTitle]'),
    flowBehavior: 'FlowAlways',
  });
  const held: Record<string, JsonValue> = { title: 'Counsel', displayName: 'Old' };
  const differences = (displayName: string) =>
    always.findDifferences({ title: 'Counsel', displayName }, (path) => held[path]);
  expect(differences('Old')).toEqual([]);
  expect(differences('New').map(({ path }) => path)).toEqual(['displayName', 'title']);
});

describe('properties', () => {
  const word = fc.string({ maxLength: 12 });
  const person = fc.record(
    {
      userPrincipalName: fc.emailAddress(),
      mail: fc.emailAddress(),
      displayName: word,
      givenName: word,
      surname: word,
      department: word,
      IsSoftDeleted: fc.boolean(),
      appRoleAssignments: fc.array(
        fc.record({ id: fc.uuid(), displayName: fc.constantFrom('Basic', 'Pro', 'User'), value: fc.constant(null) }),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ['userPrincipalName', 'IsSoftDeleted'] },
  );
  const readFrom = (resource: JsonObject) => (path: string) => mapping.readTargetPath(resource, path) ?? null;

  test('what a create writes differs in nothing from what it wanted', () => {
    fc.assert(
      fc.property(person, (attributes) => {
        const { values } = mapping.mapForCreate(attributes, 0);
        expect(mapping.findDifferences(values, readFrom(buildScimBody(values)))).toEqual([]);
      }),
    );
  });

  test('once the differences are applied there are none', () => {
    fc.assert(
      fc.property(person, person, (before, after) => {
        let resource = buildScimBody(mapping.mapForCreate(before, 0).values);
        const { values } = mapping.mapForUpdate(after, readFrom(resource), 0);
        for (const { path, new: value } of mapping.findDifferences(values, readFrom(resource))) {
          resource = writeScimPath(resource, path, value);
        }
        expect(mapping.findDifferences(values, readFrom(resource))).toEqual([]);
      }),
    );
  });

  test("an object that did not change differs in nothing, whatever the case of the target's attribute names", () => {
    fc.assert(
      fc.property(person, (attributes) => {
        const body = buildScimBody(mapping.mapForCreate(attributes, 0).values);
        const shouted = Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toUpperCase(), value]));
        const { values } = mapping.mapForUpdate(attributes, readFrom(shouted), 0);
        expect(mapping.findDifferences(values, readFrom(shouted))).toEqual([]);
      }),
    );
  });
});

test('the built-in schema was not changed by any of this', () => {
  expect(draftSchema().schema).toEqual(builtInZoomSchema);
});
