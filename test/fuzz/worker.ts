import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { addResult, type Figures, noFigures } from './figures.js';
import { fuzzCase } from './fuzzCase.js';

const tellEveryMs = 500;

const { from, progress, seed, untilMs } = z
  .object({ seed: z.int(), from: z.int(), untilMs: z.number(), progress: z.instanceof(SharedArrayBuffer) })
  .parse(workerData);

/** Says in `progress` which case it tries and since when, so that one that never ends is told from outside. */
const run = (tell: (figures: Figures) => void): void => {
  const watched = new Float64Array(progress);
  let figures = noFigures;
  let toldMs = Date.now();
  let number = from;
  do {
    watched.set([number, Date.now()]);
    figures = addResult(figures, number, fuzzCase(seed, number));
    number += 1;
    if (Date.now() - toldMs < tellEveryMs) continue;
    tell(figures);
    figures = noFigures;
    toldMs = Date.now();
  } while (Date.now() < untilMs);
  tell(figures);
};

run((figures) => parentPort?.postMessage(figures));
