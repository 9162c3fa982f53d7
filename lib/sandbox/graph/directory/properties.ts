import type { JsonObject, JsonValue } from '../../../mapping/json.js';

/** What a property holds, as Graph's metadata types it. */
export interface PropertyKinds {
  String: string;
  Boolean: boolean;
  DateTimeOffset: string;
  Guid: string;
  Strings: readonly string[];
  Object: JsonObject;
  Objects: readonly JsonObject[];
  ExtensionAttributes: JsonObject;
}
export type PropertyKind = keyof PropertyKinds;
export type PropertyTable = Readonly<Record<string, PropertyKind>>;

/** Values by property name; absent: never set; null: cleared. */
export type Properties = Readonly<Record<string, JsonValue>>;
/** Collections are never null: a cleared one is empty. */
export type PropertiesOf<Table extends PropertyTable> = {
  readonly [Name in keyof Table]?: Table[Name] extends 'Strings' | 'Objects'
    ? PropertyKinds[Table[Name]]
    : PropertyKinds[Table[Name]] | null;
};

export const userProperties = {
  accountEnabled: 'Boolean',
  ageGroup: 'String',
  assignedLicenses: 'Objects',
  businessPhones: 'Strings',
  city: 'String',
  companyName: 'String',
  country: 'String',
  createdDateTime: 'DateTimeOffset',
  creationType: 'String',
  department: 'String',
  displayName: 'String',
  employeeHireDate: 'DateTimeOffset',
  employeeId: 'String',
  employeeLeaveDateTime: 'DateTimeOffset',
  employeeOrgData: 'Object',
  employeeType: 'String',
  externalUserState: 'String',
  faxNumber: 'String',
  givenName: 'String',
  identities: 'Objects',
  imAddresses: 'Strings',
  isResourceAccount: 'Boolean',
  jobTitle: 'String',
  legalAgeGroupClassification: 'String',
  mail: 'String',
  mailNickname: 'String',
  mobilePhone: 'String',
  officeLocation: 'String',
  onPremisesDistinguishedName: 'String',
  onPremisesExtensionAttributes: 'ExtensionAttributes',
  onPremisesImmutableId: 'String',
  onPremisesSamAccountName: 'String',
  onPremisesSecurityIdentifier: 'String',
  onPremisesSyncEnabled: 'Boolean',
  onPremisesUserPrincipalName: 'String',
  otherMails: 'Strings',
  postalCode: 'String',
  preferredDataLocation: 'String',
  preferredLanguage: 'String',
  proxyAddresses: 'Strings',
  securityIdentifier: 'String',
  signInSessionsValidFromDateTime: 'DateTimeOffset',
  state: 'String',
  streetAddress: 'String',
  surname: 'String',
  usageLocation: 'String',
  userPrincipalName: 'String',
  userType: 'String',
} as const satisfies PropertyTable;

export const groupProperties = {
  createdDateTime: 'DateTimeOffset',
  description: 'String',
  displayName: 'String',
  groupTypes: 'Strings',
  isAssignableToRole: 'Boolean',
  mail: 'String',
  mailEnabled: 'Boolean',
  mailNickname: 'String',
  membershipRule: 'String',
  onPremisesSecurityIdentifier: 'String',
  onPremisesSyncEnabled: 'Boolean',
  proxyAddresses: 'Strings',
  securityEnabled: 'Boolean',
  securityIdentifier: 'String',
  uniqueName: 'String',
  visibility: 'String',
} as const satisfies PropertyTable;

export const servicePrincipalProperties = {
  accountEnabled: 'Boolean',
  appDisplayName: 'String',
  appId: 'String',
  appRoleAssignmentRequired: 'Boolean',
  appRoles: 'Objects',
  displayName: 'String',
  servicePrincipalType: 'String',
  tags: 'Strings',
} as const satisfies PropertyTable;

export const appRoleAssignmentProperties = {
  appRoleId: 'Guid',
  createdDateTime: 'DateTimeOffset',
  principalDisplayName: 'String',
  principalId: 'Guid',
  principalType: 'String',
  resourceDisplayName: 'String',
  resourceId: 'Guid',
} as const satisfies PropertyTable;

export type UserProperties = PropertiesOf<typeof userProperties>;
export type GroupProperties = PropertiesOf<typeof groupProperties>;
export type ServicePrincipalProperties = PropertiesOf<typeof servicePrincipalProperties>;

/** What `GET /users` and `GET /users/{id}` return without `$select` (Graph, list users). */
export const defaultUserProperties: readonly string[] = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
];

/** Properties of a user that live in SharePoint or Exchange, so that no collection and no delta query has them. */
export const foreignUserProperties: ReadonlySet<string> = new Set([
  'aboutMe',
  'birthday',
  'hireDate',
  'interests',
  'mailboxSettings',
  'mySite',
  'pastProjects',
  'preferredName',
  'responsibilities',
  'schools',
  'skills',
]);
