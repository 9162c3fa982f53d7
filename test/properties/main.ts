import { parseArgs } from 'node:util';
import { type Azurite, startAzurite } from '../../lib/sandbox/azurite/azurite.js';
import { createAzureTables } from '../../lib/state/azureTables.js';
import type { Tables } from '../../lib/state/tables.js';
import { runPreviewHistory } from './previewHistory.js';
import { type HistoryResult, runHistory } from './runHistory.js';

const help = `Lives random histories of a tenant through: people join, are renamed, blocked, deleted, restored; services fail and lie;
workers are killed. Then all faults end, and Zoom must hold what the tenant says, nobody twice and nobody wrongly off.

  npm run properties -- [--runs N] [--seed S] [--storage memory|azurite] [--preview]

  --runs N     how many histories; default 200
  --seed S     of the first one, the next has S + 1; default 1
  --storage    where state is kept; default memory, and Azurite for every twentieth history
  --preview    other histories, in memory: each cycle is previewed before it runs, amid faults, stale reads and kills. It
               must come as previewed where the preview could read what there was, and nothing but the report may be written

A history that goes wrong is told, with the seed that repeats it; without --preview it is first made as short as it can be.
`;

/** Every so many histories one runs on real storage, where each table operation takes its time. */
const azuriteEvery = 20;
const maxSteps = { memory: 40, azurite: 20 } as const;
type Storage = keyof typeof maxSteps;

interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly storage: Storage | null;
  readonly isPreview: boolean;
}

const readNumber = (name: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name}: expected a whole number below a billion, found "${text}".`);
};

const readStorage = (text: string | undefined): Storage | null => {
  if (text === undefined || text === 'memory' || text === 'azurite') return text ?? null;
  throw new Error(`--storage: expected memory or azurite, found "${text}".`);
};

const readOptions = (): Options | null => {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      storage: { type: 'string' },
      preview: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  return {
    runs: readNumber('runs', values.runs, 200),
    seed: readNumber('seed', values.seed, 1),
    storage: values.preview ? 'memory' : readStorage(values.storage),
    isPreview: values.preview,
  };
};

/** Azurite starts with the first history that needs it; each opening is storage that nobody used before. */
const createStorage = () => {
  let azurite: Promise<Azurite> | null = null;
  let opened = 0;
  return {
    async openTables(): Promise<() => Tables> {
      azurite ??= startAzurite({ inMemory: true });
      const { connectionString } = await azurite;
      return () => {
        opened += 1;
        const connection = { kind: 'connectionString', connectionString } as const;
        return createAzureTables({ connection, namePrefix: `h${opened}x` });
      };
    },
    stop: async () => (await azurite)?.stop(),
  };
};

const tell = (result: Extract<HistoryResult, { kind: 'failed' }>, seed: number, mode: string): string =>
  [
    `The history of seed ${seed} went wrong:`,
    ...result.story.map((line, index) => `  ${index + 1}. ${line}`),
    ...result.wrongs.map((wrong) => `  !! ${wrong}`),
    `Repeat it: npm run properties -- --runs 1 --seed ${seed} ${mode}`,
    '',
  ].join('\n');

const runPreviewed = async (seed: number): Promise<HistoryResult> => {
  const { story, wrongs } = await runPreviewHistory(seed);
  return wrongs.length === 0 ? { kind: 'passed' } : { kind: 'failed', story, wrongs };
};

const run = async ({ runs, seed, storage, isPreview }: Options): Promise<number> => {
  const azurite = createStorage();
  const startedMs = Date.now();
  let failed = 0;
  try {
    for (let index = 1; index <= runs; index += 1) {
      const chosen = storage ?? (index % azuriteEvery === 0 ? 'azurite' : 'memory');
      const openTables = chosen === 'azurite' ? { openTables: await azurite.openTables() } : {};
      const result = isPreview
        ? await runPreviewed(seed + index - 1)
        : await runHistory({ seed: seed + index - 1, maxSteps: maxSteps[chosen], ...openTables });
      if (result.kind === 'failed') {
        failed += 1;
        process.stdout.write(tell(result, seed + index - 1, isPreview ? '--preview' : `--storage ${chosen}`));
      }
      const seconds = ((Date.now() - startedMs) / 1_000).toFixed(0);
      if (index % azuriteEvery === 0)
        process.stderr.write(`${index} of ${runs} histories, ${failed} failed, ${seconds} s\n`);
    }
  } finally {
    await azurite.stop();
  }
  process.stdout.write(`${runs - failed} passed, ${failed} failed\n`);
  return failed;
};

const main = async (): Promise<void> => {
  const options = readOptions();
  if (!options) {
    process.stdout.write(help);
    return;
  }
  if ((await run(options)) > 0) process.exitCode = 1;
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
