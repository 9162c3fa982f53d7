import { z } from 'zod';

/**
 * The shapes of Microsoft Graph's `synchronizationSchema` as its metadata has them. Every object is loose: a member
 * that is not named here is somebody's, and stays.
 */
const text = z.string().nullish();
const flag = z.boolean().nullish();

export const attributeTypes = ['String', 'Integer', 'Reference', 'Binary', 'Boolean', 'DateTime'] as const;
export const mutabilities = ['ReadWrite', 'ReadOnly', 'Immutable', 'WriteOnly'] as const;
export const sourceTypes = ['Attribute', 'Constant', 'Function'] as const;
export const attributeFlowTypes = [
  'Always',
  'ObjectAddOnly',
  'MultiValueAddOnly',
  'ValueAddOnly',
  'AttributeAddOnly',
] as const;
export const attributeFlowBehaviors = ['FlowWhenChanged', 'FlowAlways'] as const;
export const objectFlowTypes = ['None', 'Add', 'Update', 'Delete'] as const;

const keyValuePairs = z.array(z.looseObject({ key: text, value: text })).nullish();

const attributeDefinition = z.looseObject({
  name: z.string(),
  type: z.enum(attributeTypes).nullish(),
  anchor: flag,
  caseExact: flag,
  flowNullValues: flag,
  multivalued: flag,
  mutability: z.enum(mutabilities).nullish(),
  required: flag,
  defaultValue: text,
  apiExpressions: keyValuePairs,
  metadata: keyValuePairs,
  referencedObjects: z.array(z.looseObject({ referencedObjectName: text, referencedProperty: text })).nullish(),
});

const objectDefinition = z.looseObject({
  name: z.string(),
  attributes: z.array(attributeDefinition).nullish(),
  metadata: keyValuePairs,
  supportedApis: z.array(z.string()).nullish(),
});

const directoryDefinition = z.looseObject({
  id: text,
  name: z.string(),
  objects: z.array(objectDefinition).nullish(),
  readOnly: flag,
  version: text,
  discoveryDateTime: text,
  discoverabilities: text,
});

const attributeMappingSource = z.looseObject({
  type: z.enum(sourceTypes),
  name: text,
  expression: text,
  get parameters() {
    return z.array(z.looseObject({ key: text, value: attributeMappingSource.nullish() })).nullish();
  },
});

const attributeMapping = z.looseObject({
  targetAttributeName: z.string(),
  source: attributeMappingSource.nullish(),
  defaultValue: text,
  exportMissingReferences: flag,
  flowBehavior: z.enum(attributeFlowBehaviors).nullish(),
  flowType: z.enum(attributeFlowTypes).nullish(),
  matchingPriority: z.int().min(0).nullish(),
  /** Ours: a null result on update clears the target's value. */
  flowNullValues: flag,
});

const filterClause = z.looseObject({
  operatorName: z.string(),
  sourceOperandName: z.string(),
  targetOperand: z.looseObject({ values: z.array(z.string()).nullish() }).nullish(),
});

const filterGroup = z.looseObject({ name: text, clauses: z.array(filterClause).nullish() });

const scopeFilter = z.looseObject({
  groups: z.array(filterGroup).nullish(),
  inputFilterGroups: z.array(filterGroup).nullish(),
  categoryFilterGroups: z.array(filterGroup).nullish(),
});

const objectMapping = z.looseObject({
  name: text,
  enabled: flag,
  /** Comma-separated: `Add, Update, Delete`. */
  flowTypes: text,
  sourceObjectName: z.string(),
  targetObjectName: z.string(),
  attributeMappings: z.array(attributeMapping).nullish(),
  scope: scopeFilter.nullish(),
  metadata: keyValuePairs,
});

const synchronizationRule = z.looseObject({
  id: text,
  name: text,
  priority: z.int().nullish(),
  editable: flag,
  sourceDirectoryName: text,
  targetDirectoryName: text,
  objectMappings: z.array(objectMapping).nullish(),
  metadata: keyValuePairs,
});

export const synchronizationSchemaShape = z.looseObject({
  id: text,
  version: text,
  directories: z.array(directoryDefinition).nullish(),
  synchronizationRules: z.array(synchronizationRule),
});

export type SynchronizationSchema = z.infer<typeof synchronizationSchemaShape>;
export type DirectoryDefinition = z.infer<typeof directoryDefinition>;
export type ObjectDefinition = z.infer<typeof objectDefinition>;
export type AttributeDefinition = z.infer<typeof attributeDefinition>;
export type SynchronizationRule = z.infer<typeof synchronizationRule>;
export type ObjectMapping = z.infer<typeof objectMapping>;
export type AttributeMapping = z.infer<typeof attributeMapping>;
export type AttributeMappingSource = z.infer<typeof attributeMappingSource>;
export type FilterGroup = z.infer<typeof filterGroup>;
export type FilterClause = z.infer<typeof filterClause>;
export type ScopeFilter = z.infer<typeof scopeFilter>;
export type AttributeType = (typeof attributeTypes)[number];
export type AttributeFlowType = (typeof attributeFlowTypes)[number];

/** Whether `json` has the schema's shape. The object itself is the schema, members in their order and all kept. */
export const isSynchronizationSchema = (json: unknown): json is SynchronizationSchema =>
  synchronizationSchemaShape.safeParse(json).success;
