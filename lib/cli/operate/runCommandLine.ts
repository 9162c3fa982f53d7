import { ApiFailure } from './apiFailure.js';
import { type Command, runCommand } from './command.js';
import { commands } from './commands/all.js';
import { describeCommand, describeCommands } from './help.js';
import { CommandFailure, type CommandTools, UsageError } from './tools.js';

const failed = 1;
const wrongUse = 2;

/** Runs one command line and answers the process's exit code. */
export const runCommandLine = async (args: readonly string[], tools: CommandTools): Promise<number> => {
  const found = findCommand(args);
  const isHelp = args.includes('--help') || args[0] === 'help' || args[0] === '-h';
  if (isHelp) {
    tools.write(found ? describeCommand(found.command) : describeCommands(commands));
    return 0;
  }
  try {
    if (!found) throw new UsageError(describeUnknown(args[0]));
    return await runCommand(found.command, found.rest, tools);
  } catch (error) {
    return report(error, found?.command ?? null, args.includes('--json'), tools);
  }
};

interface Found {
  readonly command: Command;
  readonly rest: readonly string[];
}

/** The command with the most words that the line begins with. */
const findCommand = (args: readonly string[]): Found | null => {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ');
    const command = commands.find((one) => one.name === name);
    if (command) return { command, rest: args.slice(words) };
  }
  return null;
};

const describeUnknown = (word: string | undefined): string => {
  if (word === undefined) return 'A command is missing.';
  if (word.startsWith('-')) return 'The command comes first, its options after it.';
  const longer = commands.filter(({ name }) => name.startsWith(`${word} `)).map(({ name }) => name);
  return longer.length > 0 ? `"${word}" is followed by more: ${longer.join(', ')}.` : `There is no command "${word}".`;
};

const report = (error: unknown, command: Command | null, isJson: boolean, tools: CommandTools): number => {
  if (error instanceof UsageError) {
    const help = `npm run -s cli -- ${command ? `${command.name} ` : ''}--help`;
    tools.writeError(`error: ${error.message}\n"${help}" tells more.\n`);
    return wrongUse;
  }
  if (!(error instanceof CommandFailure)) throw error;
  if (isJson && error instanceof ApiFailure && error.body !== null) tools.write(`${JSON.stringify(error.body)}\n`);
  tools.writeError(`error: ${error.message}\n`);
  return failed;
};
