import { entraGroupAttributes, entraUserAttributes, isDirectoryExtension } from './entraAttributes.js';
import type { FoundObjectMapping, SchemaObjectType } from './objectMappings.js';
import type { AttributeDefinition } from './synchronizationSchema.js';
import type { TargetPath } from './targetPath.js';
import { zoomGroupAttributes, zoomUserAttributes } from './zoomAttributes.js';

const singleNames = [
  'active',
  'displayName',
  'externalId',
  'locale',
  'nickName',
  'preferredLanguage',
  'profileUrl',
  'timezone',
  'title',
  'userName',
  'userType',
];
const nameParts = ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'];
const addressParts = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country', 'type', 'primary'];
const valueParts = ['value', 'display', 'type', 'primary', '$ref'];
const lists = [
  'emails',
  'phoneNumbers',
  'ims',
  'photos',
  'groups',
  'entitlements',
  'roles',
  'x509Certificates',
  'members',
];

/** Attributes of SCIM's core schema (RFC 7643 4.1 and 4.2), selectors left out. */
const coreNames: readonly string[] = [
  ...singleNames,
  ...['name', ...nameParts.map((part) => `name.${part}`)],
  ...['addresses', ...addressParts.map((part) => `addresses.${part}`)],
  ...lists.flatMap((list) => [list, ...valueParts.map((part) => `${list}.${part}`)]),
];

const normalizePath = (path: TargetPath): string =>
  `${path.urn === null ? '' : `${path.urn}:`}${path.steps.map((step) => step.name).join('.')}`.toLowerCase();

/** What is known of the names on both sides of one object mapping. */
export interface KnownAttributes {
  /** Source attributes that the schema's directory or Entra has. */
  readonly source: ReadonlyMap<string, AttributeDefinition>;
  /** Whether this app can read the source attribute: else a mapping from it never has a value. */
  isReadable(name: string): boolean;
  findTarget(path: string): AttributeDefinition | undefined;
  readonly targetNames: readonly string[];
  /** An attribute of SCIM's core schema, whether or not the target is known to have it. */
  isCoreTarget(path: TargetPath): boolean;
}

const entraAttributes: Readonly<Record<SchemaObjectType, readonly AttributeDefinition[]>> = {
  user: entraUserAttributes,
  group: entraGroupAttributes,
};
const zoomAttributes: Readonly<Record<SchemaObjectType, readonly AttributeDefinition[]>> = {
  user: zoomUserAttributes,
  group: zoomGroupAttributes,
};

/** The schema's own definitions come first; what its directories leave out is known from Entra and Zoom. */
export const collectKnownAttributes = (found: FoundObjectMapping, type: SchemaObjectType): KnownAttributes => {
  const ofEntra = new Map(entraAttributes[type].map((definition) => [definition.name, definition]));
  const ofSchema = found.sourceObject?.attributes ?? [];
  const targets = [...zoomAttributes[type], ...(found.targetObject?.attributes ?? [])];
  const targetByName = new Map(targets.map((definition) => [definition.name.toLowerCase(), definition]));
  const cores = new Set(coreNames.map((name) => name.toLowerCase()));
  return {
    source: new Map([...ofEntra, ...ofSchema.map((definition) => [definition.name, definition] as const)]),
    isReadable: (name) => ofEntra.has(name) || isDirectoryExtension(name),
    findTarget: (path) => targetByName.get(path.toLowerCase()),
    targetNames: [...targets.map(({ name }) => name), ...coreNames],
    isCoreTarget: (path) => cores.has(normalizePath(path)),
  };
};
