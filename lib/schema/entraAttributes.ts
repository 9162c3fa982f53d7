import { defineAttribute } from './attributeTable.js';
import { membershipAttribute } from './filterOperators.js';
import type { AttributeDefinition } from './synchronizationSchema.js';

const userTexts = [
  'city',
  'companyName',
  'country',
  'creationType',
  'department',
  'displayName',
  'employeeId',
  'employeeOrgData.costCenter',
  'employeeOrgData.division',
  'employeeType',
  'externalUserState',
  'facsimileTelephoneNumber',
  'givenName',
  'immutableId',
  'jobTitle',
  'legalAgeGroupClassification',
  'mail',
  'mailNickname',
  'mobile',
  'onPremisesDistinguishedName',
  'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier',
  'onPremisesUserPrincipalName',
  'originalUserPrincipalName',
  'physicalDeliveryOfficeName',
  'postalCode',
  'preferredDataLocation',
  'preferredLanguage',
  'sipProxyAddress',
  'state',
  'streetAddress',
  'surname',
  'telephoneNumber',
  'usageLocation',
  'userPrincipalName',
  'userType',
];

/** Names that Graph gives to attributes which Entra's provisioning calls otherwise; both are understood. */
const userTextsOfGraph = [
  'ageGroup',
  'faxNumber',
  'mobilePhone',
  'officeLocation',
  'onPremisesImmutableId',
  'securityIdentifier',
];

const extensionAttributes = Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`);

/** Source attributes of a user by the names of Entra's provisioning, computed ones included. */
export const entraUserAttributes: readonly AttributeDefinition[] = [
  defineAttribute('objectId', 'String', { anchor: true, mutability: 'Immutable', required: true }),
  defineAttribute('id', 'String', { mutability: 'Immutable' }),
  defineAttribute('accountEnabled', 'Boolean'),
  defineAttribute('dirSyncEnabled', 'Boolean'),
  defineAttribute('isResourceAccount', 'Boolean'),
  defineAttribute('onPremisesSyncEnabled', 'Boolean'),
  defineAttribute('IsSoftDeleted', 'Boolean', { mutability: 'ReadOnly' }),
  defineAttribute('appRoleAssignments', 'String', { multivalued: true, mutability: 'ReadOnly' }),
  defineAttribute(membershipAttribute, 'Reference', { multivalued: true, mutability: 'ReadOnly' }),
  defineAttribute('manager', 'Reference', {
    referencedObjects: [{ referencedObjectName: 'User', referencedProperty: null }],
  }),
  ...['createdDateTime', 'employeeHireDate', 'employeeLeaveDateTime'].map((name) => defineAttribute(name, 'DateTime')),
  ...['businessPhones', 'imAddresses', 'otherMails', 'proxyAddresses'].map((name) =>
    defineAttribute(name, 'String', { multivalued: true }),
  ),
  ...[...userTexts, ...userTextsOfGraph, ...extensionAttributes].map((name) => defineAttribute(name)),
];

/** Source attributes of a group. */
export const entraGroupAttributes: readonly AttributeDefinition[] = [
  defineAttribute('objectId', 'String', { anchor: true, mutability: 'Immutable', required: true }),
  defineAttribute('id', 'String', { mutability: 'Immutable' }),
  ...['dirSyncEnabled', 'mailEnabled', 'securityEnabled', 'isAssignableToRole', 'onPremisesSyncEnabled'].map((name) =>
    defineAttribute(name, 'Boolean'),
  ),
  ...['createdDateTime'].map((name) => defineAttribute(name, 'DateTime')),
  ...['groupTypes', 'proxyAddresses'].map((name) => defineAttribute(name, 'String', { multivalued: true })),
  defineAttribute('members', 'Reference', {
    multivalued: true,
    referencedObjects: [{ referencedObjectName: 'User', referencedProperty: null }],
  }),
  ...[
    'description',
    'displayName',
    'mail',
    'mailNickname',
    'membershipRule',
    'onPremisesSecurityIdentifier',
    'securityIdentifier',
    'uniqueName',
    'visibility',
  ].map((name) => defineAttribute(name)),
];

/** A directory extension: its name cannot be known from here. */
export const isDirectoryExtension = (name: string): boolean => /^extension_[0-9a-f]{32}_\w+$/i.test(name);
