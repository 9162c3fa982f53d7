import { findObjectMapping, type SchemaObjectType } from '../../schema/objectMappings.js';
import type { SynchronizationSchema } from '../../schema/synchronizationSchema.js';
import { readSchemaFile } from './readSchemaFile.js';
import type { Terminal } from './terminal.js';

/** `check FILE`: every error and warning of a schema file. Answers the exit code: 1 where it has an error. */
export const checkFile = async (path: string, terminal: Terminal): Promise<number> => {
  const { schema, errors, warnings } = await readSchemaFile(path, terminal, 'everything');
  const doubtful = countOf(warnings, 'warning');
  if (schema === null) {
    terminal.writeError(`${path}: ${countOf(errors, 'error')}, ${doubtful}\n`);
    return 1;
  }
  const parts = (['user', 'group'] as const).map((type) => describeMapping(schema, type));
  terminal.write(`${path}: valid, ${doubtful}\n${parts.join('')}`);
  return 0;
};

const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const describeMapping = (schema: SynchronizationSchema, type: SchemaObjectType): string => {
  const found = findObjectMapping(schema, type);
  if (!found) return `  ${type}s: not provisioned\n`;
  const { attributeMappings, flowTypes, scope } = found.mapping;
  const mappings = attributeMappings ?? [];
  const matching = mappings
    .filter(({ matchingPriority }) => (matchingPriority ?? 0) > 0)
    .sort((left, right) => (left.matchingPriority ?? 0) - (right.matchingPriority ?? 0))
    .map(({ targetAttributeName }) => targetAttributeName);
  const filters = (scope?.groups ?? []).length;
  return `  ${type}s: ${countOf(mappings.length, 'mapping')}; matched by ${matching.join(', ')}; ${
    flowTypes ?? 'Add, Update, Delete'
  }; ${filters === 0 ? 'no filter' : countOf(filters, 'filter')}\n`;
};
