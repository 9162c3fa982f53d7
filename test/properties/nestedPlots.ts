import fc from 'fast-check';
import { cycle, group, join, nesting, plain, step, tenantStep, who } from './drawStep.js';
import type { Plot, Step } from './step.js';

const members: fc.Arbitrary<Step> = fc.record({ kind: plain('enter', 'leave'), who, group });

/** Mostly groups that enter and leave one another, so that circles, diamonds and moves of subtrees come about. */
export const nestedPlots = (maxSteps: number): fc.Arbitrary<Plot> =>
  fc.record({
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
      { minLength: 8, maxLength: maxSteps, size: 'max' },
    ),
  });
