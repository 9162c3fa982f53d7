import { ConfigError, type SettingFault } from './configError.js';
import type { Parse } from './parsers.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables one by one and keeps every fault, so that all are named at once. */
export interface EnvironmentReader {
  /** The parsed value; missing gives the default where there is one. */
  read<T>(name: string, parse: Parse<T>, fallback: T): T;
  readOptional<T>(name: string, parse: Parse<T>): T | null;
  /** A missing one is a fault; the returned value then is never used, since `finish` throws. */
  readRequired<T>(name: string, parse: Parse<T>, placeholder: T): T;
  fault(name: string, expected: string, found: string): void;
  has(name: string): boolean;
  /** Throws `ConfigError` where anything was wrong. */
  finish(): void;
}

/** Variables whose value no message may show. */
const secretNames = /SECRET|TOKEN|PASSWORD|CONNECTION_STRING|OTEL_|^AzureWebJobsStorage$|WEBHOOK/i;

export const readEnvironment = (environment: Environment): EnvironmentReader => {
  const faults: SettingFault[] = [];
  const textOf = (name: string): string | null => {
    const text = environment[name]?.trim();
    return text === undefined || text === '' ? null : text;
  };
  const fault = (name: string, expected: string, found: string): void => {
    if (faults.some((known) => known.name === name && known.expected === expected)) return;
    faults.push({ name, expected, found });
  };
  const readOptional = <T>(name: string, parse: Parse<T>): T | null => {
    const text = textOf(name);
    if (text === null) return null;
    if (text.startsWith('@Microsoft.KeyVault(')) {
      fault(
        name,
        'a resolved Key Vault reference',
        'one that the platform could not resolve (see its status in the portal)',
      );
      return null;
    }
    const parsed = parse(text);
    if (parsed.kind === 'value') return parsed.value;
    fault(name, parsed.expected, secretNames.test(name) ? 'a value that is not shown' : JSON.stringify(text));
    return null;
  };
  return {
    readOptional,
    read: (name, parse, fallback) => readOptional(name, parse) ?? fallback,
    readRequired: (name, parse, placeholder) => {
      if (textOf(name) !== null) return readOptional(name, parse) ?? placeholder;
      const parsed = parse('');
      fault(name, parsed.kind === 'expected' ? parsed.expected : 'a value', 'nothing');
      return placeholder;
    },
    fault,
    has: (name) => textOf(name) !== null,
    finish: () => {
      if (faults.length > 0) throw new ConfigError(faults);
    },
  };
};
