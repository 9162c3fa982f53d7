import type { Clock } from '../../clock.js';

/** What the commands work with. */
export interface CommandTools {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly send: typeof fetch;
  readonly clock: Clock;
  /** Rejects where the file cannot be read. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly writeFile: (path: string, text: string) => Promise<void>;
  /** The command's own output, with its line breaks. */
  readonly write: (text: string) => void;
  /** Errors, notes and progress, with their line breaks. */
  readonly writeError: (text: string) => void;
  /** Where a bar is drawn; null where standard error is no terminal. */
  readonly screen: NodeJS.WritableStream | null;
  /** How wide a table may be. */
  readonly columns: number;
  /** Ends what waits; what was asked of the service goes on there. */
  readonly signal: AbortSignal;
}

/** The command line itself is wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for did not come about: exit code 1. The message says what to do. */
export class CommandFailure extends Error {
  override readonly name: string = 'CommandFailure';
}
