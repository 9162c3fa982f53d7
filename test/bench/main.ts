import { parseArgs } from 'node:util';
import { benchApi } from './api.js';
import { type Measured, startBench } from './bench.js';
import { benchExpressions } from './expressions.js';
import { benchGroups } from './groups.js';
import { benchIncidents } from './incidents.js';
import { benchLogs } from './logs.js';
import { benchMemory } from './memory.js';
import { benchStart } from './start.js';

const help = `Measures cycles of the real host against the simulators and Azurite, each in a process of its own.

  npm run bench                                    every part
  npm run bench -- --only cycles --users 1000      an initial and an idle cycle, limits off
  npm run bench -- --only business --users 5000    an initial cycle at the rate of a Business account
  npm run bench -- --only memory                   the heap at 2,000 and at 50,000 users
  npm run bench -- --only incidents --users 6000   five sixths of the users lose their assignment, and get it back
  npm run bench -- --only groups                   a change in one of 2,000 groups with 100,000 memberships
  npm run bench -- --only start                    from process start to the first handler, from the deployable zip
  npm run bench -- --only expressions              evaluations a second, beside jsonata
  npm run bench -- --only api --users 10000        how long reads of the API take while a cycle runs
  npm run bench -- --only logs                     what a question about one person reads in logs of two sizes

Memory: the largest heap in use after a forced collection each second, and the largest resident size.
`;

const sizes = [1_000, 10_000, 50_000];
const businessUsers = 5_000;
const logSizes = [10_000, 100_000];
const incidentUsers = 6_000;
const apiUsers = 10_000;
const groupUsers = 20_000;
const parts = ['start', 'expressions', 'logs', 'api', 'cycles', 'business', 'memory', 'incidents', 'groups'] as const;
const secondsPerExpression = 2;
/** Requests a second that a Business account permits for single users (Zoom, rate limits: Light). */
const permittedPerSecond = 80;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const inMegabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const describe = (name: string, users: number, { summary, seconds, peakHeap, peakRss }: Measured): string => {
  const count = (key: string): number => summary.counts[key] ?? 0;
  const perUser = (key: string): string => (count(key) / users).toFixed(3);
  return [
    `${name} ${users} users: ${seconds.toFixed(1)} s, ${(users / seconds).toFixed(0)} users/s`,
    `  Graph requests ${count('graphRequests')} (${perUser('graphRequests')} a user), Zoom requests ${count('zoomRequests')} (${perUser('zoomRequests')} a user)`,
    `  table operations ${count('tableOperations')} (${perUser('tableOperations')} a user)`,
    `  heap ${inMegabytes(peakHeap)}, resident ${inMegabytes(peakRss)}`,
    `  created ${count('created')}, skipped ${count('skipped')}, failed ${count('failed')}`,
  ].join('\n');
};

const benchCycles = async (users: number): Promise<void> => {
  const bench = await startBench({ users, rate: 'off' });
  try {
    print(describe('initial', users, await bench.run('initial')));
    print(describe('idle', users, await bench.run('incremental')));
  } finally {
    await bench.stop();
  }
};

const benchBusiness = async (users: number): Promise<void> => {
  const bench = await startBench({ users, rate: 'business' });
  try {
    const measured = await bench.run('initial');
    print(describe('business preset, initial', users, measured));
    const requests = measured.summary.counts['zoomRequests'] ?? 0;
    const share = (requests / measured.seconds / permittedPerSecond) * 100;
    const refused = (await bench.zoomStatuses())['429'] ?? 0;
    print(
      `  ${share.toFixed(1)} % of the permitted ${permittedPerSecond} requests a second, ${refused} answers of 429`,
    );
  } finally {
    await bench.stop();
  }
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      users: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    print(help);
    return;
  }
  const users = values.users === undefined ? null : Number(values.users);
  if (users !== null && !(Number.isInteger(users) && users > 0))
    throw new Error('--users takes a whole number above 0.');
  if (values.only !== undefined && !parts.some((part) => part === values.only)) {
    throw new Error(`--only takes ${parts.join(', ')}.`);
  }
  const runs = (part: (typeof parts)[number]): boolean => values.only === undefined || values.only === part;
  if (runs('start')) await benchStart(print);
  if (runs('expressions')) await benchExpressions(secondsPerExpression, print);
  if (runs('logs')) await benchLogs(logSizes, print);
  if (runs('api')) await benchApi(users ?? apiUsers, print);
  if (runs('cycles')) for (const size of users === null ? sizes : [users]) await benchCycles(size);
  if (runs('business')) await benchBusiness(users ?? businessUsers);
  if (runs('memory')) await benchMemory(print);
  if (runs('groups')) await benchGroups(users ?? groupUsers, print);
  if (runs('incidents')) await benchIncidents(users ?? incidentUsers, print);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
