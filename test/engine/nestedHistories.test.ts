import { nestedPlots } from '../properties/nestedPlots.js';
import { runHistory } from '../properties/runHistory.js';

const seeds = Array.from({ length: 12 }, (_, index) => index + 1);

describe('a random history of groups within groups', () => {
  it.each(seeds)('ends with everybody whom the assigned groups reach, and nobody else (seed %i)', async (seed) => {
    expect(await runHistory({ seed, maxSteps: 24, draw: nestedPlots })).toEqual({ kind: 'passed' });
  });
});
