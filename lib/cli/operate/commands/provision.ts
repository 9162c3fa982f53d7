import { z } from 'zod';
import { parseAnswer } from '../apiClient.js';
import type { Command, Invocation } from '../command.js';
import { demandReportShape, showDemand } from '../demandReport.js';
import { openProgressBar } from '../progressBar.js';
import type { Answer } from '../reach.js';
import { CommandFailure, UsageError } from '../tools.js';

const json = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        context.addIssue({ code: 'custom', message: 'expected JSON in a text' });
        return z.NEVER;
      }
    })
    .pipe(shape);

const resultShape = z.looseObject({ result: z.enum(['Success', 'Skipped', 'Failure']) });
const answerShape = z.object({
  key: json(resultShape),
  value: json(z.union([z.array(demandReportShape), demandReportShape])),
});
const runShape = z.looseObject({
  id: z.string(),
  state: z.enum(['running', 'completed', 'failed']),
  progress: z.object({ completedUnits: z.number(), totalUnits: z.number().nullable() }),
  counts: z.object({ success: z.number(), skipped: z.number(), failure: z.number() }),
  error: z.object({ code: z.string() }).nullable(),
});
type Run = z.infer<typeof runShape>;

const mostPeople = 1_000;
const lookEveryMs = 1_000;

export const provision: Command = {
  name: 'provision',
  takes: 'USER… (or --group ID)',
  count: [0, mostPeople],
  summary: 'takes people through every step at once, and shows each step',
  role: 'Provisioning.Operate',
  details: `A USER is an object id, a userPrincipalName or a mail address. More than twenty people go on in the service’s
queue; the command stays until they are done. Exit code 1 where somebody failed.`,
  options: [
    { name: 'dry-run', help: 'every step but the last: nothing is sent, stored or logged' },
    { name: 'group', value: 'ID', help: 'the members of this group: those that are named, or all' },
  ],
  run: async (invocation) => {
    const { api, given } = invocation;
    const answer = await api.call('POST', await api.jobPath('provisionOnDemand'), {
      body: { parameters: [{ subjects: readSubjects(invocation) }] },
      ...(given.isSet('dry-run') ? { query: { dryRun: 'true' } } : {}),
    });
    return answer.status === 202
      ? followRun(invocation, parseAnswer(answer, runShape))
      : showAnswer(invocation, answer);
  },
};

const readSubjects = ({ given }: Invocation): readonly object[] => {
  const people = given.positionals.map((objectId) => ({ objectId, objectTypeName: 'User' }));
  const group = given.text('group');
  if (group === null) {
    if (people.length === 0) throw new UsageError('"provision" needs a USER, or --group ID.');
    return people;
  }
  const links = people.length === 0 ? {} : { links: { members: people } };
  return [{ objectId: group, objectTypeName: 'Group', ...links }];
};

const showAnswer = ({ json: isJson, tools }: Invocation, answer: Answer): number => {
  const { key, value } = parseAnswer(answer, answerShape);
  if (isJson) tools.write(`${JSON.stringify({ key, value })}\n`);
  else
    tools.write(
      [value]
        .flat()
        .map((report) => showDemand(report, tools.columns))
        .join('\n'),
    );
  return key.result === 'Failure' ? 1 : 0;
};

const followRun = async ({ api, tools, json: isJson }: Invocation, first: Run): Promise<number> => {
  const bar = openProgressBar('People', tools, isJson);
  let run = first;
  try {
    while (run.state === 'running') {
      const { completedUnits, totalUnits } = run.progress;
      bar.show(completedUnits, totalUnits ?? completedUnits + 1, describeCounts(run));
      await tools.clock.sleep(lookEveryMs, tools.signal);
      const path = await api.jobPath(`provisionOnDemand/${encodeURIComponent(run.id)}`);
      run = parseAnswer(await api.call('GET', path), runShape);
    }
  } finally {
    bar.stop();
  }
  if (isJson) tools.write(`${JSON.stringify(run)}\n`);
  else tools.write(`${describeCounts(run)}\nWho and why: logs --cycle ${run.id}\n`);
  if (run.state === 'failed') {
    throw new CommandFailure(`The call ended before its time: ${run.error?.code ?? 'no reason given'}. Call again.`);
  }
  return run.counts.failure > 0 ? 1 : 0;
};

const describeCounts = ({ counts }: Run): string =>
  `${counts.success} done, ${counts.skipped} skipped, ${counts.failure} failed`;
