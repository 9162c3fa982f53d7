import { parseArgs } from 'node:util';
import { describeFigures, describeOffender } from './figures.js';
import { fuzzCase } from './fuzzCase.js';
import { runFuzz } from './runFuzz.js';

const help = `Draws expressions, damages expressions and schema files, and puts them through validation, evaluation and mapping. None may
crash, hang, give null for a value, differ from itself or tell an attribute's value in a message; what parses survives printing.

  npm run fuzz -- [--seconds N] [--seed S] [--case K]

  --seconds N  how long; default 60
  --seed S     default: the time, which is printed
  --case K     only the K-th case of the seed, with its input: what an offender names

Exit code 1 where there is an offender.
`;

const readNumber = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined || /^\d{1,12}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new Error(`--${name}: expected a whole number, found "${text}".`);
};

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const tryOne = (seed: number, number: number): number => {
  const result = fuzzCase(seed, number);
  print(`${result.kind}: ${result.input}`);
  print(`${result.tookMs.toFixed(1)} ms, ${result.kinds.join(', ')}`);
  for (const fault of result.faults) print(`!! ${fault}`);
  return result.faults.length > 0 ? 1 : 0;
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string' },
      seed: { type: 'string' },
      case: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    print(help);
    return 0;
  }
  const seed = readNumber('seed', values.seed) ?? Math.floor(Date.now() / 1_000);
  const seconds = readNumber('seconds', values.seconds) ?? 60;
  const number = readNumber('case', values.case);
  if (number !== undefined) return tryOne(seed, number);
  print(`seed ${seed}`);
  const figures = await runFuzz({ seed, seconds, onOffender: (offender) => print(describeOffender(offender, seed)) });
  print(describeFigures(figures, seed, seconds));
  return figures.offenders.length > 0 ? 1 : 0;
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
