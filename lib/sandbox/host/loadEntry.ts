import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { HostError } from './hostError.js';

/** Loads the entry files, in order; their registrations must reach the app that is open now. */
export type LoadEntry = (files: readonly string[]) => void;

const packageShape = z.object({ main: z.string() });

/**
 * The compiled files that make the app: `entry`, or package.json's `main`, which is a glob as the worker reads it.
 * Throws `EntryMissing` where nothing matches, which stops the real host too.
 */
export function findEntryFiles(appRoot: string, entry: string | undefined): readonly string[] {
  const pattern = entry ?? readMain(path.join(appRoot, 'package.json'));
  if (path.isAbsolute(pattern)) return [pattern];
  const files = globSync(pattern, { cwd: appRoot }).sort();
  if (files.length > 0) return files.map((file) => path.resolve(appRoot, file));
  throw new HostError('EntryMissing', `No file in ${appRoot} matches "${pattern}". Has the app been built?`);
}

function readMain(file: string): string {
  const result = packageShape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (result.success) return result.data.main;
  throw new HostError('EntryMissing', `${file} has no "main": it names the compiled entry, "dist/functions/index.js".`);
}

/**
 * Requires the files after forgetting what an earlier load left in Node's module cache: the entry's folder, the
 * compiled `functions` and `lib`, and `@azure/functions` with its locked set-up. So one process can load an app
 * twice. jest keeps a module cache of its own: there pass
 * `(files) => jest.isolateModules(() => files.forEach((file) => require(file)))`.
 */
export const loadWithFreshModules =
  (appRoot: string): LoadEntry =>
  (files) => {
    const stale = [
      path.join(appRoot, 'dist', 'functions') + path.sep,
      path.join(appRoot, 'dist', 'lib') + path.sep,
      ...files.map((file) => path.dirname(file) + path.sep),
    ];
    const kept = path.join(appRoot, 'dist', 'lib', 'sandbox') + path.sep;
    const library = path.join('node_modules', '@azure', 'functions') + path.sep;
    for (const name of Object.keys(require.cache)) {
      const isStale = stale.some((folder) => name.startsWith(folder)) && !name.startsWith(kept);
      if (isStale || name.includes(library)) delete require.cache[name];
    }
    for (const file of files) require(file);
  };
