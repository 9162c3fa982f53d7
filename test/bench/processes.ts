import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A child on its way up: `ready` is the line that said so, and rejects where the child ended before. */
export interface Launched {
  readonly child: ChildProcess;
  readonly ready: Promise<string>;
}

/** A child that said it is ready, and the line that said so. */
export interface Started {
  readonly child: ChildProcess;
  readonly line: string;
}

/** Starts a compiled program, ready with the first line that `isReady` accepts; its stderr is ours. */
export const launchProgram = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  isReady: (line: string) => boolean,
): Launched => {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      if (isReady(line)) resolve(line);
    });
    child.once('exit', (code, signal) => {
      reject(new Error(`${args[0]} ended with ${code ?? signal} before it was ready.`));
    });
    child.once('error', reject);
  });
  return { child, ready };
};

/** Starts a compiled program and waits until it is ready. */
export const startProgram = async (...launch: Parameters<typeof launchProgram>): Promise<Started> => {
  const { child, ready } = launchProgram(...launch);
  return { child, line: await ready };
};

/** Ends a child and waits until it is gone. */
export const stopProgram = (
  { child }: { readonly child: ChildProcess },
  signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill(signal);
  });
