import type { FuzzResult } from './fuzzCase.js';

/** A case that went wrong, with the number that draws it again. */
export interface Offender {
  readonly number: number;
  readonly kind: string;
  readonly input: string;
  readonly faults: readonly string[];
}

/** What a number of cases came to. */
export interface Figures {
  readonly cases: number;
  /** Cases by their kind, and outcomes by theirs. */
  readonly counts: Readonly<Record<string, number>>;
  readonly slowest: { readonly tookMs: number; readonly number: number };
  readonly offenders: readonly Offender[];
}

export const noFigures: Figures = { cases: 0, counts: {}, slowest: { tookMs: 0, number: 0 }, offenders: [] };

const addCount = (counts: Figures['counts'], name: string, more = 1): Figures['counts'] => ({
  ...counts,
  [name]: (counts[name] ?? 0) + more,
});

export const addResult = (
  figures: Figures,
  number: number,
  { faults, input, kind, kinds, tookMs }: FuzzResult,
): Figures => ({
  cases: figures.cases + 1,
  counts: [kind, ...kinds].reduce((counts, name) => addCount(counts, name), figures.counts),
  slowest: tookMs > figures.slowest.tookMs ? { tookMs, number } : figures.slowest,
  offenders: faults.length === 0 ? figures.offenders : [...figures.offenders, { number, kind, input, faults }],
});

export const joinFigures = (left: Figures, right: Figures): Figures => ({
  cases: left.cases + right.cases,
  counts: Object.entries(right.counts).reduce((counts, [name, more]) => addCount(counts, name, more), left.counts),
  slowest: left.slowest.tookMs >= right.slowest.tookMs ? left.slowest : right.slowest,
  offenders: [...left.offenders, ...right.offenders],
});

const shorten = (text: string): string =>
  text.length > 2_000 ? `${text.slice(0, 2_000)}… (${text.length} characters)` : text;

export const describeOffender = ({ faults, input, kind, number }: Offender, seed: number): string =>
  [
    `The ${kind} of --seed ${seed} --case ${number} went wrong:`,
    ...faults.map((fault) => `  !! ${fault}`),
    `  ${shorten(input)}`,
  ].join('\n');

export const describeFigures = (
  { cases, counts, offenders, slowest }: Figures,
  seed: number,
  seconds: number,
): string => {
  const listed = Object.entries(counts).sort(([, left], [, right]) => right - left);
  return [
    `${cases} cases in ${seconds.toFixed(0)} s, seed ${seed}; the slowest took ${slowest.tookMs.toFixed(0)} ms (--case ${slowest.number})`,
    `  ${listed.map(([name, count]) => `${name} ${count}`).join(', ')}`,
    `${offenders.length} offenders`,
  ].join('\n');
};
