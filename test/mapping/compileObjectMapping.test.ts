import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import type { JsonValue } from '../../lib/mapping/json.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { computeSchemaVersion } from '../../lib/schema/schemaVersion.js';
import type { AttributeMapping } from '../../lib/schema/synchronizationSchema.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';

import { compile, compileWith, enterprise, mina, nothingKnown, nothingThere, nowMs, zoom } from './mappingScene.js';

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
