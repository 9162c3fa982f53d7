import { type Command, type CommandOption, commonOptions } from './command.js';

const start = 'npm run -s cli -- ';

const usageOf = ({ name, takes, options = [] }: Command): string =>
  [name, takes, options.length > 0 ? '[OPTIONS]' : undefined].filter((part) => part !== undefined).join(' ');

const alignPairs = (pairs: readonly (readonly [left: string, right: string])[]): string => {
  const width = Math.max(...pairs.map(([left]) => left.length));
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
};

const showOptions = (options: readonly CommandOption[]): string =>
  alignPairs(options.map(({ name, value, help }) => [`--${name}${value === undefined ? '' : ` ${value}`}`, help]));

/** What the commands are. */
export const describeCommands = (commands: readonly Command[]): string => `Operates a running app, here or in Azure.

${alignPairs(commands.map((command) => [`${command.name}${command.takes ? ` ${command.takes}` : ''}`, command.summary]))}
With every command:
${showOptions(commonOptions)}
  ${start}COMMAND --help tells what a command takes.

A token is an Entra access token for the API:
  export SYNC_URL=https://APP.azurewebsites.net ENTRA_SERVICE_PRINCIPAL_ID=…
  export SYNC_TOKEN=$(az account get-access-token --resource api://APP_ID --query accessToken --output tsv)
"npm start" prints both variables for the sandbox.

Exit code: 0; 1 where the service refused, or what was asked for failed; 2 where the command itself is wrong.
`;

/** What one command takes. */
export const describeCommand = (command: Command): string => {
  const { summary, details, options = [], role } = command;
  return [
    `${start}${usageOf(command)}\n\n  ${summary}\n`,
    details === undefined ? '' : `\n${details}\n`,
    options.length === 0 ? '' : `\n${showOptions(options)}`,
    `\nWith every command:\n${showOptions(commonOptions)}`,
    role === null ? '\nNo token is needed.\n' : `\nThe token needs the app role ${role}.\n`,
  ].join('');
};
