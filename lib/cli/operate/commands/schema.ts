import { z } from 'zod';
import { decodeSchemaFile } from '../../../schema/decodeSchemaFile.js';
import { parseAnswer } from '../apiClient.js';
import type { Command, Invocation } from '../command.js';
import { showInstant, showTable } from '../show.js';
import { CommandFailure, type CommandTools, UsageError } from '../tools.js';

export const schemaGet: Command = {
  name: 'schema get',
  takes: '[FILE]',
  count: [0, 1],
  summary: 'the schema in force, to the letter; into FILE or to standard output',
  role: 'Provisioning.Read',
  run: async ({ api, given, tools }) => {
    const { text, headers } = await api.call('GET', await api.jobPath('schema'));
    const [file] = given.positionals;
    if (file === undefined) tools.write(text.endsWith('\n') ? text : `${text}\n`);
    else await tools.writeFile(file, text);
    tools.writeError(`${describeVersion(headers)}${file === undefined ? '' : `, written to ${file}`}.\n`);
    return 0;
  },
};

const versionOf = (headers: Headers): string => headers.get('etag')?.replace(/^(?:W\/)?"|"$/g, '') ?? '0';

const describeVersion = (headers: Headers): string => {
  const version = versionOf(headers);
  return version === '0' ? 'The schema of the deployment, version 0' : `Version ${version}`;
};

const ifVersion = { name: 'if-version', value: 'N', help: 'only if version N is in force, as "schema get" told it' };

export const schemaPut: Command = {
  name: 'schema put',
  takes: 'FILE',
  count: [1, 1],
  summary: 'saves a schema, which an initial cycle then applies to everybody',
  role: 'Provisioning.Configure',
  details: `FILE is a synchronizationSchema as Entra exports it; "-" is standard input. A schema with an error is refused as a
whole, with every error and its path; "npm run -s schema -- check FILE" tells them beforehand, and "preview --schema FILE"
what the schema would do.`,
  options: [ifVersion],
  run: async (invocation) => {
    const { given, tools } = invocation;
    const [file = ''] = given.positionals;
    return save(invocation, 'PUT', 'schema', await readTextFile(file, tools));
  },
};

export const schemaVersions: Command = {
  name: 'schema versions',
  summary: 'who saved a schema when, newest first',
  role: 'Provisioning.Read',
  run: async ({ api, json, tools }) => {
    const answer = await api.call('GET', await api.jobPath('schema/versions'));
    const { value } = parseAnswer(answer, versionsShape);
    if (json) for (const version of value) tools.write(`${JSON.stringify(version)}\n`);
    else if (value.length === 0) tools.write('None was saved: the schema of the deployment is in force.\n');
    else tools.write(showTable(versionColumns, value.map(toVersionRow), tools.columns));
    return 0;
  },
};

const versionShape = z.object({ version: z.number(), savedBy: z.string().nullable(), savedDateTime: z.string() });
const versionsShape = z.object({ value: z.array(versionShape) });
const versionColumns = [{ title: 'Version' }, { title: 'Saved' }, { title: 'By' }];

const toVersionRow = ({ version, savedBy, savedDateTime }: z.infer<typeof versionShape>): readonly string[] => [
  String(version),
  showInstant(savedDateTime),
  savedBy ?? '',
];

export const schemaRestore: Command = {
  name: 'schema restore',
  takes: 'VERSION',
  count: [1, 1],
  summary: 'saves an older version again as the newest',
  role: 'Provisioning.Configure',
  options: [ifVersion],
  run: (invocation) => {
    const [version = ''] = invocation.given.positionals;
    return save(invocation, 'POST', `schema/versions/${encodeURIComponent(version)}/restore`);
  },
};

const save = async ({ api, given, json, tools }: Invocation, method: string, path: string, body?: string) => {
  const expected = given.text('if-version');
  if (expected !== null && !/^\d{1,9}$/.test(expected)) throw new UsageError('--if-version takes a number.');
  const { headers } = await api.call(method, await api.jobPath(path), {
    ...(body === undefined ? {} : { body }),
    ...(expected === null ? {} : { headers: { 'if-match': `"${expected}"` } }),
  });
  const warnings = readWarnings(headers.get('warning') ?? '');
  const version = Number(versionOf(headers));
  if (json) tools.write(`${JSON.stringify({ version, warnings })}\n`);
  else {
    for (const warning of warnings) tools.writeError(`warning: ${warning}\n`);
    tools.write(
      `Version ${version} is in force, and an initial cycle is on the queue. Follow it with: status --watch\n`,
    );
  }
  return 0;
};

/** The texts of a `Warning` header (RFC 7234, 5.5). */
const readWarnings = (header: string): readonly string[] =>
  [...header.matchAll(/199 - "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));

/** A file's text; `-` is standard input. Throws `CommandFailure` where it cannot be read. */
export const readTextFile = async (file: string, { readFile }: CommandTools): Promise<string> => {
  try {
    return decodeSchemaFile(await readFile(file));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CommandFailure(`${file} cannot be read: ${error.message}`);
  }
};
