import type { AppRole, Attributes, AttributeValue } from '../expressions/attributes.js';
import { createEvaluationContext } from '../expressions/createEvaluationContext.js';
import type { EvaluationContext } from '../expressions/evaluation.js';
import { type FoundObjectMapping, findObjectMapping, type SchemaObjectType } from '../schema/objectMappings.js';
import { computeSchemaVersion } from '../schema/schemaVersion.js';
import type { ObjectMapping, SynchronizationSchema } from '../schema/synchronizationSchema.js';
import { orderAppRoles, toZoomLicence, zoomLicences } from './appRoles.js';
import { type CompiledAttribute, compileAttributeMapping } from './compileAttributeMapping.js';
import type { CompiledMapping, MappedObject, ReferenceMapping } from './compiled.js';
import { type CompiledFilter, compileScopeFilter } from './filters/scopeFilter.js';
import { findDifferences } from './findDifferences.js';
import { flowOver, type MappingRun, mapForCreate, mapForUpdate, mapPlainly } from './mapAttributes.js';
import { readTargetValue } from './readTargetValue.js';
import { resolveTargetAttribute } from './targetAttribute.js';

export interface CompileOptions {
  /** What expressions take from around them; the time, cryptographic random numbers and ids where it is left out. */
  readonly createContext?: (nowMs: number) => EvaluationContext;
  /** Licences in any spelling, or role names, the one that counts first; what it does not name comes after, by name. */
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

const readPrecedence = ({ rolePrecedence = [] }: CompileOptions): readonly string[] =>
  rolePrecedence.length === 0 ? zoomLicences : rolePrecedence.map((name) => toZoomLicence(name) ?? name);

/** Another precedence gives the same schema another meaning, which is then computed anew for everybody. */
const versionUnder = (schemaVersion: string, precedence: readonly string[]): string =>
  precedence === zoomLicences ? schemaVersion : `${schemaVersion}.${precedence.join(',')}`;

const compileAttributes = ({ mapping, path, targetObject }: FoundObjectMapping): readonly CompiledAttribute[] =>
  (mapping.attributeMappings ?? []).map((attribute, index) =>
    compileAttributeMapping(attribute, `${path}.attributeMappings[${index}]`, targetObject),
  );

const readActions = ({ flowTypes }: ObjectMapping): CompiledMapping['actions'] => {
  const tokens = new Set((flowTypes ?? 'Add, Update, Delete').split(',').map((token) => token.trim().toLowerCase()));
  return { add: tokens.has('add'), update: tokens.has('update'), delete: tokens.has('delete') };
};

const findReferences = (attributes: readonly CompiledAttribute[]): readonly ReferenceMapping[] =>
  attributes.flatMap(({ target, reference }) => (reference === null ? [] : [{ path: target.path, source: reference }]));

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

/** The object mapping's parts, compiled; what a `CompiledMapping` says and does follows from them. */
interface MappingParts {
  readonly schemaVersion: string;
  readonly found: FoundObjectMapping;
  readonly attributes: readonly CompiledAttribute[];
  /** Those with a source: the others only fill an empty target. */
  readonly sourced: readonly CompiledAttribute[];
  readonly matching: readonly CompiledAttribute[];
  readonly filter: CompiledFilter;
  readonly inputFilter: CompiledFilter;
  readonly sourceAttributes: ReadonlySet<string>;
}

const compileParts = (schema: SynchronizationSchema, found: FoundObjectMapping): MappingParts => {
  const { scope } = found.mapping;
  const attributes = compileAttributes(found);
  const sourced = attributes.filter(({ hasSource }) => hasSource);
  const matching = sourced
    .filter(({ matchingPriority }) => matchingPriority > 0)
    .sort((left, right) => left.matchingPriority - right.matchingPriority);
  const filter = compileScopeFilter(scope?.groups, `${found.path}.scope.groups`);
  const inputFilter = compileScopeFilter(scope?.inputFilterGroups, `${found.path}.scope.inputFilterGroups`);
  const read = [attributes.map(({ source }) => source.attributes), filter.attributes, inputFilter.attributes].flat(2);
  const sourceAttributes = new Set(read.sort());
  const schemaVersion = computeSchemaVersion(schema);
  return { schemaVersion, found, attributes, sourced, matching, filter, inputFilter, sourceAttributes };
};

const pathsOf = (attributes: readonly CompiledAttribute[]): readonly string[] =>
  attributes.map(({ target }) => target.path);

const describeParts = (parts: MappingParts) => ({
  ...describeAttributes(parts),
  filterAttributes: [...new Set([...parts.filter.attributes, ...parts.inputFilter.attributes])],
  filterGroups: [...new Set([...parts.filter.groupIds, ...parts.inputFilter.groupIds])],
});

const describeAttributes = (parts: MappingParts) => {
  const { schemaVersion, found, attributes, sourced, matching, sourceAttributes } = parts;
  return {
    schemaVersion,
    sourceAttributes: [...sourceAttributes],
    matching: pathsOf(matching).map((path) => ({ path })),
    actions: readActions(found.mapping),
    required: pathsOf(attributes.filter(({ target }) => target.required)),
    mapsActive: sourced.some(isActive),
    references: findReferences(sourced),
    dependsOnCurrent: pathsOf(attributes.filter((attribute) => attribute.dependsOnCurrent)),
    clears: pathsOf(sourced.filter(({ flowsNull }) => flowsNull)),
    unique: pathsOf(sourced.filter(({ source }) => source.isUnique)),
    readBy: Object.fromEntries(sourced.map(({ target, source }) => [target.path, source.attributes])),
    redacted: pathsOf(sourced.filter(({ source }) => source.isRedacted)),
  };
};

type CreateRun = (values: Attributes, nowMs: number) => MappingRun;

const bindMapping = (
  { attributes, matching, sourced }: MappingParts,
  run: CreateRun,
): Pick<CompiledMapping, 'mapForCreate' | 'mapForUpdate' | 'mapMatching' | 'mapRemoved'> => {
  const ofRemoved = sourced.filter(answersForRemoved);
  return {
    mapForCreate: (values, nowMs, isTaken) => mapForCreate(attributes, { ...run(values, nowMs), isTaken }),
    mapForUpdate: (values, current, nowMs) => mapForUpdate(attributes, run(values, nowMs), current),
    mapMatching: (values, nowMs) => mapPlainly(matching, run(values, nowMs)),
    mapRemoved: () => withoutAccess(mapPlainly(ofRemoved, run({ [softDeleted]: true }, 0)), ofRemoved.find(isActive)),
  };
};

const bindTarget = ({
  attributes,
  found,
}: MappingParts): Pick<CompiledMapping, 'findDifferences' | 'flowOver' | 'readTargetPath'> => {
  const byPath = new Map(attributes.map((attribute) => [attribute.target.path, attribute]));
  return {
    findDifferences: (wanted, known) => findDifferences(byPath, wanted, known),
    flowOver: (path, value, current) => {
      const attribute = byPath.get(path);
      return attribute && flowOver(attribute, value, current);
    },
    readTargetPath: (resource, path) => {
      const target = byPath.get(path)?.target ?? resolveTargetAttribute(path, found.targetObject);
      return readTargetValue(resource, target);
    },
  };
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
  const { createContext = createEvaluationContext } = options;
  const rolePrecedence = readPrecedence(options);
  const parts = compileParts(schema, found);
  const readsRoles = parts.sourceAttributes.has('appRoleAssignments');
  const run: CreateRun = (values, nowMs) => ({
    attributes: readsRoles ? orderRoles(values, rolePrecedence) : values,
    context: createContext(nowMs),
  });
  return {
    ...describeParts(parts),
    schemaVersion: versionUnder(parts.schemaVersion, rolePrecedence),
    ...bindMapping(parts, run),
    ...bindTarget(parts),
    evaluateFilters: parts.filter.evaluate,
    evaluateInputFilters: parts.inputFilter.evaluate,
  };
};
