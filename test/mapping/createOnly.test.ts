import type { Attributes } from '../../lib/expressions/attributes.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import type { AttributeMapping } from '../../lib/schema/synchronizationSchema.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const manager = `${enterprise}:manager`;
const mina: Attributes = { userPrincipalName: 'mina@x.example', displayName: 'Mina', IsSoftDeleted: false };

const compileWith = (...mappings: AttributeMapping[]) => {
  const draft = draftSchema();
  for (const mapping of mappings) draft.add(mapping);
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (mapping === null) throw new Error('The schema maps users');
  return mapping;
};
const nothing = () => null;

describe('what flows on creation only', () => {
  test('is not evaluated on update, so that its faults stop none', () => {
    const mapping = compileWith(
      {
        targetAttributeName: 'title',
        flowType: 'ObjectAddOnly',
        source: functionSource('SelectUniqueValue([mail], [jobTitle])'),
      },
      { targetAttributeName: 'locale', flowType: 'ObjectAddOnly', source: null, defaultValue: 'Oslo' },
    );
    const { values, faults } = mapping.mapForUpdate(mina, nothing, 0);
    expect(faults).toEqual([]);
    expect(values).not.toHaveProperty('title');
    expect(values).not.toHaveProperty('locale');
    expect(mapping.dependsOnCurrent).toEqual([]);
    expect(mapping.mapForCreate(mina, 0, () => false)).toMatchObject({
      values: { locale: 'Oslo' },
      faults: [{ path: 'title', code: 'NoUniqueValue' }],
    });
  });
});

describe('a manager that nobody has resolved', () => {
  const mapping = compileWith({
    targetAttributeName: manager,
    source: functionSource('[manager]'),
    flowNullValues: true,
    defaultValue: 'nobody',
  });
  test('says nothing: no default, no clearing, no fault', () => {
    expect(mapping.mapForCreate(mina, 0)).toMatchObject({ faults: [] });
    expect(mapping.mapForCreate(mina, 0).values).not.toHaveProperty(manager);
    expect(mapping.mapForUpdate(mina, nothing, 0).values).not.toHaveProperty(manager);
  });

  test('that is known to be nobody clears', () => {
    expect(mapping.mapForUpdate({ ...mina, manager: null }, nothing, 0).values[manager]).toBeNull();
  });

  test('is no reference where it comes from a text', () => {
    const byMail = compileWith({ targetAttributeName: manager, source: functionSource('[extensionAttribute1]') });
    expect(byMail.references).toEqual([]);
    expect(byMail.mapForCreate({ ...mina, extensionAttribute1: 'boss@x' }, 0).values[manager]).toBe('boss@x');
  });
});

describe('roles added to those of the target', () => {
  const mapping = compileWith({
    targetAttributeName: 'roles',
    source: functionSource('AppRoleAssignmentsComplex([appRoleAssignments])'),
  });
  const licensed = { ...mina, appRoleAssignments: [{ id: 'r1', displayName: 'Licensed', value: 'Licensed' }] };

  test('are known by their value, whatever details the target dropped or added', () => {
    const held = [
      { value: 'licensed', display: 'L', primary: true },
      { value: 'Admin', display: 'Admin' },
    ];
    expect(mapping.mapForUpdate(licensed, () => held, 0).values['roles']).toEqual(held);
  });

  test('are another’s where the type differs', () => {
    const held = [{ value: 'Licensed', type: 'other' }];
    expect(mapping.mapForUpdate(licensed, () => held, 0).values['roles']).toHaveLength(2);
  });
});

test('default access gives way to every other role', () => {
  const mapping = compileWith({
    targetAttributeName: 'title',
    source: functionSource('SingleAppRoleAssignment([appRoleAssignments])'),
  });
  const roles = [
    { id: '00000000-0000-0000-0000-000000000000', displayName: 'Default Access', value: null },
    { id: 'r1', displayName: 'Reviewer', value: null },
  ];
  for (const appRoleAssignments of [roles, [...roles].reverse()]) {
    expect(mapping.mapForCreate({ ...mina, appRoleAssignments }, 0).values['title']).toBe('Reviewer');
  }
});

test('the paths that a null result clears are told', () => {
  expect(
    compileWith({ targetAttributeName: 'title', source: functionSource('[jobTitle]'), flowNullValues: true }),
  ).toMatchObject({
    clears: ['title'],
  });
});
