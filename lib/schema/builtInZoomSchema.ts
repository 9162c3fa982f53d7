import { entraGroupAttributes, entraUserAttributes } from './entraAttributes.js';
import type {
  AttributeDefinition,
  AttributeMapping,
  AttributeMappingSource,
  DirectoryDefinition,
  ObjectDefinition,
  ObjectMapping,
  SynchronizationSchema,
} from './synchronizationSchema.js';
import { enterpriseUrn, zoomGroupAttributes, zoomUserAttributes, zoomUserUrn } from './zoomAttributes.js';

const sourceDirectory = 'Azure Active Directory';
const targetDirectory = 'Zoom';

const attribute = (name: string): AttributeMappingSource => ({
  expression: `[${name}]`,
  name,
  parameters: [],
  type: 'Attribute',
});

const constant = (text: string): AttributeMappingSource => ({
  expression: JSON.stringify(text),
  name: text,
  parameters: [],
  type: 'Constant',
});

const parameter = (key: string, value: AttributeMappingSource) => ({ key, value });

const call = (
  name: string,
  expression: string,
  parameters: readonly { key: string; value: AttributeMappingSource }[],
): AttributeMappingSource => ({ expression, name, parameters: [...parameters], type: 'Function' });

const map = (
  targetAttributeName: string,
  source: AttributeMappingSource,
  traits: Partial<Pick<AttributeMapping, 'flowType' | 'matchingPriority'>> = {},
): AttributeMapping => ({
  defaultValue: null,
  exportMissingReferences: false,
  flowBehavior: 'FlowWhenChanged',
  flowType: 'Always',
  matchingPriority: 0,
  source,
  targetAttributeName,
  ...traits,
});

const activeSource = call('Switch', 'Switch([IsSoftDeleted], , "False", "True", "True", "False")', [
  parameter('source', attribute('IsSoftDeleted')),
  ...['False', 'True', 'True', 'False'].map((text) => parameter('switchValue', constant(text))),
]);

const emailSource = call('Coalesce', 'Coalesce([mail], [userPrincipalName])', [
  parameter('source', attribute('mail')),
  parameter('source', attribute('userPrincipalName')),
]);

const userTypeSource = call('SingleAppRoleAssignment', 'SingleAppRoleAssignment([appRoleAssignments])', [
  parameter('source', attribute('appRoleAssignments')),
]);

/** Login types are fixed when the account is made: single sign-on, without which it would not be readable at once. */
const userMappings: readonly AttributeMapping[] = [
  map('userName', attribute('userPrincipalName'), { matchingPriority: 1 }),
  map('active', activeSource),
  map('displayName', attribute('displayName')),
  map('name.givenName', attribute('givenName')),
  map('name.familyName', attribute('surname')),
  map('emails[type eq "work"].value', emailSource),
  map(`${enterpriseUrn}:department`, attribute('department')),
  map('userType', userTypeSource),
  map(`${zoomUserUrn}:loginType.sso`, constant('True'), { flowType: 'ObjectAddOnly' }),
  map(`${zoomUserUrn}:loginType.workEmail`, constant('False'), { flowType: 'ObjectAddOnly' }),
];

const groupMappings: readonly AttributeMapping[] = [
  map('displayName', attribute('displayName'), { matchingPriority: 1 }),
  map('members', attribute('members')),
];

const objectMapping = (
  objectName: 'User' | 'Group',
  enabled: boolean,
  attributeMappings: readonly AttributeMapping[],
): ObjectMapping => ({
  attributeMappings: [...attributeMappings],
  enabled,
  flowTypes: 'Add, Update',
  metadata: [{ key: 'IsCustomerDefined', value: 'false' }],
  name: `Provision ${sourceDirectory} ${objectName}s`,
  scope: null,
  sourceObjectName: objectName,
  targetObjectName: objectName,
});

const objectDefinition = (name: string, attributes: readonly AttributeDefinition[]): ObjectDefinition => ({
  attributes: [...attributes],
  metadata: [],
  name,
  supportedApis: [],
});

const directory = (id: string, name: string, objects: readonly ObjectDefinition[]): DirectoryDefinition => ({
  discoverabilities: 'None',
  discoveryDateTime: null,
  id,
  name,
  objects: [...objects],
  readOnly: false,
  version: '1',
});

/**
 * The schema of a job whose administrator gave none: Microsoft's Zoom connector with `displayName`, `userType` from
 * the app role and the login types beside it. The group mapping is there and off. Nothing is ever deleted by it.
 */
export const builtInZoomSchema: SynchronizationSchema = {
  id: 'zoom',
  version: '1',
  directories: [
    directory('a0000000-0000-4000-8000-000000000001', sourceDirectory, [
      objectDefinition('User', entraUserAttributes),
      objectDefinition('Group', entraGroupAttributes),
    ]),
    directory('a0000000-0000-4000-8000-000000000002', targetDirectory, [
      objectDefinition('User', zoomUserAttributes),
      objectDefinition('Group', zoomGroupAttributes),
    ]),
  ],
  synchronizationRules: [
    {
      editable: true,
      id: 'a0000000-0000-4000-8000-000000000003',
      metadata: [],
      name: 'USER_OUTBOUND_USER',
      objectMappings: [objectMapping('User', true, userMappings), objectMapping('Group', false, groupMappings)],
      priority: 1,
      sourceDirectoryName: sourceDirectory,
      targetDirectoryName: targetDirectory,
    },
  ],
};
