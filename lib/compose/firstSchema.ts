import { readFile } from 'node:fs/promises';
import { builtInZoomSchema } from '../schema/builtInZoomSchema.js';
import { decodeSchemaFile } from '../schema/decodeSchemaFile.js';
import { describeFinding } from '../schema/describeFinding.js';
import { readSchemaText } from '../schema/readSchemaText.js';

/** The deployment's schema cannot be used; the message names the file and the first places. */
export class SchemaFileError extends Error {
  override readonly name = 'SchemaFileError';
  readonly code = 'SchemaInvalid';
}

const placesAtMost = 10;

/**
 * The text of the job's first schema: of the file, or of the built-in Zoom schema. Throws `SchemaFileError` for a file
 * that cannot be used.
 */
export const readFirstSchema = async (schemaFile: string | null): Promise<string> => {
  if (schemaFile === null) return JSON.stringify(builtInZoomSchema, null, 2);
  const text = decodeSchemaFile(await readBytes(schemaFile));
  const validated = readSchemaText(text);
  if (validated.kind === 'valid') return text;
  const places = validated.errors.slice(0, placesAtMost).map((error) => `  ${error.path}: ${describeFinding(error)}`);
  const others = validated.errors.length - places.length;
  if (others > 0) places.push(`  and ${others} more; "npm run -s schema -- check ${schemaFile}" lists all`);
  throw new SchemaFileError(`SCHEMA_FILE ${schemaFile} cannot be used:\n${places.join('\n')}`);
};

const readBytes = async (file: string): Promise<Buffer> => {
  try {
    return await readFile(file);
  } catch (error) {
    throw new SchemaFileError(`SCHEMA_FILE ${file} cannot be read.`, { cause: error });
  }
};
