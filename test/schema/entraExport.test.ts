import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { computeSchemaVersion } from '../../lib/schema/schemaVersion.js';
import { validateSchema } from '../../lib/schema/validateSchema.js';
import { checkGraphType } from '../graphTypes/checkGraphType.js';

/** In the form in which Entra hands out the schema of a Zoom gallery application. */
const text = readFileSync(join(process.cwd(), 'test/schema/fixtures/entraExport.json'), 'utf8');
const validated = validateSchema(JSON.parse(text));
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

test('an export of a hundred kilobytes is accepted, and told what its Delete still needs', () => {
  expect(text.length).toBeGreaterThan(100_000);
  expect(validated).toMatchObject({
    kind: 'valid',
    warnings: [{ code: 'DeleteNeedsPolicy', path: 'synchronizationRules[0].objectMappings[1].flowTypes' }],
  });
});

test('it has every member that Graph gives a schema, and the one that only the beta version has', () => {
  expect(checkGraphType('synchronizationSchema', JSON.parse(text), { everyMember: true })).toEqual([
    '$.provisioningTaskIdentifier: synchronizationSchema has no such member',
  ]);
});

test('it comes back unchanged', () => {
  expect(validated.kind === 'valid' && JSON.stringify(validated.schema)).toBe(JSON.stringify(JSON.parse(text)));
});

describe('it means here what it means there', () => {
  const mapping = validated.kind === 'valid' ? compileObjectMapping(validated.schema, 'user') : null;
  const mina = {
    userPrincipalName: 'mina@contoso.example',
    accountEnabled: true,
    IsSoftDeleted: false,
    givenName: 'Mina',
    surname: 'Okoro',
    mail: 'mina@contoso.example',
    extension_5f1c3a7e9b2d4c68a0e4d7b1c9f3a265_costCenter: 'CC-410',
    appRoleAssignments: [{ id: '1', displayName: 'Pro', value: null }],
  };

  test('the objects are found by their long names', () => {
    expect(mapping).toMatchObject({
      schemaVersion: validated.kind === 'valid' && computeSchemaVersion(validated.schema),
      required: ['userName'],
      actions: { add: true, update: true, delete: true },
      references: [{ path: `${enterprise}:manager`, source: 'manager' }],
    });
  });

  test('a person is mapped', () => {
    expect(mapping?.mapForCreate(mina, 0)).toEqual({
      values: {
        userName: 'mina@contoso.example',
        active: true,
        displayName: 'Mina Okoro',
        'name.givenName': 'Mina',
        'name.familyName': 'Okoro',
        'emails[type eq "work"].value': 'mina@contoso.example',
        title: 'Colleague',
        locale: 'en-US',
        [`${enterprise}:costCenter`]: 'CC-410',
        [`${enterprise}:organization`]: 'Contoso',
        userType: 'Licensed',
      },
      faults: [],
    });
  });

  test.each([
    ['mina@contoso.example', true, true],
    ['adm-mina@contoso.example', true, false],
    ['mina@contoso.example', false, false],
  ])('the filter on %s, enabled %s: %s', (userPrincipalName, accountEnabled, passed) => {
    expect(mapping?.evaluateFilters({ userPrincipalName, accountEnabled }).passed).toBe(passed);
  });
});
