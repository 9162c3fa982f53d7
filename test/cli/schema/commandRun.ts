import { readFile } from 'node:fs/promises';
import { runSchemaCommand } from '../../../lib/cli/schema/run.js';

export interface CommandRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command line; `files` stand before those of the disk. */
export const runCommand = async (
  args: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<CommandRun> => {
  let output = '';
  let errors = '';
  const code = await runSchemaCommand(args, {
    readFile: async (path) => {
      const file = files[path];
      return file === undefined ? readFile(path) : Buffer.from(file);
    },
    write: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
    nowMs: () => Date.UTC(2026, 7, 1, 12),
  });
  return { code, output, errors };
};
