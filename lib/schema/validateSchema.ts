import { findNearestName } from '../expressions/nearestName.js';
import { createFindings, errorsOnly, type Findings, type SchemaFinding } from './finding.js';
import {
  type FoundObjectMapping,
  findObjectMapping,
  isOutbound,
  listObjectMappings,
  objectNames,
  type SchemaObjectType,
  toObjectType,
} from './objectMappings.js';
import { reportShape } from './shapeFindings.js';
import {
  isSynchronizationSchema,
  type SynchronizationSchema,
  synchronizationSchemaShape,
} from './synchronizationSchema.js';
import { validateObjectMapping } from './validateObjectMapping.js';

export type SchemaValidation =
  | { readonly kind: 'valid'; readonly schema: SynchronizationSchema; readonly warnings: readonly SchemaFinding[] }
  | {
      readonly kind: 'invalid';
      readonly errors: readonly SchemaFinding[];
      readonly warnings: readonly SchemaFinding[];
    };

const validNames = [...objectNames.user, ...objectNames.group];

const reportObjectNames = ({ mapping, path }: FoundObjectMapping, findings: Findings): SchemaObjectType | null => {
  const source = toObjectType(mapping.sourceObjectName);
  const target = toObjectType(mapping.targetObjectName);
  const reportUnknown = (member: string, name: string) =>
    findings.error(`${path}.${member}`, 'UnknownObject', `There is no object "${name}"`, {
      expected: `one of ${validNames.join(', ')}`,
      nearest: findNearestName(name, validNames),
    });
  if (source === null) reportUnknown('sourceObjectName', mapping.sourceObjectName);
  if (target === null) reportUnknown('targetObjectName', mapping.targetObjectName);
  if (source === null || target === null) return null;
  if (source === target) return source;
  findings.error(`${path}.targetObjectName`, 'ObjectMismatch', `A ${source} cannot be provisioned as a ${target}`);
  return null;
};

const reportDirectories = (schema: SynchronizationSchema, findings: Findings): void => {
  const names = (schema.directories ?? []).map(({ name }) => name);
  if (names.length === 0) return;
  schema.synchronizationRules.forEach((rule, index) => {
    for (const member of ['sourceDirectoryName', 'targetDirectoryName'] as const) {
      const name = rule[member];
      if (name === null || name === undefined || names.includes(name)) continue;
      findings.error(
        `synchronizationRules[${index}].${member}`,
        'UnknownDirectory',
        `There is no directory "${name}"`,
        {
          expected: `one of ${names.join(', ')}`,
          nearest: findNearestName(name, names),
        },
      );
    }
  });
};

const reportInForce = (schema: SynchronizationSchema, findings: Findings): void => {
  if (findObjectMapping(schema, 'user') === null) {
    findings.error('synchronizationRules', 'NoUserMapping', 'No enabled object mapping is for users', {
      expected: 'an objectMapping with sourceObjectName "User" and enabled true',
    });
  }
  for (const type of ['user', 'group'] as const) {
    const inForce = findObjectMapping(schema, type);
    const enabled = listObjectMappings(schema).filter(
      ({ mapping }) => mapping.enabled !== false && toObjectType(mapping.sourceObjectName) === type,
    );
    for (const { path } of enabled.filter((found) => found.path !== inForce?.path)) {
      findings.warn(path, 'NotInForce', `Only one mapping for ${type}s is in force: ${inForce?.path ?? 'none'}`);
    }
  }
};

const validateContent = (schema: SynchronizationSchema, findings: Findings): void => {
  reportDirectories(schema, findings);
  for (const found of listObjectMappings(schema).filter(({ rule }) => isOutbound(rule))) {
    const type = reportObjectNames(found, findings);
    const counted = found.mapping.enabled === false ? errorsOnly(findings) : findings;
    if (type !== null) validateObjectMapping(found, type, counted);
  }
  reportInForce(schema, findings);
};

/**
 * Checks a schema document in full before it is put in force: every error and every warning with its JSON path, and
 * the position inside an expression, path or pattern. A valid schema is the object that was given, nothing left out.
 */
export const validateSchema = (json: unknown): SchemaValidation => {
  const findings = createFindings();
  if (isSynchronizationSchema(json)) {
    validateContent(json, findings);
    if (findings.errors.length === 0) return { kind: 'valid', schema: json, warnings: findings.warnings };
  } else {
    reportShape(json, synchronizationSchemaShape.safeParse(json).error?.issues ?? [], findings);
  }
  return { kind: 'invalid', errors: findings.errors, warnings: findings.warnings };
};
