import type { Attributes } from '../../lib/expressions/attributes.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import type { JsonValue } from '../../lib/mapping/json.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { computeSchemaVersion } from '../../lib/schema/schemaVersion.js';
import type { AttributeMapping, SynchronizationSchema } from '../../lib/schema/synchronizationSchema.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';

const nowMs = Date.UTC(2026, 10, 23, 9, 0, 0);
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const zoom = 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser';
const mina: Attributes = {
  userPrincipalName: 'mina@contoso.example',
  mail: 'mina.okoro@contoso.example',
  displayName: 'Mina Okoro',
  givenName: 'Mina',
  surname: 'Okoro',
  department: 'Sales',
  IsSoftDeleted: false,
  appRoleAssignments: [{ id: 'r1', displayName: 'Licensed', value: 'Licensed' }],
};
const nothingKnown = () => undefined;
const nothingThere = () => null;

const compile = (schema: SynchronizationSchema) => {
  const mapping = compileObjectMapping(schema, 'user', {
    createContext: (now) => ({ nowMs: now, random: () => 0, newGuid: () => 'guid' }),
  });
  if (mapping === null) throw new Error('The schema maps users');
  return mapping;
};
const compileWith = (...mappings: AttributeMapping[]) => {
  const draft = draftSchema();
  for (const mapping of mappings) draft.add(mapping);
  return compile(draft.schema);
};

describe('the built-in schema', () => {
  const mapping = compile(builtInZoomSchema);

  test('says what it reads, matches by, requires and does', () => {
    expect(mapping).toMatchObject({
      schemaVersion: computeSchemaVersion(builtInZoomSchema),
      sourceAttributes: [
        'IsSoftDeleted',
        'appRoleAssignments',
        'department',
        'displayName',
        'givenName',
        'mail',
        'surname',
        'userPrincipalName',
      ],
      matching: [{ path: 'userName' }],
      actions: { add: true, update: true, delete: false },
      required: ['userName'],
      mapsActive: true,
      references: [],
      dependsOnCurrent: [],
      unique: [],
      redacted: [],
    });
  });

  test('makes an account with its login types', () => {
    expect(mapping.mapForCreate(mina, nowMs)).toEqual({
      values: {
        userName: 'mina@contoso.example',
        active: true,
        displayName: 'Mina Okoro',
        'name.givenName': 'Mina',
        'name.familyName': 'Okoro',
        'emails[type eq "work"].value': 'mina.okoro@contoso.example',
        [`${enterprise}:department`]: 'Sales',
        userType: 'Licensed',
        [`${zoom}:loginType.sso`]: true,
        [`${zoom}:loginType.workEmail`]: false,
      },
      faults: [],
    });
  });

  test('leaves the login types alone on update', () => {
    const { values } = mapping.mapForUpdate(mina, nothingKnown, nowMs);
    expect(Object.keys(values)).not.toContain(`${zoom}:loginType.sso`);
    expect(values.userName).toBe('mina@contoso.example');
  });

  test('takes the user principal name where there is no mail, and leaves out what has no value', () => {
    const { values } = mapping.mapForCreate({ userPrincipalName: 'a@x.example', IsSoftDeleted: true }, nowMs);
    expect(values).toEqual({
      userName: 'a@x.example',
      active: false,
      'emails[type eq "work"].value': 'a@x.example',
      [`${zoom}:loginType.sso`]: true,
      [`${zoom}:loginType.workEmail`]: false,
    });
  });

  test.each([
    [[{ id: '1', displayName: 'Pro', value: null }], 'Licensed'],
    [[{ id: '1', displayName: 'On Prem', value: null }], 'On-Prem'],
    [[{ id: '1', displayName: 'x', value: 'corp' }], 'On-Prem'],
    [[{ id: '00000000-0000-0000-0000-000000000000', displayName: 'Default Access', value: null }], undefined],
    [[{ id: '1', displayName: 'Basic', value: 'Reviewer' }], undefined],
    [[], undefined],
    [
      [
        { id: '1', displayName: 'b', value: 'Basic' },
        { id: '2', displayName: 'a', value: 'Licensed' },
      ],
      'Licensed',
    ],
  ])('roles %j give the licence %j', (appRoleAssignments, userType) => {
    expect(mapping.mapForCreate({ ...mina, appRoleAssignments }, nowMs).values.userType).toBe(userType);
  });

  test('says of a removed object that it is not active, and no more', () => {
    expect(mapping.mapRemoved()).toEqual({ values: { active: false }, faults: [] });
  });

  test('has no mapping for groups in force', () => {
    expect(compileObjectMapping(builtInZoomSchema, 'group')).toBeNull();
  });
});

test('a group mapping that is on refers to its members', () => {
  const draft = draftSchema();
  draft.group.enabled = true;
  expect(compileObjectMapping(draft.schema, 'group')).toMatchObject({
    matching: [{ path: 'displayName' }],
    references: [{ path: 'members', source: 'members' }],
    mapsActive: false,
  });
});

