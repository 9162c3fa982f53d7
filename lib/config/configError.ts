/** One setting that is missing or malformed: its name, what was expected and what was there (never a secret's value). */
export interface SettingFault {
  readonly name: string;
  readonly expected: string;
  readonly found: string;
}

/** Stops the start, with every faulty setting at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'InvalidSettings';
  constructor(readonly faults: readonly SettingFault[]) {
    const lines = faults.map(({ name, expected, found }) => `  ${name}: expected ${expected}; found ${found}`);
    super(`The settings cannot be used:\n${lines.join('\n')}`);
  }
}
