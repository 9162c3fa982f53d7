import { readFileSync } from 'node:fs';
import path from 'node:path';

/** How compiled files name one another, at load or when first needed. */
const reference = /\b(?:require|import)\(\s*["'](\.{1,2}\/[^"']+)["']\s*\)/g;

/** The compiled files that the entry reaches, itself included, as paths below `root`. */
export const findReachableFiles = (root: string, entry: string): readonly string[] => {
  const found = new Set<string>();
  const waiting = [path.normalize(entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    if (file.endsWith('.json')) continue;
    for (const [, name = ''] of readFileSync(path.join(root, file), 'utf8').matchAll(reference)) {
      waiting.push(path.join(path.dirname(file), name));
    }
  }
  return [...found].sort();
};
