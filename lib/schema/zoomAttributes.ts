import { defineAttribute } from './attributeTable.js';
import type { AttributeDefinition } from './synchronizationSchema.js';

export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** Zoom's extension with the login types; seen in lists and sent on create. */
export const zoomUserUrn = 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser';
/** Zoom's extension with licences and profile extras; keys are added several times a year. */
export const zoomProfileUrn = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User';
export const zoomGroupUrn = 'urn:ietf:params:scim:schemas:extension:zoom:2.0:Group';

const exact = { caseExact: true };
const phoneTypes = ['work', 'mobile', 'office', 'home', 'fax'];

const profileFlags = [
  'clinicalNotes',
  'deepfakeRiskDetection',
  'visitorManagement',
  'wvHqAgent',
  'zoomAdvancedDataProtection',
  'zoomAutoDialer',
  'zoomClipsPlus',
  'zoomComplianceManagement',
  'zoomCustomerManagedKey',
  'zoomDocs',
  'zoomEnhancedMedia',
  'zoomHuddles',
  'zoomIQ',
  'zoomMailAndCalendar',
  'zoomQualityManagement',
  'zoomRevenueAccelerator',
  'zoomScheduler',
  'zoomTranslatedCaptions',
  'zoomWhiteboard',
  'zoomWhiteboardPlus',
  'zoomWorkforceManagement',
];

const profileTexts = [
  'eduStandardStudent',
  'personalLinkName',
  'pronouns',
  'zoomContactCenterAddonsPlan',
  'zoomContactCenterPackage',
  'zoomContactCenterRegion',
  'zoomContactCenterRole',
  'zoomContactCenterUserTemplate',
  'zoomOneBizPlus',
  'zoomOneEdu',
  'zoomOneEduEntPremier',
  'zoomOneEntPremier',
  'zoomOneSchoolCampusPlus',
  'zoomUnited',
];

/** Written, and never answered by Zoom. */
const phoneTexts = ['zoomPhoneCallingPlan', 'zoomPhoneExtNumber', 'zoomPhoneNumber', 'zoomPhoneSite'];

/** Target attributes of a Zoom user. Comparing names takes case for a difference: people correct how theirs is spelt. */
export const zoomUserAttributes: readonly AttributeDefinition[] = [
  defineAttribute('id', 'String', { anchor: true, caseExact: true, mutability: 'ReadOnly' }),
  defineAttribute('userName', 'String', { required: true }),
  defineAttribute('active', 'Boolean'),
  defineAttribute('displayName', 'String', exact),
  defineAttribute('name.givenName', 'String', exact),
  defineAttribute('name.familyName', 'String', exact),
  defineAttribute('emails[type eq "work"].value'),
  defineAttribute('userType'),
  defineAttribute('title', 'String', exact),
  defineAttribute('locale'),
  ...phoneTypes.map((type) => defineAttribute(`phoneNumbers[type eq "${type}"].value`)),
  defineAttribute('roles', 'String', { multivalued: true }),
  defineAttribute('roles[primary eq "True"].value'),
  defineAttribute('roles[primary eq "True"].display'),
  defineAttribute('groups', 'Reference', { multivalued: true, mutability: 'ReadOnly' }),
  ...['department', 'organization', 'costCenter'].map((name) =>
    defineAttribute(`${enterpriseUrn}:${name}`, 'String', exact),
  ),
  defineAttribute(`${enterpriseUrn}:manager`, 'Reference', {
    referencedObjects: [{ referencedObjectName: 'User', referencedProperty: null }],
  }),
  defineAttribute(`${zoomUserUrn}:loginType.sso`, 'Boolean', { mutability: 'Immutable' }),
  defineAttribute(`${zoomUserUrn}:loginType.workEmail`, 'Boolean', { mutability: 'Immutable' }),
  ...profileFlags.map((name) => defineAttribute(`${zoomProfileUrn}:${name}`, 'Boolean')),
  ...profileTexts.map((name) => defineAttribute(`${zoomProfileUrn}:${name}`)),
  ...phoneTexts.map((name) => defineAttribute(`${zoomProfileUrn}:${name}`, 'String', { mutability: 'WriteOnly' })),
];

/** Target attributes of a Zoom group. */
export const zoomGroupAttributes: readonly AttributeDefinition[] = [
  defineAttribute('id', 'String', { anchor: true, caseExact: true, mutability: 'ReadOnly' }),
  defineAttribute('displayName', 'String', { caseExact: true, required: true }),
  defineAttribute('members', 'Reference', {
    multivalued: true,
    referencedObjects: [{ referencedObjectName: 'User', referencedProperty: null }],
  }),
  defineAttribute(`${zoomGroupUrn}:emailAlias`),
];

/** Attributes that Zoom can find an object by (its SCIM filters know no others). */
export const filterableZoomAttributes: Readonly<Record<'user' | 'group', readonly string[]>> = {
  user: ['userName'],
  group: ['displayName'],
};
