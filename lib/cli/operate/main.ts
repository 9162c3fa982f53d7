import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { systemClock } from '../../clock.js';
import { runCommandLine } from './runCommandLine.js';

/** What shells give to a process that Ctrl+C ended. */
const interruptedCode = 130;
const usualColumns = 120;

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Error('Interrupted.')));
// `… | head` has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

runCommandLine(process.argv.slice(2), {
  environment: process.env,
  send: fetch,
  clock: systemClock,
  readFile: (path) => (path === '-' ? buffer(process.stdin) : readFile(path)),
  writeFile,
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  screen: process.stderr.isTTY ? process.stderr : null,
  columns: process.stdout.columns ?? usualColumns,
  signal: interrupted.signal,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (interrupted.signal.aborted) {
      process.exitCode = interruptedCode;
      return;
    }
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
