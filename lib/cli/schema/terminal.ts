/** What a command reads from and writes to. */
export interface Terminal {
  /** Rejects where the file cannot be read. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** The command's own output, with its line breaks. */
  readonly write: (text: string) => void;
  /** Errors and warnings, with their line breaks. */
  readonly writeError: (text: string) => void;
  readonly nowMs: () => number;
}

/** What the user of a command did wrong: a file that cannot be read, an argument that is no JSON. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
