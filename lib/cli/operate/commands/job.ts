import { z } from 'zod';
import { parseAnswer } from '../apiClient.js';
import { type Command, type Invocation, readWord } from '../command.js';
import { followAnyCycle, followCycle } from '../followCycle.js';
import { readJobStatus } from '../jobStatus.js';
import { showExecution, showJob } from '../showJob.js';
import { UsageError } from '../tools.js';

const writeJson = ({ tools }: Invocation, value: unknown): void => tools.write(`${JSON.stringify(value)}\n`);

export const status: Command = {
  name: 'status',
  summary: 'how the job is, what its last cycle did, how far the running one is',
  role: 'Provisioning.Read',
  details: 'With --json the job as Graph’s synchronizationJob. Exit code 1 while it is in quarantine.',
  options: [{ name: 'watch', help: 'stay until the cycle that runs, or is about to, has ended' }],
  run: async (invocation) => {
    const { api, given, json, tools } = invocation;
    const job = given.isSet('watch') ? await followAnyCycle(invocation) : await readJobStatus(api);
    if (json) writeJson(invocation, job);
    else tools.write(showJob(job));
    return job.status.quarantine ? 1 : 0;
  },
};

const acceptedShape = z.object({ id: z.string() });

export const run: Command = {
  name: 'run',
  summary: 'runs the next cycle now, and stays until it has ended',
  role: 'Provisioning.Operate',
  details: `With --json the execution that ended, or {"id"} with --no-wait. Exit code 1 where the cycle failed. Ctrl+C ends
the waiting, not the cycle.`,
  options: [
    { name: 'kind', value: 'KIND', help: 'incremental, initial or reconcile; incremental' },
    { name: 'no-wait', help: 'answer as soon as it is on the queue' },
  ],
  run: async (invocation) => {
    const { api, given, json, tools } = invocation;
    const kind = readWord(given, 'kind', ['incremental', 'initial', 'reconcile']) ?? 'incremental';
    const { id } = parseAnswer(await api.call('POST', await api.jobPath('run'), { body: { kind } }), acceptedShape);
    if (given.isSet('no-wait')) {
      if (json) writeJson(invocation, { id });
      else tools.write(`Cycle ${id} is on the queue. Follow it with: status --watch\n`);
      return 0;
    }
    const ended = await followCycle(invocation, id);
    if (json) writeJson(invocation, ended);
    else tools.write(`${showExecution(ended)}\nWho and why: logs --cycle ${id}\n`);
    return ended.state === 'Failed' ? 1 : 0;
  },
};

/** A call that is answered 204 and says what comes of it. */
const control = async (
  { api, json, tools }: Invocation,
  path: string,
  done: string,
  body?: unknown,
): Promise<number> => {
  await api.call('POST', await api.jobPath(path), body === undefined ? {} : { body });
  if (!json) tools.write(`${done}\n`);
  return 0;
};

export const start: Command = {
  name: 'start',
  summary: 'lets the job go on where it was paused, out of quarantine; the next cycle at once',
  role: 'Provisioning.Operate',
  run: (invocation) =>
    control(invocation, 'start', 'The job is on, and its next cycle is on the queue. Follow it with: status --watch'),
};

export const pause: Command = {
  name: 'pause',
  summary: 'stops the job at the next object; its state is kept',
  role: 'Provisioning.Operate',
  run: (invocation) => control(invocation, 'pause', 'The job is paused. "start" lets it go on.'),
};

const scopes = [
  'None',
  'ConnectorDataStore',
  'Escrows',
  'Watermark',
  'QuarantineState',
  'Full',
  'ForceDeletes',
] as const;

export const restart: Command = {
  name: 'restart',
  summary: 'clears what the scopes name, and starts the job',
  role: 'Provisioning.Operate',
  details: `Scopes (Graph’s resetScope): ${scopes.join(', ')}.
Without any as QuarantineState, Watermark, Escrows. Full lets go of every link and matches anew. ForceDeletes carries
out the removals that are held and still due.`,
  options: [{ name: 'scope', value: 'SCOPES', help: 'one scope, or several with commas' }],
  run: (invocation) => {
    const text = invocation.given.text('scope');
    const criteria = text === null ? {} : { criteria: { resetScope: readScopes(text) } };
    return control(
      invocation,
      'restart',
      'The job is restarted, and its next cycle is on the queue. Follow it with: status --watch',
      criteria,
    );
  },
};

const readScopes = (text: string): string =>
  text
    .split(',')
    .map((name) => {
      const scope = scopes.find((one) => one.toLowerCase() === name.trim().toLowerCase());
      if (scope === undefined) throw new UsageError(`--scope takes ${scopes.join(', ')}, or several with commas.`);
      return scope;
    })
    .join(', ');

export const validate: Command = {
  name: 'validate',
  summary: 'tries the deployed Zoom credentials out',
  role: 'Provisioning.Operate',
  details: 'Exit code 1 where Zoom does not take them, or the Zoom account lacks something (single sign-on, rights).',
  run: (invocation) =>
    control(invocation, 'validateCredentials', 'Zoom takes the credentials, and the account has what it needs.', {
      useSavedCredentials: true,
    }),
};
