import { z } from 'zod';
import { parseAnswer } from '../apiClient.js';
import { type Arguments, type Command, type Invocation, readCount, readWord } from '../command.js';
import { queryOfLink } from '../pages.js';
import { openProgressBar } from '../progressBar.js';
import { type Cell, showPairs, showTable, showText } from '../show.js';
import { CommandFailure, type CommandTools, UsageError } from '../tools.js';
import { readTextFile } from './schema.js';

const operationShape = z.looseObject({
  action: z.string(),
  sourceIdentity: z.looseObject({ id: z.string(), displayName: z.string(), userPrincipalName: z.string().nullable() }),
  modifiedProperties: z.array(
    z.object({ displayName: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() }),
  ),
  code: z.string().nullable(),
  reason: z.string(),
});
const counts = z.record(z.string(), z.number()).nullable();
const reportShape = z.looseObject({
  state: z.enum(['running', 'completed', 'failed']),
  kind: z.string(),
  counts,
  skips: counts,
  failures: counts,
  incomplete: z.boolean(),
  error: z.object({ code: z.string(), message: z.string(), recommendedAction: z.string() }).nullable(),
  operations: z.array(operationShape),
  'operations@nextLink': z.string().optional(),
});
type Report = z.infer<typeof reportShape>;
type Operation = z.infer<typeof operationShape>;

const actions = ['create', 'adopt', 'update', 'enable', 'disable', 'delete', 'hold', 'fail', 'skip'] as const;
const usualMost = 100;
const lookEveryMs = 1_000;
const listing = [
  { name: 'action', value: 'ACTION', help: `list only ${actions.join(', ')}` },
  { name: 'most', value: 'N', help: `how many operations at most; ${usualMost}` },
];

export const preview: Command = {
  name: 'preview',
  summary: 'what the next cycle would do; nothing is sent to Zoom, stored or logged',
  role: 'Provisioning.Operate',
  details: `Stays until the dry run has ended, then shows its report. With --json the report without operations, then each
operation on a line of its own. Exit code 1 where the dry run failed.`,
  options: [
    { name: 'kind', value: 'KIND', help: 'incremental or initial; incremental' },
    { name: 'schema', value: 'FILE', help: 'with this schema, which is not saved' },
    { name: 'scope', value: 'SCOPE', help: 'with this scope: assigned or all' },
    ...listing,
  ],
  run: async (invocation) => {
    const { api, tools } = invocation;
    const body = await readRequest(invocation);
    await api.call('POST', await api.jobPath('preview'), { body });
    const bar = openProgressBar('Preview', tools, invocation.json);
    try {
      while ((await readReport(invocation, { $top: '1' })).state === 'running') {
        bar.show(0, 1, 'running');
        await tools.clock.sleep(lookEveryMs, tools.signal);
      }
    } finally {
      bar.stop();
    }
    return showReport(invocation);
  },
};

const readRequest = async ({ given, tools }: Invocation): Promise<object> => {
  const file = given.text('schema');
  const scope = readWord(given, 'scope', ['assigned', 'all']);
  return {
    kind: readWord(given, 'kind', ['incremental', 'initial']) ?? 'incremental',
    ...(file === null ? {} : { schema: await readSchema(file, tools) }),
    ...(scope === null ? {} : { settings: { scope } }),
  };
};

const readSchema = async (file: string, tools: CommandTools): Promise<unknown> => {
  const text = await readTextFile(file, tools);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${file} is no JSON: ${error.message}. "npm run -s schema -- check ${file}" shows the place.`);
  }
};

export const previewShow: Command = {
  name: 'preview show',
  summary: 'the last preview’s report again',
  role: 'Provisioning.Read',
  options: listing,
  run: (invocation) => showReport(invocation),
};

export const previewDrop: Command = {
  name: 'preview drop',
  summary: 'ends a running preview and removes its report',
  role: 'Provisioning.Operate',
  run: async ({ api, json, tools }) => {
    await api.call('DELETE', await api.jobPath('preview'));
    if (!json) tools.write('The preview is removed.\n');
    return 0;
  },
};

const readReport = async ({ api }: Invocation, query: Readonly<Record<string, string>>): Promise<Report> =>
  parseAnswer(await api.call('GET', await api.jobPath('preview'), { query }), reportShape);

const firstQuery = (given: Arguments, most: number): Readonly<Record<string, string>> => {
  const action = readWord(given, 'action', actions);
  return { $top: String(Math.min(most, 1_000)), ...(action === null ? {} : { action }) };
};

const showReport = async (invocation: Invocation): Promise<number> => {
  const { given, json, tools } = invocation;
  const most = readCount(given, 'most', usualMost);
  let report = await readReport(invocation, firstQuery(given, most));
  const { operations: _none, 'operations@nextLink': _link, ...summary } = report;
  tools.write(json ? `${JSON.stringify(summary)}\n` : showSummary(report));
  for (let left = most; ; left -= report.operations.length) {
    const shown = report.operations.slice(0, left);
    if (json) for (const operation of shown) tools.write(`${JSON.stringify(operation)}\n`);
    else if (shown.length > 0) tools.write(showTable(columns, shown.map(toRow), tools.columns));
    const link = report['operations@nextLink'];
    if (link === undefined) break;
    if (left <= shown.length) {
      tools.writeError(`No more than ${most} operations are shown; --most takes another number.\n`);
      break;
    }
    report = await readReport(invocation, queryOfLink(link));
  }
  if (report.state === 'failed') throw new CommandFailure('The dry run did not come to its end.');
  return 0;
};

const showCounts = (given: Report['counts']): string =>
  Object.entries(given ?? {})
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

const showSummary = ({ state, kind, counts: found, skips, failures, incomplete, error }: Report): string =>
  showPairs([
    ['Preview', `${kind} cycle, ${state}`],
    ['Would do', found ? showCounts({ ...found, skip: 0, fail: 0 }) || 'nothing' : ''],
    ['Skipped', showCounts(skips)],
    ['Failed', showCounts(failures)],
    ['Incomplete', incomplete ? 'a list could not be read to its end: what hangs on it is missing' : ''],
    ['Error', error ? showText(`${error.code}: ${error.message} ${error.recommendedAction}`) : ''],
  ]);

const columns = [
  { title: 'Action' },
  { title: 'Who', share: 2 },
  { title: 'Changes', share: 3 },
  { title: 'Why', share: 3 },
];

const toRow = ({ action, sourceIdentity, modifiedProperties, code, reason }: Operation): readonly Cell[] => [
  action,
  sourceIdentity.userPrincipalName ?? sourceIdentity.displayName,
  modifiedProperties.map(
    ({ displayName, oldValue, newValue }) => `${displayName}: ${oldValue ?? '–'} → ${newValue ?? '–'}`,
  ),
  code === null ? reason : `${code}: ${reason}`,
];
