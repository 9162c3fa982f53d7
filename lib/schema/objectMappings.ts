import type {
  DirectoryDefinition,
  ObjectDefinition,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from './synchronizationSchema.js';

export type SchemaObjectType = 'user' | 'group';

/** SCIM exports name their target objects by schema URN, others plainly. */
export const objectNames: Readonly<Record<SchemaObjectType, readonly string[]>> = {
  user: [
    'User',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    'urn:ietf:params:scim:schemas:core:2.0:User',
  ],
  group: ['Group', 'urn:ietf:params:scim:schemas:core:2.0:Group'],
};

/** What an object name of a schema stands for, whichever way it is written; null for a name that is neither. */
export const toObjectType = (name: string): SchemaObjectType | null => {
  const lower = name.toLowerCase();
  const isNamed = (type: SchemaObjectType) => objectNames[type].some((one) => one.toLowerCase() === lower);
  if (isNamed('user')) return 'user';
  return isNamed('group') ? 'group' : null;
};

/** An object mapping with where it stands and the definitions that it refers to. */
export interface FoundObjectMapping {
  readonly mapping: ObjectMapping;
  readonly rule: SynchronizationRule;
  readonly path: string;
  readonly sourceObject: ObjectDefinition | null;
  readonly targetObject: ObjectDefinition | null;
}

const findDirectory = (schema: SynchronizationSchema, name: string | null | undefined): DirectoryDefinition | null =>
  schema.directories?.find((directory) => directory.name === name) ?? null;

const findObject = (directory: DirectoryDefinition | null, name: string): ObjectDefinition | null => {
  const objects = directory?.objects ?? [];
  const exact = objects.find((object) => object.name === name);
  if (exact !== undefined) return exact;
  const type = toObjectType(name);
  return objects.find((object) => type !== null && toObjectType(object.name) === type) ?? null;
};

/** Every object mapping of the schema in document order. */
export const listObjectMappings = (schema: SynchronizationSchema): readonly FoundObjectMapping[] =>
  schema.synchronizationRules.flatMap((rule, ruleIndex) => {
    const source = findDirectory(schema, rule.sourceDirectoryName);
    const target = findDirectory(schema, rule.targetDirectoryName);
    return (rule.objectMappings ?? []).map((mapping, index) => ({
      mapping,
      rule,
      path: `synchronizationRules[${ruleIndex}].objectMappings[${index}]`,
      sourceObject: findObject(source, mapping.sourceObjectName),
      targetObject: findObject(target, mapping.targetObjectName),
    }));
  });

const entraDirectoryNames = new Set(['Azure Active Directory', 'Microsoft Entra ID']);

/** Rules that write into Entra are another job's: this one only reads there. */
export const isOutbound = (rule: SynchronizationRule): boolean =>
  !entraDirectoryNames.has(rule.targetDirectoryName ?? '');

/**
 * The mapping in force for users or groups: the first that is enabled, rules with the lower priority number first.
 * Null where there is none.
 */
export const findObjectMapping = (schema: SynchronizationSchema, type: SchemaObjectType): FoundObjectMapping | null => {
  const enabled = listObjectMappings(schema).filter(
    ({ mapping, rule }) =>
      mapping.enabled !== false && isOutbound(rule) && toObjectType(mapping.sourceObjectName) === type,
  );
  const [first] = enabled.sort((left, right) => (left.rule.priority ?? 0) - (right.rule.priority ?? 0));
  return first ?? null;
};
