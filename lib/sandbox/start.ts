import path from 'node:path';
import { systemClock } from '../clock.js';
import { SchemaFileError } from '../compose/firstSchema.js';
import { playIncident } from './incidents/playIncident.js';
import { createBarDisplay, createLineDisplay, type ProgressDisplay } from './progress/display.js';
import { describeAfterExit, describeNextSteps } from './run/nextSteps.js';
import { helpText, parseOptions, type SandboxOptions } from './run/options.js';
import { openSandbox } from './run/sandbox.js';
import { writeSandboxSchema } from './run/sandboxSchema.js';
import { playScenario } from './run/scenario.js';
import { type OpenedSchema, openSchemaFile } from './run/schemaFile.js';

/** The repository, three folders above the compiled file. */
const appRoot = path.resolve(__dirname, '..', '..', '..');
/** What shells give to a process that Ctrl+C ended. */
const interruptedCode = 130;
const wrongOptionCode = 2;

const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((resolve) => {
    stream.write(text, () => resolve());
  });

const chooseDisplay = (): ProgressDisplay =>
  process.stderr.isTTY
    ? createBarDisplay(process.stderr)
    : createLineDisplay((line) => process.stderr.write(`${line}\n`), systemClock.monotonicMs);

/** Aborts with the first signal; a second one does not wait. */
const listenForSignals = (): AbortSignal => {
  const stopping = new AbortController();
  const onSignal = (): void => {
    if (stopping.signal.aborted) process.exit(interruptedCode);
    process.stderr.write('\nStopping: what is under way may end. A second Ctrl+C does not wait.\n');
    stopping.abort(new Error('Interrupted.'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stopping.signal;
};

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Runs everything and answers the process's exit code. */
const run = async (options: SandboxOptions, signal: AbortSignal): Promise<number> => {
  const { size, json, schemaFile } = options;
  const forPeople = json ? process.stderr : process.stdout;
  const say = (text: string): void => {
    forPeople.write(`${text}\n`);
  };
  say(
    `Starting storage, simulators and host, with ${size.users} people and ${size.groups} groups (seed ${size.seed}).`,
  );
  const own = schemaFile === null ? await writeSandboxSchema() : null;
  try {
    return await runWith(await openSchemaFile(own?.file ?? schemaFile ?? ''), options, say, signal);
  } finally {
    await own?.remove();
  }
};

const runWith = async (
  schema: OpenedSchema,
  { size, exit, json, nested, incident, preview }: SandboxOptions,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<number> => {
  const nesting = nested ? 'on' : 'off';
  const sandbox = await openSandbox({
    size,
    nesting,
    schemaFile: schema.file,
    appRoot,
    sendsMail: incident !== null,
    writeLog: (text) => process.stderr.write(text),
  });
  try {
    const display = chooseDisplay();
    if (incident !== null) {
      const outcome = await playIncident({ name: incident, sandbox, nesting, seed: size.seed, display, say, signal });
      if (!exit) say(describeNextSteps(sandbox));
      if (json) await write(process.stdout, `${JSON.stringify(outcome)}\n`);
      if (!exit) await untilAborted(signal);
      return outcome.healed || !exit ? 0 : 1;
    }
    const summary = await playScenario({
      sandbox,
      seed: size.seed,
      nesting,
      expects: schema,
      preview,
      display,
      say,
      signal,
    });
    say(exit ? describeAfterExit() : describeNextSteps(sandbox));
    if (json) await write(process.stdout, `${JSON.stringify(summary)}\n`);
    if (!exit) await untilAborted(signal);
    return (summary.converged && summary.asPreviewed !== false) || !exit ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    return interruptedCode;
  } finally {
    await sandbox.close();
  }
};

const main = async (): Promise<number> => {
  const parsed = parseOptions(process.argv.slice(2));
  switch (parsed.kind) {
    case 'help':
      await write(process.stdout, helpText);
      return 0;
    case 'wrong':
      await write(process.stderr, `${parsed.message}\n"npm start -- --help" tells what each is for.\n`);
      return wrongOptionCode;
    case 'run':
      return run(parsed.options, listenForSignals());
  }
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof SchemaFileError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(wrongOptionCode);
    }
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
