import fc from 'fast-check';
import { liveThrough } from './history.js';
import { plots } from './step.js';

const main = async (): Promise<void> => {
  const runs = Number(process.argv[2] ?? 10),
    seed = Number(process.argv[3] ?? 1);
  for (let i = 0; i < runs; i += 1) {
    const t = Date.now();
    const property = fc.asyncProperty(plots(40), async (plot) => {
      const { wrongs } = await liveThrough(plot);
      if (wrongs.length > 0) throw new Error(wrongs.join('\n'));
    });
    const details = await fc.check(property, { numRuns: 1, seed: seed + i, interruptAfterTimeLimit: 60_000 });
    if (details.failed) {
      process.stdout.write(`FAILED seed ${seed + i}\n`);
      if (details.counterexample) {
        const e = await liveThrough(details.counterexample[0]);
        process.stdout.write(
          `${JSON.stringify(details.counterexample[0].weather)}\n${e.story.join('\n')}\n---\n${e.wrongs.join('\n')}\n`,
        );
      }
    } else process.stderr.write(`ok ${seed + i} ${Date.now() - t} ms\n`);
  }
};
void main();
