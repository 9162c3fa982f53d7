import { parseArgs } from 'node:util';
import { createRandomness } from '../../lib/sandbox/graph/random.js';
import { type DrawnSchema, drawnSchemas } from '../properties/drawnSchemas.js';
import { runChaos } from './chaos.js';
import { describeVerdict, isGood } from './verdict.js';

const help = `Kills the real host with SIGKILL at seeded random points of an initial and of incremental cycles, starts it again each
time, and compares Zoom with the tenant when a cycle sends nothing.

  npm run chaos -- [--kills 20] [--users 500] [--seed S] [--schema N]

  --schema N   of the schemas that administrators might save, 0 is the built-in one; drawn by the seed unless given

The last line: lost, duplicated, wrongly disabled, and how many writes said again what Zoom had been told before. Exit code 1 where anything but the last is not 0.
`;

const readNumber = (name: string, text: string, least: number): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= 100_000) return value;
  throw new Error(`--${name}: expected a whole number from ${least} to 100000, found "${text}".`);
};

const chooseSchema = (text: string | undefined, seed: number): DrawnSchema => {
  const index =
    text === undefined ? createRandomness(seed, 'schema').below(drawnSchemas.length) : readNumber('schema', text, 0);
  const schema = drawnSchemas[index];
  if (schema) return schema;
  throw new Error(`--schema: expected a number from 0 to ${drawnSchemas.length - 1}, found "${index}".`);
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '20' },
      users: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      schema: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stopping.abort(new Error(`Ended by ${name}.`)));
  }
  const startedMs = Date.now();
  const report = (line: string): void => {
    process.stderr.write(`${((Date.now() - startedMs) / 1_000).toFixed(1).padStart(6)} s  ${line}\n`);
  };
  const seed = readNumber('seed', values.seed, 0);
  const schema = chooseSchema(values.schema, seed);
  report(`the schema: ${schema.name}`);
  const verdict = await runChaos({
    kills: readNumber('kills', values.kills, 0),
    users: readNumber('users', values.users, 1),
    seed,
    schema,
    report,
    signal: stopping.signal,
  });
  process.stdout.write(`${describeVerdict(verdict)}\n`);
  if (!isGood(verdict)) process.exitCode = 1;
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // What was under way when it failed does not keep the process.
  process.exit(1);
});
