import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';

/** `npm run arrows`: the rules of .dependency-cruiser.cjs, and proof that the modules were read at all. */
const cruise = z.object({
  summary: z.object({
    totalCruised: z.int(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

const bin = path.join('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
const run = spawnSync(
  process.execPath,
  [bin, 'lib', 'functions', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
  { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
);
if (run.stdout === '') throw new Error(`dependency-cruiser gave no answer: ${run.stderr}`);
const { totalCruised, violations } = cruise.parse(JSON.parse(run.stdout)).summary;
for (const { from, to, rule } of violations) process.stdout.write(`${rule.name}: ${from} → ${to}\n`);
process.stdout.write(`${totalCruised} modules, ${violations.length} violations\n`);
process.exitCode = violations.length > 0 || totalCruised < 100 ? 1 : 0;
