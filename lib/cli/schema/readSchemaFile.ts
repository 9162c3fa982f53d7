import { decodeSchemaFile } from '../../schema/decodeSchemaFile.js';
import { readSchemaText } from '../../schema/readSchemaText.js';
import type { SynchronizationSchema } from '../../schema/synchronizationSchema.js';
import { showFinding } from './showFinding.js';
import { CommandError, type Terminal } from './terminal.js';

/** A file's text. Throws `CommandError` where it cannot be read. */
export const readTextFile = async (path: string, terminal: Terminal): Promise<string> => {
  try {
    return decodeSchemaFile(await terminal.readFile(path));
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};

export interface CheckedFile {
  /** Null where the file has errors, which are told by then. */
  readonly schema: SynchronizationSchema | null;
  readonly errors: number;
  readonly warnings: number;
}

/** Reads and checks a schema file, and tells each error and, unless they are not asked for, each warning. */
export const readSchemaFile = async (
  path: string,
  terminal: Terminal,
  told: 'everything' | 'errors',
): Promise<CheckedFile> => {
  const text = await readTextFile(path, terminal);
  const validated = readSchemaText(text);
  const errors = validated.kind === 'invalid' ? validated.errors : [];
  const json: unknown = errors.some(({ code }) => code === 'InvalidJson') ? null : JSON.parse(text);
  for (const error of errors) terminal.writeError(showFinding('error', error, text, json));
  if (told === 'everything') {
    for (const warning of validated.warnings) terminal.writeError(showFinding('warning', warning, text, json));
  }
  const schema = validated.kind === 'valid' ? validated.schema : null;
  return { schema, errors: errors.length, warnings: validated.warnings.length };
};
