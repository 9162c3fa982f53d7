import { checkFile } from './check.js';
import { evaluateExpression } from './evaluate.js';
import { explainUser } from './explain.js';
import { CommandError, type Terminal } from './terminal.js';

export const helpText = `Checks schema files and tries mappings, before anything is deployed.

  npm run -s schema -- check FILE
      every error and warning of a schema file, with its path and place
  npm run -s schema -- eval 'EXPRESSION' ['{"attribute":"value"}']
      the result of an expression as JSON; "ignored" where the attribute would be left out
  npm run -s schema -- explain FILE USER.json
      every gate and every mapping with its value for one user: as Graph answers it, or with attributes by
      Entra's names; beside them appRoleAssignments (["Licensed"]), assigned (true or false) and memberOf

A FILE is a synchronizationSchema as Entra exports it. Errors and warnings go to standard error.
Exit code: 0, 1 on an error, 2 where the command itself is wrong.
`;

const wrongUse = 2;

/** Runs one command line and answers the process's exit code. */
export const runSchemaCommand = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const [command, ...rest] = args;
  if (args.includes('--help') || args.includes('-h') || command === 'help') {
    terminal.write(helpText);
    return 0;
  }
  try {
    return (await dispatch(command, rest, terminal)) ?? refuse(command, terminal);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    terminal.writeError(`error: ${error.message}\n`);
    return 1;
  }
};

/** Null where there is no such command with so many arguments. */
const dispatch = async (
  command: string | undefined,
  [first, second, ...surplus]: readonly string[],
  terminal: Terminal,
): Promise<number | null> => {
  if (first === undefined || surplus.length > 0) return null;
  if (command === 'check' && second === undefined) return checkFile(first, terminal);
  if (command === 'eval') return evaluateExpression(first, second ?? '{}', terminal);
  if (command === 'explain' && second !== undefined) return explainUser(first, second, terminal);
  return null;
};

const refuse = (command: string | undefined, terminal: Terminal): number => {
  const known = ['check', 'eval', 'explain'].includes(command ?? '');
  const what = command === undefined ? 'A command is missing.' : `There is no command "${command}".`;
  terminal.writeError(`error: ${known ? `"${command}" takes other arguments.` : what}\n\n${helpText}`);
  return wrongUse;
};
