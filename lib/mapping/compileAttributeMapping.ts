import { entraGroupAttributes, entraUserAttributes } from '../schema/entraAttributes.js';
import { readMappingSource } from '../schema/mappingSource.js';
import type { AttributeFlowType, AttributeMapping, ObjectDefinition } from '../schema/synchronizationSchema.js';
import { toZoomLicence } from './appRoles.js';
import { dependsOnCurrent } from './attributeFlow.js';
import type { CompiledSource, SourceOutcome } from './compiledSource.js';
import { compileSource } from './compileSource.js';
import { InvalidMappingError } from './invalidMappingError.js';
import type { JsonValue } from './json.js';
import { resolveTargetAttribute, type TargetAttribute } from './targetAttribute.js';
import { convertToTarget } from './targetValue.js';

/** One attribute mapping, ready to be evaluated. */
export interface CompiledAttribute {
  readonly target: TargetAttribute;
  readonly source: CompiledSource;
  readonly flowType: AttributeFlowType;
  /** `FlowAlways`: the value travels with every update that is sent. */
  readonly flowsAlways: boolean;
  /** A null result on update clears the target's value. */
  readonly flowsNull: boolean;
  /** The mapping's type "none": there is no source, and the default fills an empty target. */
  readonly hasSource: boolean;
  /** The source attribute that holds another object's id; null where the target holds none. */
  readonly reference: string | null;
  readonly matchingPriority: number;
  readonly defaultValue: JsonValue;
  readonly dependsOnCurrent: boolean;
}

const toDefaultValue = (mapping: AttributeMapping, target: TargetAttribute, path: string): JsonValue => {
  const text = mapping.defaultValue;
  if (text === null || text === undefined || text === '') return null;
  const conversion = convertToTarget(text, target);
  if (conversion.kind === 'unfit') {
    throw new InvalidMappingError(`${path}.defaultValue`, `"${text}" is not ${conversion.expected}`);
  }
  return conversion.value;
};

/** Zoom knows three licences by name, and a role that names none of them says nothing about the licence. */
const toLicenceOutcome = (outcome: SourceOutcome): SourceOutcome => {
  if (outcome.kind !== 'value') return outcome;
  const licence = typeof outcome.value === 'string' ? toZoomLicence(outcome.value) : null;
  return licence === null ? { kind: 'null' } : { kind: 'value', value: licence };
};

const restrictToLicences = (source: CompiledSource): CompiledSource => ({
  ...source,
  evaluate: (attributes, context) => toLicenceOutcome(source.evaluate(attributes, context)),
});

const isLicenceMapping = (target: TargetAttribute, source: CompiledSource): boolean =>
  target.path.toLowerCase() === 'usertype' && source.attributes.includes('appRoleAssignments');

/** `AppRoleAssignmentsComplex` adds to what the target has, whatever the mapping says (Microsoft, app role functions). */
const readFlowType = ({ flowType }: AttributeMapping, source: CompiledSource): AttributeFlowType => {
  const stated = flowType ?? 'Always';
  return stated === 'Always' && source.addsOnly ? 'MultiValueAddOnly' : stated;
};

const referringAttributes = new Set(
  [...entraUserAttributes, ...entraGroupAttributes].flatMap(({ name, type }) => (type === 'Reference' ? [name] : [])),
);

/** A source that names an object, and no other: from a text such as an e-mail address nobody could tell which is meant. */
const readReference = ({ type }: TargetAttribute, { attributes }: CompiledSource): string | null => {
  const [only, ...others] = attributes;
  const isOne = type === 'Reference' && only !== undefined && others.length === 0;
  return isOne && referringAttributes.has(only) ? only : null;
};

/** Compiles one attribute mapping that stands at `path` of the schema. Throws `InvalidMappingError`. */
export const compileAttributeMapping = (
  mapping: AttributeMapping,
  path: string,
  targetObject: ObjectDefinition | null,
): CompiledAttribute => {
  const target = resolveTargetAttribute(mapping.targetAttributeName, targetObject);
  const read = readMappingSource(mapping.source);
  const compiled = compileSource(read, `${path}.source`);
  const flowType = readFlowType(mapping, compiled);
  const hasSource = read.kind !== 'none';
  const reference = readReference(target, compiled);
  return {
    target,
    source: isLicenceMapping(target, compiled) ? restrictToLicences(compiled) : compiled,
    flowType,
    flowsAlways: mapping.flowBehavior === 'FlowAlways',
    // Of a reference that is resolved nothing else can be meant by null.
    flowsNull: (mapping.flowNullValues === true || reference !== null) && !target.multivalued && flowType === 'Always',
    hasSource,
    reference,
    matchingPriority: mapping.matchingPriority ?? 0,
    defaultValue: toDefaultValue(mapping, target, path),
    dependsOnCurrent: flowType !== 'ObjectAddOnly' && (!hasSource || dependsOnCurrent(flowType, target.multivalued)),
  };
};
