import { userSources } from '../../lib/entra/attributeSources.js';
import { FieldError } from '../../lib/entra/fields.js';
import { compileSelection } from '../../lib/entra/selection.js';
import { entraGroupAttributes, entraUserAttributes } from '../../lib/schema/entraAttributes.js';

const readOne = (name: string, row: Record<string, unknown>) =>
  compileSelection('user', [name]).readAttributes({ id: 'u1', ...row })[name];

describe('a selection of user attributes', () => {
  it('always has what scope and matching need', () => {
    expect(compileSelection('user', []).properties).toEqual([
      'id',
      'accountEnabled',
      'userPrincipalName',
      'displayName',
      'userType',
    ]);
  });

  it('selects each Graph property once, however many attributes read it', () => {
    const { properties } = compileSelection('user', [
      'mobile',
      'mobilePhone',
      'extensionAttribute1',
      'extensionAttribute15',
    ]);
    expect(properties.slice(5)).toEqual(['mobilePhone', 'onPremisesExtensionAttributes']);
  });

  it('is there for every attribute that a schema may read', () => {
    for (const { name } of entraUserAttributes) expect(() => compileSelection('user', [name])).not.toThrow();
    for (const { name } of entraGroupAttributes) expect(() => compileSelection('group', [name])).not.toThrow();
  });

  it('leaves computed attributes and the manager out of the properties', () => {
    const selection = compileSelection('user', [
      'IsSoftDeleted',
      'appRoleAssignments',
      'originalUserPrincipalName',
      'manager',
    ]);
    expect(selection.properties).toHaveLength(5);
    expect(selection.manager).toBe(true);
    expect(Object.keys(selection.readAttributes({ id: 'u1' }))).toEqual(selection.properties.slice(1));
  });

  it('reads an absent attribute as null, like a cleared one', () => {
    expect(readOne('department', {})).toBeNull();
    expect(readOne('department', { department: null })).toBeNull();
  });

  it.each([
    ['department', { department: 'HR' }, 'HR'],
    ['accountEnabled', { accountEnabled: false }, false],
    ['proxyAddresses', { proxyAddresses: ['a', 'b'] }, ['a', 'b']],
    ['mobile', { mobilePhone: '+1' }, '+1'],
    ['telephoneNumber', { businessPhones: ['+2', '+3'] }, '+2'],
    ['telephoneNumber', { businessPhones: [] }, null],
    ['sipProxyAddress', { imAddresses: ['sip:a'] }, 'sip:a'],
    ['facsimileTelephoneNumber', { faxNumber: '+4' }, '+4'],
    ['physicalDeliveryOfficeName', { officeLocation: '12/1' }, '12/1'],
    ['immutableId', { onPremisesImmutableId: 'x' }, 'x'],
    ['objectId', { id: 'u7' }, 'u7'],
    ['extensionAttribute7', { onPremisesExtensionAttributes: { extensionAttribute7: 'cost' } }, 'cost'],
    ['extensionAttribute7', { onPremisesExtensionAttributes: { extensionAttribute8: 'cost' } }, null],
    ['extensionAttribute7', { onPremisesExtensionAttributes: null }, null],
    ['employeeOrgData.division', { employeeOrgData: { division: 'North' } }, 'North'],
    ['assignedLicenses', { assignedLicenses: [{ skuId: 's1', disabledPlans: [] }, { skuId: 's2' }] }, ['s1', 's2']],
    ['identities', { identities: [{ issuerAssignedId: 'a@b' }, { signInType: 'federated' }] }, ['a@b']],
    ['extension_0123456789abcdef0123456789abcdef_badge', { extension_0123456789abcdef0123456789abcdef_badge: 7 }, 7],
  ])('reads %s', (name, row, value) => {
    expect(readOne(name, row)).toEqual(value);
  });

  it.each([
    ['department', { department: 7 }, 'department'],
    ['accountEnabled', { accountEnabled: 'true' }, 'accountEnabled'],
    ['proxyAddresses', { proxyAddresses: 'a' }, 'proxyAddresses'],
    ['proxyAddresses', { proxyAddresses: ['a', 1] }, 'proxyAddresses'],
    ['telephoneNumber', { businessPhones: '+2' }, 'businessPhones'],
    ['extensionAttribute7', { onPremisesExtensionAttributes: 'cost' }, 'onPremisesExtensionAttributes'],
    [
      'extensionAttribute7',
      { onPremisesExtensionAttributes: { extensionAttribute7: 1 } },
      'onPremisesExtensionAttributes/extensionAttribute7',
    ],
    ['assignedLicenses', { assignedLicenses: ['s1'] }, 'assignedLicenses'],
  ])('refuses a wrong form of %s and names the field', (name, row, field) => {
    const read = () => readOne(name, row);
    expect(read).toThrow(FieldError);
    expect(read).toThrow(`"${field}"`);
  });

  it.each([
    ['departement', 'Did you mean "department"?'],
    ['managr', 'Unknown: "managr" of a user.'],
    ['employeeOrgData', 'Unknown: "employeeOrgData" of a user.'],
    ['extension_badge', 'Unknown: "extension_badge" of a user.'],
  ])('refuses the unknown attribute %s', (name, text) => {
    expect(() => compileSelection('user', [name])).toThrow(text);
  });

  it('does not offer what Graph cannot track', () => {
    // Properties that live in SharePoint or Exchange cannot be tracked, and selecting them is a 501.
    for (const name of ['skills', 'aboutMe', 'mailboxSettings', 'signInActivity']) {
      expect(userSources.has(name)).toBe(false);
    }
  });
});

describe('a selection of group attributes', () => {
  it('always has what scope needs and takes members as edges', () => {
    expect(compileSelection('group', ['description', 'members', 'objectId']).properties).toEqual([
      'id',
      'displayName',
      'securityEnabled',
      'description',
    ]);
  });

  it('does not know user attributes', () => {
    expect(() => compileSelection('group', ['userPrincipalName'])).toThrow('of a group');
  });
});
