import { runCommandLine } from '../../../lib/cli/operate/runCommandLine.js';
import type { CommandTools } from '../../../lib/cli/operate/tools.js';

export interface CommandLineRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export interface Scene extends Partial<Pick<CommandTools, 'environment' | 'send' | 'screen' | 'columns' | 'signal'>> {
  /** By path; written files are added. */
  readonly files?: Map<string, string>;
  /** What happens while the command waits. */
  readonly whileWaiting?: () => Promise<void>;
}

const refuse = (): never => {
  throw new Error('Nobody is to be asked.');
};

/** Runs one command line; waiting takes no time. */
export const runLine = async (args: readonly string[], scene: Scene = {}): Promise<CommandLineRun> => {
  const { files = new Map<string, string>(), whileWaiting = async () => undefined } = scene;
  let nowMs = Date.UTC(2026, 7, 1, 12);
  let output = '';
  let errors = '';
  const code = await runCommandLine(args, {
    environment: scene.environment ?? {},
    send: scene.send ?? refuse,
    screen: scene.screen ?? null,
    columns: scene.columns ?? 120,
    signal: scene.signal ?? new AbortController().signal,
    clock: {
      nowMs: () => nowMs,
      monotonicMs: () => nowMs,
      sleep: async (delayMs, signal) => {
        nowMs += delayMs;
        await whileWaiting();
        signal.throwIfAborted();
      },
    },
    readFile: async (path) => {
      const file = files.get(path);
      if (file === undefined) throw new Error('no such file');
      return Buffer.from(file);
    },
    writeFile: async (path, text) => {
      files.set(path, text);
    },
    write: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
  });
  return { code, output, errors };
};

/** JSON lines of an output. */
export const linesOf = (output: string): readonly unknown[] =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
