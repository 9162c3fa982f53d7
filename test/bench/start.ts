import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { startAzurite } from '../../lib/sandbox/azurite/azurite.js';
import { startSimulators } from '../../lib/sandbox/startSimulators.js';
import { unpackPackage } from '../package/unpack.js';

const runs = 7;

const started = z.object({
  readyMs: z.number(),
  startedMs: z.number(),
  answeredMs: z.number(),
  status: z.literal(200),
});
type Started = z.infer<typeof started>;

/** Telemetry that is on, with nobody at the other end: what it adds to a start is loading it. */
const destinations = {
  'without telemetry': {},
  'with Application Insights': {
    APPLICATIONINSIGHTS_CONNECTION_STRING:
      'InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=https://127.0.0.1:9/',
    APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
  },
} as const;

/** The time from process start to the first handler's answer, from the package as it is deployed. */
export const benchStart = async (print: (text: string) => void): Promise<void> => {
  const { root, written } = unpackPackage();
  const azurite = await startAzurite({ inMemory: true });
  const simulators = await startSimulators();
  const settings = { AzureWebJobsStorage: azurite.connectionString, ...simulators.settings };
  try {
    const megabytes = (written.bytes / 1024 / 1024).toFixed(1);
    print(`start, from a package of ${megabytes} MB and ${written.files} files, median of ${runs}`);
    for (const [name, destination] of Object.entries(destinations)) {
      const measured = await repeat(() => startOnce(root, { ...settings, ...destination }));
      print(describe(name, measured));
    }
  } finally {
    await simulators.close();
    await azurite.stop();
    rmSync(path.dirname(root), { recursive: true, force: true });
  }
};

const run = promisify(execFile);

const startOnce = async (root: string, settings: Readonly<Record<string, string>>): Promise<Started> => {
  const program = path.resolve('dist/test/bench/firstHandler.js');
  const { stdout } = await run(process.execPath, [program], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...settings },
  });
  return started.parse(JSON.parse(stdout));
};

const repeat = async (work: () => Promise<Started>): Promise<readonly Started[]> => {
  const done: Started[] = [];
  await work(); // the first one makes the tables and warms the disk's cache
  while (done.length < runs) done.push(await work());
  return done;
};

const medianOf = (measured: readonly Started[], read: (one: Started) => number): number =>
  measured.map(read).toSorted((a, b) => a - b)[Math.floor(measured.length / 2)] ?? Number.NaN;

const describe = (name: string, measured: readonly Started[]): string => {
  const total = medianOf(measured, ({ answeredMs }) => answeredMs);
  const node = medianOf(measured, ({ readyMs }) => readyMs);
  const app = medianOf(measured, ({ startedMs, readyMs }) => startedMs - readyMs);
  const first = medianOf(measured, ({ answeredMs, startedMs }) => answeredMs - startedMs);
  return `  ${name}: ${total.toFixed(0)} ms from process start to the first handler’s answer (Node and host ${node.toFixed(0)}, app ${app.toFixed(0)}, first call ${first.toFixed(0)})`;
};
