import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A child that said it is ready, and the line that said so. */
export interface Started {
  readonly child: ChildProcess;
  readonly line: string;
}

/** Starts a compiled program and waits for the first line that `isReady` accepts; its stderr is ours. */
export const startProgram = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  isReady: (line: string) => boolean,
): Promise<Started> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      if (isReady(line)) resolve({ child, line });
    });
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code} before it was ready.`)));
    child.once('error', reject);
  });

/** Ends a child and waits until it is gone. */
export const stopProgram = ({ child }: Started): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
