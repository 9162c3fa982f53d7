import { readFile } from 'node:fs/promises';
import { systemClock } from '../../clock.js';
import { runSchemaCommand } from './run.js';

runSchemaCommand(process.argv.slice(2), {
  readFile: (path) => readFile(path),
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  nowMs: systemClock.nowMs,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
