import { readFile } from 'node:fs/promises';
import type { CompiledMapping } from './mapping/compiled.js';
import { compileObjectMapping } from './mapping/compileObjectMapping.js';
import { builtInZoomSchema } from './schema/builtInZoomSchema.js';
import { validateSchema } from './schema/validateSchema.js';

/** The job's schema cannot be used; the message names the file and the first places. */
export class SchemaFileError extends Error {
  override readonly name = 'SchemaFileError';
  readonly code = 'SchemaInvalid';
}

/** The user mapping of the schema file, or of the built-in Zoom schema. Throws `SchemaFileError` for a file that cannot be used. */
export const loadUserMapping = async (schemaFile: string | null): Promise<CompiledMapping> => {
  const validated = validateSchema(schemaFile === null ? builtInZoomSchema : await readJsonFile(schemaFile));
  if (validated.kind === 'valid') {
    const mapping = compileObjectMapping(validated.schema, 'user');
    if (mapping) return mapping;
    throw new SchemaFileError(`SCHEMA_FILE ${schemaFile} has no enabled mapping of users.`);
  }
  const places = validated.errors.slice(0, 10).map((error) => `  ${error.path}: ${error.message}`);
  throw new SchemaFileError(`SCHEMA_FILE ${schemaFile} cannot be used:\n${places.join('\n')}`);
};

const readJsonFile = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const what = error instanceof SyntaxError ? 'is no JSON' : 'cannot be read';
    throw new SchemaFileError(`SCHEMA_FILE ${file} ${what}.`, { cause: error });
  }
};
