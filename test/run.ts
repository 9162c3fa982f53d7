import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** `npm test [-- PATTERN…]`: jest on the compiled output, and as its last line `N passed, N failed`. */
const summary = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numFailedTestSuites: z.int() });

const folder = mkdtempSync(path.join(tmpdir(), 'jest-'));
const outputFile = path.join(folder, 'results.json');
const jest = path.join('node_modules', 'jest', 'bin', 'jest.js');
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const { status } = spawnSync(
  process.execPath,
  [...flags, jest, '--json', `--outputFile=${outputFile}`, ...process.argv.slice(2)],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
const results = summary.parse(JSON.parse(readFileSync(outputFile, 'utf8')));
rmSync(folder, { recursive: true });
// A file that could not be loaded runs no test, and is a failure all the same.
const failed = results.numFailedTests + (results.numFailedTests === 0 ? results.numFailedTestSuites : 0);
process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || results.numPassedTests === 0 ? 1 : (status ?? 1);
