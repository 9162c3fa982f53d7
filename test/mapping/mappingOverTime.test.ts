import type { JsonValue } from '../../lib/mapping/json.js';
import type { AttributeMapping } from '../../lib/schema/synchronizationSchema.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';

import { compile, compileWith, mina, nothingKnown, nowMs } from './mappingScene.js';

describe('flow types on update', () => {
  const cases: [AttributeMapping['flowType'], string, JsonValue | undefined, JsonValue | undefined][] = [
    ['Always', 'title', 'Old', 'New'],
    [null, 'title', undefined, 'New'],
    ['ObjectAddOnly', 'title', null, undefined],
    ['AttributeAddOnly', 'title', null, 'New'],
    ['AttributeAddOnly', 'title', '', 'New'],
    ['AttributeAddOnly', 'title', 'Old', undefined],
    ['AttributeAddOnly', 'title', undefined, undefined],
    ['ValueAddOnly', 'title', 'Old', 'New'],
    ['MultiValueAddOnly', 'title', 'Old', 'New'],
    ['Always', 'roles', ['Old'], ['New']],
    ['ValueAddOnly', 'roles', ['Old'], ['Old', 'New']],
    ['MultiValueAddOnly', 'roles', ['Old', 'new'], ['Old', 'new']],
    ['MultiValueAddOnly', 'roles', null, ['New']],
    ['MultiValueAddOnly', 'roles', undefined, undefined],
  ];
  test.each(cases)('%s of %s over %j gives %j', (flowType, path, held, expected) => {
    const mapping = compileWith({ targetAttributeName: path, source: functionSource('[jobTitle]'), flowType });
    const attributes = { ...mina, jobTitle: 'New' };
    expect(mapping.mapForUpdate(attributes, () => held, nowMs).values[path]).toEqual(expected);
    expect(mapping.mapForCreate(attributes, nowMs).values[path]).toEqual(path === 'roles' ? ['New'] : 'New');
  });

  test('roles of AppRoleAssignmentsComplex are added to those of the target', () => {
    const mapping = compileWith({
      targetAttributeName: 'roles',
      source: functionSource('AppRoleAssignmentsComplex([appRoleAssignments])'),
    });
    const held = [{ value: 'Admin' }];
    expect(mapping.dependsOnCurrent).toEqual(['roles']);
    expect(mapping.mapForUpdate(mina, () => held, nowMs).values.roles).toEqual([
      { value: 'Admin' },
      expect.objectContaining({ value: 'Licensed', primary: false }),
    ]);
  });

  test('roles of AssertiveAppRoleAssignmentsComplex replace those of the target', () => {
    const mapping = compileWith({
      targetAttributeName: 'roles',
      source: functionSource('AssertiveAppRoleAssignmentsComplex([appRoleAssignments])'),
    });
    expect(mapping.mapForUpdate(mina, nothingKnown, nowMs).values.roles).toEqual([
      expect.objectContaining({ value: 'Licensed', primary: false }),
    ]);
  });
});

describe('types of the target', () => {
  const profile = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User';

  test('texts become what the attribute is', () => {
    const mapping = compileWith(
      { targetAttributeName: `${profile}:zoomWhiteboard`, source: { type: 'Constant', expression: 'TRUE' } },
      { targetAttributeName: 'locale', source: functionSource('[accountEnabled]') },
    );
    expect(mapping.mapForCreate({ ...mina, accountEnabled: true }, nowMs).values).toMatchObject({
      [`${profile}:zoomWhiteboard`]: true,
      locale: 'True',
    });
  });

  test('active is a Boolean even where a directory calls it a text', () => {
    const draft = draftSchema();
    for (const attribute of draft.schema.directories?.[1]?.objects?.[0]?.attributes ?? []) attribute.type = 'String';
    expect(compile(draft.schema).mapForCreate(mina, nowMs).values.active).toBe(true);
  });

  test('a result that cannot be one is a fault of that mapping alone, and names no value', () => {
    const mapping = compileWith(
      { targetAttributeName: `${profile}:zoomDocs`, source: functionSource('[department]') },
      { targetAttributeName: 'title', source: functionSource('[proxyAddresses]') },
    );
    const mapped = mapping.mapForCreate({ ...mina, proxyAddresses: ['a@x', 'b@x'] }, nowMs);
    expect(mapped.faults).toEqual([
      {
        path: `${profile}:zoomDocs`,
        code: 'ValueNotConvertible',
        message: `Mapping to ${profile}:zoomDocs: its result is not True or False`,
      },
      {
        path: 'title',
        code: 'ValueNotConvertible',
        message: 'Mapping to title: its result is not one value, not several',
      },
    ]);
    expect(mapped.values.userName).toBe('mina@contoso.example');
  });

  test('an evaluation that fails is a fault with the code of the expression', () => {
    const mapping = compileWith({
      targetAttributeName: 'title',
      source: functionSource('Switch([proxyAddresses], , "a", "b")'),
    });
    expect(mapping.mapForCreate({ ...mina, proxyAddresses: ['a@x', 'b@x'] }, nowMs).faults).toEqual([
      expect.objectContaining({ path: 'title', code: 'NotSingleValue' }),
    ]);
  });
});
