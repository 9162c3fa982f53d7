import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const lockShape = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), optional: z.boolean().optional(), devOptional: z.boolean().optional() }),
  ),
});

/**
 * Folders of the packages that the app needs at run time, by the lock file: what `npm ci --omit=dev --omit=optional`
 * installs. Taken from where they stand, they are the bytes that were tested.
 */
export const listProductionPackages = (root: string): readonly string[] => {
  const lock = lockShape.parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(lock.packages)
    .filter(([folder, { dev, optional, devOptional }]) => folder !== '' && !dev && !optional && !devOptional)
    .map(([folder]) => folder)
    .sort();
};
