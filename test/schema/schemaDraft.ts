import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import type { AttributeMapping, ObjectMapping, SynchronizationSchema } from '../../lib/schema/synchronizationSchema.js';

const present = <Value>(value: Value | null | undefined): Value => {
  if (value === null || value === undefined) throw new Error('The built-in schema lacks what the test changes');
  return value;
};

/** A copy of the built-in schema to be changed, with its parts at hand. */
export interface SchemaDraft {
  readonly schema: SynchronizationSchema;
  readonly user: ObjectMapping;
  readonly group: ObjectMapping;
  /** The user mapping to that target path. */
  mapping(path: string): AttributeMapping;
  /** Where that mapping stands. */
  pathOf(path: string): string;
  /** Adds a user mapping; without a source it is of the type "none". */
  add(mapping: AttributeMapping): void;
}

export const draftSchema = (): SchemaDraft => {
  const schema = structuredClone(builtInZoomSchema);
  const [user, group] = present(schema.synchronizationRules[0]?.objectMappings);
  const mappings = present(user?.attributeMappings);
  const indexOf = (path: string) => mappings.findIndex(({ targetAttributeName }) => targetAttributeName === path);
  return {
    schema,
    user: present(user),
    group: present(group),
    mapping: (path) => present(mappings[indexOf(path)]),
    pathOf: (path) => `synchronizationRules[0].objectMappings[0].attributeMappings[${indexOf(path)}]`,
    add: (mapping) => {
      mappings.push(mapping);
    },
  };
};

/** A mapping's source as an export writes an expression. */
export const functionSource = (expression: string) => ({ type: 'Function' as const, expression, parameters: [] });
