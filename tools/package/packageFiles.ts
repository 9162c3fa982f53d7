import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { listProductionPackages } from './productionPackages.js';
import { findReachableFiles } from './reachableFiles.js';

/** Paths in the package, with forward slashes → the bytes. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

const manifestShape = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  main: z.string(),
  dependencies: z.record(z.string(), z.string()),
});

/** What Node cannot load or never looks at: declarations, source maps, prose, builds for browsers and bundlers. */
const ballast =
  /\.(d\.[cm]?ts|[cm]?tsx?|map|md|markdown|flow)$|\/(dist\/(browser|react-native|workerd)|build\/(esm|esnext))\//i;
const licence = /(^|\/)(licen[cs]e|notice|copying)[^/]*$/i;

/**
 * Everything that is deployed, and nothing else: host.json, what the entry reaches of the compiled app, and the
 * packages it needs at run time.
 */
export const collectPackageFiles = (root: string): PackageFiles => {
  const manifest = manifestShape.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
  const files = new Map<string, Uint8Array>([
    ['host.json', readFileSync(path.join(root, 'host.json'))],
    ['package.json', Buffer.from(`${JSON.stringify({ ...manifest, private: true }, null, 2)}\n`)],
  ]);
  for (const file of findReachableFiles(root, manifest.main)) add(files, root, file);
  for (const folder of listProductionPackages(root)) {
    for (const file of listOwnFiles(root, folder)) if (isShipped(file)) add(files, root, file);
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
};

const isShipped = (file: string): boolean => licence.test(file) || !ballast.test(file);

const add = (files: Map<string, Uint8Array>, root: string, file: string): void => {
  files.set(file.split(path.sep).join('/'), readFileSync(path.join(root, file)));
};

/** The files of one package, without those of packages inside it. */
const listOwnFiles = (root: string, folder: string): readonly string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listOwnFiles(root, name);
    return entry.isFile() ? [name] : [];
  });
