import { findObjectMapping, type SchemaObjectType } from './objectMappings.js';
import type { AttributeMapping, SynchronizationSchema } from './synchronizationSchema.js';

/** One part of the mappings in force that differs between two schemas; null where a side does not have it. */
export interface SchemaChange {
  /** `user.userName`, `user.scope`, `group.enabled`. */
  readonly name: string;
  readonly old: string | null;
  readonly new: string | null;
}

const longestValue = 500;

const describeMapping = (mapping: AttributeMapping): string => {
  const { source, defaultValue, flowType, matchingPriority, flowBehavior, flowNullValues } = mapping;
  const parts = [
    source ? (source.expression ?? source.name ?? '') : 'none',
    ...(defaultValue ? [`default ${JSON.stringify(defaultValue)}`] : []),
    ...(flowType && flowType !== 'Always' ? [flowType] : []),
    ...(flowBehavior === 'FlowAlways' ? [flowBehavior] : []),
    ...(flowNullValues === true ? ['flowNullValues'] : []),
    ...(matchingPriority ? [`matching ${matchingPriority}`] : []),
  ];
  return parts.join('; ');
};

/** What the mapping in force for users or groups says, part by part; only `enabled` where there is none. */
const listParts = (schema: SynchronizationSchema, type: SchemaObjectType): ReadonlyMap<string, string> => {
  const found = findObjectMapping(schema, type);
  if (!found) return new Map([[`${type}.enabled`, 'false']]);
  const { attributeMappings, flowTypes, scope } = found.mapping;
  const groups = [...(scope?.groups ?? []), ...(scope?.inputFilterGroups ?? [])];
  return new Map([
    [`${type}.enabled`, 'true'],
    [`${type}.flowTypes`, flowTypes ?? 'Add, Update, Delete'],
    [`${type}.scope`, groups.length === 0 ? 'everybody' : JSON.stringify(scope)],
    ...(attributeMappings ?? []).map((one) => [`${type}.${one.targetAttributeName}`, describeMapping(one)] as const),
  ]);
};

const shorten = (value: string | undefined): string | null =>
  value === undefined ? null : value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;

/** What changed in the mappings and filters in force, for the audit. Long values are cut. */
export const listSchemaChanges = (
  before: SynchronizationSchema,
  after: SynchronizationSchema,
): readonly SchemaChange[] =>
  (['user', 'group'] as const).flatMap((type) => {
    const [old, now] = [listParts(before, type), listParts(after, type)];
    return [...new Set([...old.keys(), ...now.keys()])]
      .filter((name) => old.get(name) !== now.get(name))
      .map((name) => ({ name, old: shorten(old.get(name)), new: shorten(now.get(name)) }));
  });