describe('defaults and null', () => {
  const title = (traits: Partial<AttributeMapping>) =>
    compileWith({ targetAttributeName: 'title', source: functionSource('[jobTitle]'), ...traits });

  test('a default applies on create only', () => {
    const mapping = title({ defaultValue: 'Colleague' });
    expect(mapping.mapForCreate(mina, nowMs).values.title).toBe('Colleague');
    expect(mapping.mapForUpdate(mina, nothingThere, nowMs).values).not.toHaveProperty('title');
  });

  test('a null source is skipped on update, unless the mapping says that null flows', () => {
    expect(title({}).mapForUpdate(mina, nothingKnown, nowMs).values).not.toHaveProperty('title');
    expect(title({ flowNullValues: true }).mapForUpdate(mina, nothingKnown, nowMs).values.title).toBeNull();
    expect(title({ flowNullValues: true }).mapForCreate(mina, nowMs).values).not.toHaveProperty('title');
  });

  test('an ignored outcome leaves the attribute out, default and clearing included', () => {
    const mapping = title({
      source: functionSource('IgnoreFlowIfNullOrEmpty([jobTitle])'),
      defaultValue: 'Colleague',
      flowNullValues: true,
    });
    expect(mapping.mapForCreate(mina, nowMs).values).not.toHaveProperty('title');
    expect(mapping.mapForUpdate(mina, nothingThere, nowMs).values).not.toHaveProperty('title');
  });

  test('a mapping without a source writes its default on create and into what is empty', () => {
    const mapping = title({ source: null, defaultValue: 'Colleague' });
    expect(mapping.dependsOnCurrent).toEqual(['title']);
    expect(mapping.mapForCreate(mina, nowMs).values.title).toBe('Colleague');
    const onUpdate = (held: JsonValue | undefined) => mapping.mapForUpdate(mina, () => held, nowMs).values.title;
    expect([undefined, null, '', 'Boss'].map(onUpdate)).toEqual([undefined, 'Colleague', 'Colleague', undefined]);
  });
});

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

describe('what is removed', () => {
  const removedWith = (active: string, ...others: AttributeMapping[]) => {
    const draft = draftSchema();
    draft.mapping('active').source = functionSource(active);
    for (const mapping of others) draft.add(mapping);
    return compile(draft.schema).mapRemoved();
  };

  test('no answer means not active', () => {
    expect(removedWith('Switch([IsSoftDeleted], , "False", "True")')).toEqual({
      values: { active: false },
      faults: [],
    });
  });

  test('an active that reads more than is known answers with what is', () => {
    expect(removedWith('IIF([department]="Sales", "True", Switch([IsSoftDeleted], , "True", "False"))').values).toEqual(
      {
        active: false,
      },
    );
  });

  test('an active that does not follow IsSoftDeleted says nothing', () => {
    expect(removedWith('[accountEnabled]').values).toEqual({});
  });

  test('another mapping that reads nothing else flows too', () => {
    const mapped = removedWith('Switch([IsSoftDeleted], , "False", "True", "True", "False")', {
      targetAttributeName: 'title',
      source: functionSource('Switch([IsSoftDeleted], , "True", "Left")'),
    });
    expect(mapped.values).toEqual({ active: false, title: 'Left' });
  });
});

describe('matching', () => {
  test('goes by priority, and by the value without defaults', () => {
    const draft = draftSchema();
    draft.mapping('userName').matchingPriority = 2;
    Object.assign(draft.mapping('emails[type eq "work"].value'), { matchingPriority: 1, flowType: 'ObjectAddOnly' });
    Object.assign(draft.mapping('displayName'), { matchingPriority: 3, defaultValue: '-' });
    const mapping = compile(draft.schema);
    expect(mapping.matching.map(({ path }) => path)).toEqual([
      'emails[type eq "work"].value',
      'userName',
      'displayName',
    ]);
    expect(mapping.mapMatching({ userPrincipalName: 'a@x.example' }, nowMs).values).toEqual({
      'emails[type eq "work"].value': 'a@x.example',
      userName: 'a@x.example',
    });
  });
});

describe('filters', () => {
  test('those of the scope and of the input are asked apart, and what they read is read', () => {
    const draft = draftSchema();
    draft.user.scope = {
      groups: [
        {
          clauses: [{ operatorName: 'EQUALS', sourceOperandName: 'department', targetOperand: { values: ['Sales'] } }],
        },
      ],
      inputFilterGroups: [{ clauses: [{ operatorName: 'IS NOT NULL', sourceOperandName: 'employeeId' }] }],
    };
    const mapping = compile(draft.schema);
    expect(mapping.sourceAttributes).toContain('employeeId');
    expect(mapping.evaluateFilters(mina)).toEqual({
      passed: true,
      detail: "department = 'Sales', wanted EQUALS 'Sales'",
      fault: null,
    });
    expect(mapping.evaluateInputFilters(mina)).toEqual({
      passed: false,
      detail: 'employeeId = null, wanted IS NOT NULL',
      fault: null,
    });
  });
});

test('a manager is a reference to be resolved by whoever maps', () => {
  const mapping = compileWith({ targetAttributeName: `${enterprise}:manager`, source: functionSource('[manager]') });
  expect(mapping.references).toEqual([{ path: `${enterprise}:manager`, source: 'manager' }]);
  expect(mapping.mapForCreate({ ...mina, manager: 'zoom-id' }, nowMs).values[`${enterprise}:manager`]).toBe('zoom-id');
});

test('a mapping that redacts is named, so that logs can leave its value out', () => {
  const mapping = compileWith({ targetAttributeName: 'title', source: functionSource('Redact([employeeId])') });
  expect(mapping.redacted).toEqual(['title']);
});

test('a schema that was not validated is refused with the place', () => {
  expect(() => compileWith({ targetAttributeName: 'title', source: functionSource('Nope(') })).toThrow(
    /^synchronizationRules\[0\]\.objectMappings\[0\]\.attributeMappings\[10\]\.source\.expression: /,
  );
});

describe('a target resource', () => {
  const mapping = compile(builtInZoomSchema);
  test('is read with the types of the attributes', () => {
    const resource = { Active: 'True', userName: 'a@x', roles: [{ value: 'Admin' }], title: 5 };
    const paths = ['active', 'userName', 'roles', 'title', 'locale'];
    expect(paths.map((path) => mapping.readTargetPath(resource, path))).toEqual([
      true,
      'a@x',
      [{ value: 'Admin' }],
      '5',
      undefined,
    ]);
  });
});
