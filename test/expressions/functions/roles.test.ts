import type { AttributeValue } from '../../../lib/expressions/attributes.js';
import { resultOf } from '../evaluateText.js';

const licensed = { id: '1', displayName: 'Licensed user', value: 'Licensed' };
const basic = { id: '2', displayName: 'Basic', value: null };
const defaultAccess = { id: '00000000-0000-0000-0000-000000000000', displayName: 'Default Access', value: null };

describe('SingleAppRoleAssignment', () => {
  test.each<[string, AttributeValue, string | null]>([
    ['the role that is listed first', [licensed, basic], 'Licensed'],
    ['the display name where a role has no value', [basic, licensed], 'Basic'],
    ['nothing for default access', [defaultAccess], null],
    ['nothing for no role', [], null],
    ['a text that is no JSON as it stands', ['Default Assignment'], 'Default Assignment'],
    ['the value of a JSON text', [JSON.stringify(licensed)], 'Licensed'],
    ['a JSON text that is broken as it stands', ['{"value":'], '{"value":'],
  ])('gives %s', (_what, appRoleAssignments, expected) => {
    expect(resultOf('SingleAppRoleAssignment([appRoleAssignments])', { appRoleAssignments })).toBe(expected);
  });
});

const type = 'WindowsAzureActiveDirectoryRole';

test('AppRoleAssignmentsComplex gives every member that a SCIM writer may want', () => {
  expect(resultOf('AppRoleAssignmentsComplex([appRoleAssignments])', { appRoleAssignments: [licensed] })).toEqual([
    { primary: false, type, display: 'Licensed user', displayName: 'Licensed user', value: 'Licensed', id: '1' },
  ]);
});

test('AssertiveAppRoleAssignmentsComplex gives exactly the members that are sent', () => {
  expect(
    resultOf('AssertiveAppRoleAssignmentsComplex([appRoleAssignments])', { appRoleAssignments: [licensed] }),
  ).toEqual([{ primary: false, type, display: 'Licensed user', value: 'Licensed' }]);
});

test('no role is an empty list, but no attribute is no value: nothing is to be replaced by a guess', () => {
  for (const name of ['AppRoleAssignmentsComplex', 'AssertiveAppRoleAssignmentsComplex']) {
    expect(resultOf(`${name}([appRoleAssignments])`, { appRoleAssignments: [] })).toEqual([]);
    expect(resultOf(`${name}([appRoleAssignments])`)).toBeNull();
  }
  expect(resultOf('SingleAppRoleAssignment([appRoleAssignments])')).toBeNull();
});

test('one role of a list can be taken, and duplicates removed', () => {
  const appRoleAssignments = [licensed, licensed];
  expect(resultOf('Item(AssertiveAppRoleAssignmentsComplex([appRoleAssignments]), 1)', { appRoleAssignments })).toEqual(
    {
      primary: false,
      type,
      display: 'Licensed user',
      value: 'Licensed',
    },
  );
  expect(
    resultOf('Count(RemoveDuplicates(AppRoleAssignmentsComplex([appRoleAssignments])))', { appRoleAssignments }),
  ).toBe('1');
});
