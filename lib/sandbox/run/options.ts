import { parseArgs } from 'node:util';
import { type IncidentName, incidentNames } from '../incidents/incidents.js';
import type { TenantSize } from '../tenant/seededTenant.js';

export interface SandboxOptions {
  readonly size: TenantSize;
  /** End after the last cycle instead of staying up. */
  readonly exit: boolean;
  /** One JSON object as the last line of stdout; everything for people on stderr. */
  readonly json: boolean;
  /** The job's schema as it was named on the command line; null for the built-in one. */
  readonly schemaFile: string | null;
  /** Groups within groups count. */
  readonly nested: boolean;
  /** What goes wrong in place of the working day; null for the working day. */
  readonly incident: IncidentName | null;
  /** Preview the cycle after the working day, and hold it against what that cycle then does. */
  readonly preview: boolean;
}

export type ParsedOptions =
  | { readonly kind: 'run'; readonly options: SandboxOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

const defaultUsers = 120;
const peopleAGroup = 25;
const most = { users: 100_000, groups: 5_000, seed: 2 ** 31 - 1 } as const;

export const helpText = `Runs entra-zoom-sync on this machine, with nothing to configure: Azurite for storage, stand-ins for Microsoft Graph,
Zoom and Entra's token endpoint on 127.0.0.1, and a local host with the compiled functions. It seeds a tenant, runs the
initial cycle, lets a working day happen, and runs incremental cycles until one sends nothing to Zoom, four at most.

  npm start -- [--users N] [--groups N] [--seed S] [--schema FILE] [--incident NAME] [--nested] [--preview] [--exit]
               [--json]

  --users N    people in the tenant, 1 to ${most.users}; default ${defaultUsers}
  --groups N   security groups in it, 0 to ${most.groups}; default one for ${peopleAGroup} people, three at least
  --seed S     of every name and every draw, 0 to ${most.seed}; default 1
  --schema F   the job's schema as Entra exports it; default the built-in Zoom schema
  --incident N something goes wrong in place of the working day: what an administrator would see of it, the message
               that would be sent, and the way out; one of
                 mass-unassign   somebody takes every group off the application, while people join
                 credentials     the secret of the Zoom app is no longer right
                 zoom-down       Zoom answers 503
                 graph-410       Microsoft Graph has dropped the watermark
                 seats           no Zoom licence is left, and people join
  --nested     people in groups within assigned groups are in scope too (NESTED_GROUPS=on)
  --preview    show what the incremental cycle after the working day would do, then run it, and tell whether it did just that
  --exit       end after the last cycle: 0 if Zoom holds what the tenant says (and the preview was right), else 1;
               without it everything stays up
  --json       one JSON object as the last line of the output; what is for people goes to stderr
  --help       this text

Ctrl+C ends it between two objects; a second one does not wait.
`;

const optionTypes = {
  users: { type: 'string' },
  groups: { type: 'string' },
  seed: { type: 'string' },
  schema: { type: 'string' },
  incident: { type: 'string' },
  nested: { type: 'boolean', default: false },
  preview: { type: 'boolean', default: false },
  exit: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

class WrongOption extends Error {}

const readNumber = (name: keyof typeof most, text: string | undefined, least: number, otherwise: number): number => {
  if (text === undefined) return otherwise;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most[name]) return value;
  throw new WrongOption(`--${name}: expected a whole number from ${least} to ${most[name]}, found "${text}".`);
};

const readIncident = (text: string | undefined): IncidentName | null => {
  if (text === undefined) return null;
  const incident = incidentNames.find((name) => name === text);
  if (incident) return incident;
  throw new WrongOption(`--incident: expected one of ${incidentNames.join(', ')}, found "${text}".`);
};

/** Reads the command line; what is wrong with it comes back as a message that says what to do. */
export const parseOptions = (args: readonly string[]): ParsedOptions => {
  try {
    const { values } = parseArgs({ args: [...args], options: optionTypes, strict: true, allowPositionals: false });
    if (values.help) return { kind: 'help' };
    const users = readNumber('users', values.users, 1, defaultUsers);
    const groups = readNumber('groups', values.groups, 0, Math.max(3, Math.round(users / peopleAGroup)));
    const seed = readNumber('seed', values.seed, 0, 1);
    const { exit, json, nested, preview, schema: schemaFile = null } = values;
    const incident = readIncident(values.incident);
    if (preview && incident !== null) throw new WrongOption('--preview shows a working day: not with --incident.');
    return {
      kind: 'run',
      options: { size: { users, groups, seed }, exit, json, nested, schemaFile, incident, preview },
    };
  } catch (error) {
    if (error instanceof WrongOption) return { kind: 'wrong', message: error.message };
    if (isParserRefusal(error)) return { kind: 'wrong', message: describeRefusal(error.message) };
    throw error;
  }
};

const isParserRefusal = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'code' in error && /^ERR_PARSE_ARGS_/.test(String(error.code));

/** The first sentence is the parser's own; the rest of it is about shells. */
const describeRefusal = (message: string): string => {
  const [sentence = message] = message.split(/\.\s/);
  return `${sentence.replace(/\.$/, '')}. The options are --users, --groups, --seed, --schema, --incident, --nested, --preview, --exit, --json and --help.`;
};
