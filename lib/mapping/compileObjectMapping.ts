import type { AppRole, Attributes, AttributeValue } from '../expressions/attributes.js';
import { createEvaluationContext } from '../expressions/createEvaluationContext.js';
import type { EvaluationContext } from '../expressions/evaluation.js';
import { type FoundObjectMapping, findObjectMapping, type SchemaObjectType } from '../schema/objectMappings.js';
import { computeSchemaVersion } from '../schema/schemaVersion.js';
import type { ObjectMapping, SynchronizationSchema } from '../schema/synchronizationSchema.js';
import { orderAppRoles, zoomLicences } from './appRoles.js';
import { type CompiledAttribute, compileAttributeMapping } from './compileAttributeMapping.js';
import type { CompiledMapping, MappedObject, ReferenceMapping } from './compiled.js';
import { compileScopeFilter } from './filters/scopeFilter.js';
import { findDifferences, typeHeldValue } from './findDifferences.js';
import { mapForCreate, mapForUpdate, mapPlainly } from './mapAttributes.js';
import { readScimPath, readScimValues, toTargetPath } from './scimPath.js';
import { resolveTargetAttribute } from './targetAttribute.js';

export interface CompileOptions {
  /** What expressions take from around them; the time, cryptographic random numbers and ids where it is left out. */
  readonly createContext?: (nowMs: number) => EvaluationContext;
  /** Licences or role names, the one that wins first; what it does not name comes after, by name. */
  readonly rolePrecedence?: readonly string[];
}

const softDeleted = 'IsSoftDeleted';

const isRoleList = (value: AttributeValue | undefined): value is readonly AppRole[] =>
  Array.isArray(value) && value.length > 1 && value.every((role) => typeof role === 'object');

/** Whoever takes the first of several roles must not depend on the order in which Graph lists them. */
const orderRoles = (attributes: Attributes, precedence: readonly string[]): Attributes => {
  const roles = attributes.appRoleAssignments;
  return isRoleList(roles) ? { ...attributes, appRoleAssignments: orderAppRoles(roles, precedence) } : attributes;
};

const compileAttributes = ({ mapping, path, targetObject }: FoundObjectMapping): readonly CompiledAttribute[] =>
  (mapping.attributeMappings ?? []).map((attribute, index) =>
    compileAttributeMapping(attribute, `${path}.attributeMappings[${index}]`, targetObject),
  );

const readActions = ({ flowTypes }: ObjectMapping): CompiledMapping['actions'] => {
  const tokens = new Set((flowTypes ?? 'Add, Update, Delete').split(',').map((token) => token.trim().toLowerCase()));
  return { add: tokens.has('add'), update: tokens.has('update'), delete: tokens.has('delete') };
};

const findReferences = (attributes: readonly CompiledAttribute[]): readonly ReferenceMapping[] =>
  attributes.flatMap(({ target, source }) => {
    const [only, ...others] = source.attributes;
    return target.type === 'Reference' && only !== undefined && others.length === 0
      ? [{ path: target.path, source: only }]
      : [];
  });

const isActive = ({ target }: CompiledAttribute): boolean => target.path.toLowerCase() === 'active';

const answersForRemoved = (attribute: CompiledAttribute): boolean => {
  const { attributes } = attribute.source;
  return attributes.includes(softDeleted) && (attributes.length === 1 || isActive(attribute));
};

/** Of `active` no answer means false: the object is removed, and only its id is known. */
const withoutAccess = (mapped: MappedObject, active: CompiledAttribute | undefined): MappedObject => {
  if (active === undefined || mapped.values[active.target.path] !== undefined) return mapped;
  const faults = mapped.faults.filter((fault) => fault.path !== active.target.path);
  return { values: { ...mapped.values, [active.target.path]: false }, faults };
};

/**
 * The mapping in force for users or groups, compiled to closures; null where the schema has none that is enabled.
 * Throws `InvalidMappingError` for a schema that validation would have refused.
 */
export const compileObjectMapping = (
  schema: SynchronizationSchema,
  type: SchemaObjectType,
  options: CompileOptions = {},
): CompiledMapping | null => {
  const found = findObjectMapping(schema, type);
  if (found === null) return null;
  const { rolePrecedence = zoomLicences, createContext = createEvaluationContext } = options;
  const attributes = compileAttributes(found);
  const byPath = new Map(attributes.map((attribute) => [attribute.target.path, attribute]));
  const filter = compileScopeFilter(found.mapping.scope?.groups, `${found.path}.scope.groups`);
  const inputFilter = compileScopeFilter(
    found.mapping.scope?.inputFilterGroups,
    `${found.path}.scope.inputFilterGroups`,
  );
  const read = new Set([
    ...attributes.flatMap(({ source }) => source.attributes),
    ...filter.attributes,
    ...inputFilter.attributes,
  ]);
  const sourced = attributes.filter(({ hasSource }) => hasSource);
  const matching = sourced
    .filter(({ matchingPriority }) => matchingPriority > 0)
    .sort((left, right) => left.matchingPriority - right.matchingPriority);
  const ofRemoved = sourced.filter(answersForRemoved);
  const pathsOf = (some: readonly CompiledAttribute[]): readonly string[] => some.map(({ target }) => target.path);
  const run = (values: Attributes, nowMs: number) => ({
    attributes: read.has('appRoleAssignments') ? orderRoles(values, rolePrecedence) : values,
    context: createContext(nowMs),
  });
  const targetOf = (path: string) => byPath.get(path)?.target ?? resolveTargetAttribute(path, found.targetObject);
  return {
    schemaVersion: computeSchemaVersion(schema),
    sourceAttributes: [...read].sort(),
    matching: pathsOf(matching).map((path) => ({ path })),
    actions: readActions(found.mapping),
    required: pathsOf(attributes.filter(({ target }) => target.required)),
    mapsActive: sourced.some(isActive),
    references: findReferences(sourced),
    dependsOnCurrent: pathsOf(attributes.filter((attribute) => attribute.dependsOnCurrent)),
    unique: pathsOf(sourced.filter(({ source }) => source.isUnique)),
    redacted: pathsOf(sourced.filter(({ source }) => source.isRedacted)),
    evaluateFilters: filter.evaluate,
    evaluateInputFilters: inputFilter.evaluate,
    mapForCreate: (values, nowMs, isTaken) => mapForCreate(attributes, { ...run(values, nowMs), isTaken }),
    mapForUpdate: (values, current, nowMs) => mapForUpdate(attributes, run(values, nowMs), current),
    mapMatching: (values, nowMs) => mapPlainly(matching, run(values, nowMs)),
    mapRemoved: () => withoutAccess(mapPlainly(ofRemoved, run({ [softDeleted]: true }, 0)), ofRemoved.find(isActive)),
    findDifferences: (wanted, known) => findDifferences(byPath, wanted, known),
    readTargetPath: (resource, path) => {
      const target = targetOf(path);
      const parsed = toTargetPath(path);
      const held = target.multivalued ? readScimValues(resource, parsed).flat() : readScimPath(resource, parsed);
      if (held === undefined || (Array.isArray(held) && held.length === 0)) return undefined;
      return typeHeldValue(held, target);
    },
  };
};
