import fc from 'fast-check';
import type { Attributes } from '../../../lib/expressions/attributes.js';
import { compileObjectMapping } from '../../../lib/mapping/compileObjectMapping.js';
import type { JsonObject } from '../../../lib/mapping/json.js';
import type { AttributeMapping, SynchronizationSchema } from '../../../lib/schema/synchronizationSchema.js';
import { draftSchema, functionSource } from '../../schema/schemaDraft.js';
import { type DialectModel, dialectModels } from '../models/dialectModels.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const profile = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User';

const targets: readonly [string, string][] = [
  ['title', '[jobTitle]'],
  ['phoneNumbers[type eq "work"].value', '[telephoneNumber]'],
  ['phoneNumbers[type eq "mobile"].value', '[mobile]'],
  [`${enterprise}:organization`, 'IgnoreFlowIfNullOrEmpty([companyName])'],
  [`${profile}:pronouns`, 'ToLower([extensionAttribute1])'],
  [`${profile}:zoomWhiteboard`, 'Switch([city], "False", "Oslo", "True")'],
  ['locale', 'Coalesce([city], [country])'],
  ['roles', 'AppRoleAssignmentsComplex([appRoleAssignments])'],
];

const mapping = fc.constantFrom(...targets).chain(([targetAttributeName, expression]) =>
  fc.record({
    targetAttributeName: fc.constant(targetAttributeName),
    source: fc.constant(functionSource(expression)),
    flowType: fc.constantFrom<AttributeMapping['flowType']>(
      'Always',
      'ObjectAddOnly',
      'AttributeAddOnly',
      'ValueAddOnly',
    ),
    flowBehavior: fc.constantFrom<AttributeMapping['flowBehavior']>('FlowWhenChanged', 'FlowAlways'),
    flowNullValues: fc.boolean(),
    defaultValue: fc.constantFrom(null, 'True'),
  }),
);
const schema = fc
  .uniqueArray(mapping, { selector: ({ targetAttributeName }) => targetAttributeName })
  .map((mappings) => {
    const draft = draftSchema();
    for (const one of mappings) {
      draft.add(one.targetAttributeName === 'roles' ? { ...one, defaultValue: null } : one);
    }
    return draft.schema;
  });

const word = fc.stringMatching(/^[A-Za-zåßÅ "\\]{0,8}$/);
const texts = [
  'displayName',
  'givenName',
  'surname',
  'department',
  'jobTitle',
  'telephoneNumber',
  'mobile',
  'companyName',
];
const person: fc.Arbitrary<Attributes> = fc.record(
  {
    userPrincipalName: fc.emailAddress(),
    mail: fc.emailAddress(),
    ...Object.fromEntries([...texts, 'extensionAttribute1', 'country'].map((name) => [name, word])),
    city: fc.constantFrom('Oslo', 'Rome'),
    IsSoftDeleted: fc.constant(false),
    appRoleAssignments: fc.uniqueArray(
      fc
        .constantFrom('Licensed', 'Basic', 'On-Prem', 'Reviewer')
        .map((name) => ({ id: name, displayName: name, value: name })),
      { selector: ({ id }) => id },
    ),
  },
  { requiredKeys: ['userPrincipalName', 'mail', 'IsSoftDeleted', 'appRoleAssignments'] },
);

/** What nobody maps, and somebody set by hand. */
const byHand = { nickName: 'M', [enterprise]: { costCenter: '7' }, phoneNumbers: [{ type: 'home', value: '+1 5' }] };

const compile = (drawn: SynchronizationSchema) => {
  const compiled = compileObjectMapping(drawn, 'user');
  if (compiled === null) throw new Error('The schema maps users');
  return compiled;
};
type Compiled = ReturnType<typeof compile>;
/** Compiling is what takes time: two dozen schemas, drawn once. */
const compiledSchema = fc.constantFrom(...fc.sample(schema, { numRuns: 24, seed: 3 }).map(compile));

const differencesOf = (compiled: Compiled, attributes: Attributes, resource: JsonObject) => {
  const read = (path: string) => compiled.readTargetPath(resource, path) ?? null;
  const { active: _active, ...wanted } = compiled.mapForUpdate(attributes, read, 0).values;
  return { wanted, differences: compiled.findDifferences(wanted, read) };
};

const apply = (model: DialectModel, compiled: Compiled, attributes: Attributes, resource: JsonObject): JsonObject => {
  const { differences } = differencesOf(compiled, attributes, resource);
  if (differences.length === 0) return resource;
  return model.update(resource, Object.fromEntries(differences.map(({ path, new: value }) => [path, value])));
};

describe.each(dialectModels)('an update in the dialect $name', (model) => {
  const history = fc.tuple(compiledSchema, person, fc.array(person, { minLength: 1, maxLength: 4 }));

  test('leaves the target holding what was wanted, and the same again changes nothing', () => {
    fc.assert(
      fc.property(history, ([compiled, first, changes]) => {
        let resource: JsonObject = model.create(compiled.mapForCreate(first, 0).values);
        for (const attributes of changes) {
          const { wanted } = differencesOf(compiled, attributes, resource);
          resource = apply(model, compiled, attributes, resource);
          const after = resource;
          expect(compiled.findDifferences(wanted, (path) => compiled.readTargetPath(after, path) ?? null)).toEqual([]);
          expect(differencesOf(compiled, attributes, resource).differences).toEqual([]);
        }
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  test('touches nothing that is not mapped', () => {
    fc.assert(
      fc.property(history, ([compiled, first, changes]) => {
        const made = model.create(compiled.mapForCreate(first, 0).values);
        const department = Object(made[enterprise]);
        let resource: JsonObject = { ...byHand, ...made, [enterprise]: { ...department, costCenter: '7' } };
        resource = { ...resource, phoneNumbers: [...Object(made['phoneNumbers'] ?? []), ...byHand.phoneNumbers] };
        for (const attributes of changes) resource = apply(model, compiled, attributes, resource);
        expect(resource).toMatchObject({ nickName: 'M', [enterprise]: { costCenter: '7' } });
        expect(resource['phoneNumbers']).toContainEqual({ type: 'home', value: '+1 5' });
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});

/** False and nothing are one: Zoom’s flags cannot be taken away. */
test('both dialects bring a target to the same values', () => {
  fc.assert(
    fc.property(compiledSchema, person, fc.array(person, { maxLength: 4 }), (compiled, first, changes) => {
      const { active: _active, ...made } = compiled.mapForCreate(first, 0).values;
      const paths = [...Object.keys(made), ...targets.map(([path]) => path), 'displayName', 'name.givenName'];
      const ends = dialectModels.map((model) => {
        let resource = model.create(made);
        for (const attributes of changes) resource = apply(model, compiled, attributes, resource);
        return paths.map((path) => [path, compiled.readTargetPath(resource, path) || null]);
      });
      expect(ends[0]).toEqual(ends[1]);
    }),
    { seed: 13, numRuns: 100 },
  );
});
