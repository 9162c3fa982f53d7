import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { isNativeError } from 'node:util/types';
import { type ApiClient, createApiClient } from './apiClient.js';
import { readConnection } from './connection.js';
import { type CommandTools, UsageError } from './tools.js';

export interface CommandOption {
  readonly name: string;
  /** What stands for its value in the help; a flag without it. */
  readonly value?: string;
  readonly help: string;
}

/** A command line's arguments after the command's name. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** The value of an option; null where it is not given. */
  text(name: string): string | null;
  isSet(flag: string): boolean;
}

export interface Invocation {
  readonly given: Arguments;
  readonly api: ApiClient;
  readonly tools: CommandTools;
  /** For scripts: JSON on standard output, and nothing else there. */
  readonly json: boolean;
}

export interface Command {
  /** One word or two: `status`, `schema put`. */
  readonly name: string;
  /** Positional arguments as the help shows them: `USER…`, `[FILE]`. */
  readonly takes?: string;
  /** How many of them, at least and at most. */
  readonly count?: readonly [least: number, most: number];
  readonly summary: string;
  /** The app role that the token must have. */
  readonly role: string | null;
  /** More for `--help`. */
  readonly details?: string;
  readonly options?: readonly CommandOption[];
  /** Answers the exit code. */
  readonly run: (invocation: Invocation) => Promise<number>;
}

export const commonOptions: readonly CommandOption[] = [
  { name: 'url', value: 'URL', help: 'the app, or its job; else SYNC_URL, else http://127.0.0.1:7071' },
  { name: 'service-principal', value: 'ID', help: 'where the address names no job; else ENTRA_SERVICE_PRINCIPAL_ID' },
  { name: 'token', value: 'TOKEN', help: 'better as SYNC_TOKEN, which no list of processes shows' },
  { name: 'json', help: 'JSON for scripts; lists as one object a line' },
  { name: 'help', help: 'this text' },
];

/** Runs a command with the arguments that follow its name. Throws `UsageError` for what it does not take. */
export const runCommand = (command: Command, args: readonly string[], tools: CommandTools): Promise<number> => {
  const given = parseArguments(command, args);
  const connection = readConnection(
    { url: given.text('url'), servicePrincipal: given.text('service-principal'), token: given.text('token') },
    tools.environment,
  );
  return command.run({ given, api: createApiClient(connection, tools), tools, json: given.isSet('json') });
};

const parseArguments = (command: Command, args: readonly string[]): Arguments => {
  const options: ParseArgsOptionsConfig = {};
  for (const { name, value } of [...commonOptions, ...(command.options ?? [])]) {
    options[name] = { type: value === undefined ? 'boolean' : 'string' };
  }
  const { values, positionals } = parse(args, options);
  const [least, most] = command.count ?? [0, 0];
  if (positionals.length < least) throw new UsageError(`"${command.name}" needs ${command.takes}.`);
  if (positionals.length > most) throw new UsageError(`"${command.name}" does not take "${positionals[most]}".`);
  return {
    positionals,
    text: (name) => {
      const value = values[name];
      return typeof value === 'string' ? value : null;
    },
    isSet: (flag) => values[flag] === true,
  };
};

const parse = (args: readonly string[], options: ParseArgsOptionsConfig) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!isNativeError(error) || !('code' in error) || !String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    // The rest of it is about texts that begin with a dash.
    throw new UsageError(error.message.replace(/ To specify a positional .*$/s, ''));
  }
};

/** A whole number from an option. Throws `UsageError`. */
export const readCount = (given: Arguments, name: string, usual: number): number => {
  const text = given.text(name);
  if (text === null) return usual;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--${name} takes a whole number above 0.`);
};

/** One of a few words from an option; null where it is not given. Throws `UsageError`. */
export const readWord = <Word extends string>(given: Arguments, name: string, words: readonly Word[]): Word | null => {
  const text = given.text(name);
  if (text === null) return null;
  const word = words.find((one) => one.toLowerCase() === text.toLowerCase());
  if (word === undefined) throw new UsageError(`--${name} takes ${words.join(', ')}.`);
  return word;
};
