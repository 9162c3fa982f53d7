import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Figures, joinFigures, noFigures, type Offender } from './figures.js';
import { drawCase } from './fuzzCase.js';

/** Longer than any bounded case takes on a busy machine. */
const hangsAfterMs = 30_000;

export interface FuzzOptions {
  readonly seed: number;
  readonly seconds: number;
  /** The number of the first case. */
  readonly from?: number;
  readonly onOffender: (offender: Offender) => void;
}

/** How a worker ended: at its time, or because of the case that it was trying. */
type WorkerEnd = { readonly kind: 'done' } | { readonly kind: 'lost'; readonly number: number; readonly fault: string };

/** Tries cases in a worker thread until the time is over. A case that hangs or kills the worker is an offender, and the next goes on. */
export const runFuzz = async ({ from = 0, onOffender, seed, seconds }: FuzzOptions): Promise<Figures> => {
  const untilMs = Date.now() + seconds * 1_000;
  let figures = noFigures;
  let next = from;
  const add = (more: Figures): void => {
    more.offenders.forEach(onOffender);
    figures = joinFigures(figures, more);
  };
  while (Date.now() < untilMs) {
    const end = await runWorker({ seed, from: next, untilMs }, add);
    if (end.kind === 'done') break;
    const { kind, input } = drawCase(seed, end.number);
    add({ ...noFigures, cases: 1, offenders: [{ number: end.number, kind, input, faults: [end.fault] }] });
    next = end.number + 1;
  }
  return figures;
};

const runWorker = async (
  data: { readonly seed: number; readonly from: number; readonly untilMs: number },
  add: (figures: Figures) => void,
): Promise<WorkerEnd> => {
  const progress = new SharedArrayBuffer(16);
  const watched = new Float64Array(progress);
  watched.set([data.from, Date.now()]);
  const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: { ...data, progress } });
  let ending: WorkerEnd | null = null;
  const lose = (fault: string): void => {
    ending ??= { kind: 'lost', number: watched[0] ?? data.from, fault };
  };
  worker.on('message', add);
  worker.on('error', (error) => lose(`ended its thread: ${error instanceof Error ? error.message : String(error)}`));
  const ended = new Promise<WorkerEnd>((resolve) => {
    worker.on('exit', (code) => {
      if (code !== 0) lose(`ended its thread with code ${code}`);
      resolve(ending ?? { kind: 'done' });
    });
  });
  const stopWatching = new AbortController();
  const watch = async (): Promise<void> => {
    while (!stopWatching.signal.aborted) {
      await wait(200);
      if (ending !== null || Date.now() - (watched[1] ?? 0) < hangsAfterMs) continue;
      lose(`did not end within ${hangsAfterMs / 1_000} s`);
      await worker.terminate();
    }
  };
  const [end] = await Promise.all([ended.finally(() => stopWatching.abort()), watch()]);
  return end;
};
