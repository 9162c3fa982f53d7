import fc from 'fast-check';
import { cycle, group, join, nesting, plain, step, tenantStep, who } from '../properties/drawStep.js';
import { liveThrough } from '../properties/history.js';
import type { Plot, Step } from '../properties/step.js';

const members: fc.Arbitrary<Step> = fc.record({ kind: plain('enter', 'leave'), who, group });

/** Mostly groups that enter and leave one another, so that circles, diamonds and moves of subtrees come about. */
const plots: fc.Arbitrary<Plot> = fc.record({
  weather: fc.record({
    seed: fc.nat(9_999),
    isLagging: fc.boolean(),
    softDeletedAssignments: fc.constantFrom('hidden' as const, 'shown' as const),
    softDeletedEdgesInInitial: fc.boolean(),
    groupDeletion: fc.constantFrom('changed' as const, 'deleted' as const),
    nesting: fc.constant('on' as const),
    schema: fc.constant(0),
  }),
  staff: fc.array(join, { minLength: 3, maxLength: 6, size: 'max' }),
  steps: fc.array(
    fc.oneof(
      { weight: 8, arbitrary: nesting },
      { weight: 3, arbitrary: members },
      { weight: 3, arbitrary: cycle },
      { weight: 3, arbitrary: tenantStep },
      { weight: 3, arbitrary: step },
    ),
    { minLength: 8, maxLength: 30, size: 'max' },
  ),
});

const seeds = Array.from(
  { length: Number(process.env['NESTED_SEEDS'] ?? 24) },
  (_, index) => index + Number(process.env['NESTED_FROM'] ?? 1),
);

describe('a random history of groups within groups', () => {
  it.each(seeds)('ends with everybody whom the assigned groups reach, and with nobody else (seed %i)', async (seed) => {
    const property = fc.asyncProperty(plots, async (plot) => {
      const { story, wrongs } = await liveThrough(plot);
      if (wrongs.length > 0) throw new Error([...story, ...wrongs.map((wrong) => `!! ${wrong}`)].join('\n'));
    });
    await fc.assert(property, { seed, numRuns: 1, unbiased: true, interruptAfterTimeLimit: 120_000 });
  });
});
