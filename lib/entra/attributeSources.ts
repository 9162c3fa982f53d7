/** Where a source attribute's value stands in a Graph row. */
export interface AttributeSource {
  /** The property to select. */
  readonly property: string;
  /** text covers dates, which Graph sends as ISO instants. any: a directory extension, whose type only the tenant knows. */
  readonly kind: 'text' | 'boolean' | 'texts' | 'any';
  /** The value is this member of the property. */
  readonly member?: string;
  /** The value is the first of the property's texts. */
  readonly first?: true;
  /** The property is a list of objects; the value is the list of this member of each. */
  readonly pick?: string;
}

type Sources = ReadonlyMap<string, AttributeSource>;

const plain = (kind: AttributeSource['kind'], properties: string): ReadonlyArray<readonly [string, AttributeSource]> =>
  properties
    .trim()
    .split(/\s+/)
    .map((property) => [property, { property, kind }]);

const memberOf = (property: string, member: string): AttributeSource => ({ property, kind: 'text', member });

const extensionAttributes = Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`).flatMap(
  (name) => {
    const source = memberOf('onPremisesExtensionAttributes', name);
    return [
      [name, source],
      [`onPremisesExtensionAttributes.${name}`, source],
    ] as const;
  },
);

/** Graph's own names first, then the names that the Entra portal and provisioning schemas use for the same thing. */
export const userSources: Sources = new Map<string, AttributeSource>([
  ...plain('boolean', 'accountEnabled isResourceAccount onPremisesSyncEnabled'),
  ...plain('texts', 'businessPhones imAddresses otherMails proxyAddresses'),
  ...plain(
    'text',
    `id ageGroup city companyName country createdDateTime creationType department displayName employeeHireDate employeeId
     employeeLeaveDateTime employeeType externalUserState faxNumber givenName jobTitle legalAgeGroupClassification mail
     mailNickname mobilePhone officeLocation onPremisesDistinguishedName onPremisesImmutableId
     onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesUserPrincipalName postalCode preferredDataLocation
     preferredLanguage securityIdentifier signInSessionsValidFromDateTime state streetAddress surname usageLocation
     userPrincipalName userType`,
  ),
  ['assignedLicenses', { property: 'assignedLicenses', kind: 'texts', pick: 'skuId' }],
  ['identities', { property: 'identities', kind: 'texts', pick: 'issuerAssignedId' }],
  ['employeeOrgData.division', memberOf('employeeOrgData', 'division')],
  ['employeeOrgData.costCenter', memberOf('employeeOrgData', 'costCenter')],
  ...extensionAttributes,
  ['objectId', { property: 'id', kind: 'text' }],
  ['dirSyncEnabled', { property: 'onPremisesSyncEnabled', kind: 'boolean' }],
  ['telephoneNumber', { property: 'businessPhones', kind: 'text', first: true }],
  ['sipProxyAddress', { property: 'imAddresses', kind: 'text', first: true }],
  ['mobile', { property: 'mobilePhone', kind: 'text' }],
  ['facsimileTelephoneNumber', { property: 'faxNumber', kind: 'text' }],
  ['physicalDeliveryOfficeName', { property: 'officeLocation', kind: 'text' }],
  ['immutableId', { property: 'onPremisesImmutableId', kind: 'text' }],
  ['userState', { property: 'externalUserState', kind: 'text' }],
]);

export const groupSources: Sources = new Map<string, AttributeSource>([
  ...plain('boolean', 'isAssignableToRole mailEnabled onPremisesSyncEnabled securityEnabled'),
  ...plain('texts', 'groupTypes proxyAddresses'),
  ...plain(
    'text',
    'id createdDateTime description displayName mail mailNickname membershipRule onPremisesSecurityIdentifier securityIdentifier uniqueName visibility',
  ),
  ['objectId', { property: 'id', kind: 'text' }],
  ['dirSyncEnabled', { property: 'onPremisesSyncEnabled', kind: 'boolean' }],
]);

/** Read whatever the mappings ask for: scope and matching need them. */
export const alwaysSelected = {
  user: ['accountEnabled', 'userPrincipalName', 'displayName', 'userType'],
  group: ['displayName', 'securityEnabled'],
} as const;

/** Computed by the engine from other reads; Graph has no such property. */
export const computedAttributes: ReadonlySet<string> = new Set([
  'IsSoftDeleted',
  'appRoleAssignments',
  'originalUserPrincipalName',
  'memberOf',
]);

/** Directory extensions carry their application's id in the name; only the tenant knows which exist. */
export const isDirectoryExtension = (name: string): boolean => /^extension_[0-9a-fA-F]{32}_\w+$/.test(name);
