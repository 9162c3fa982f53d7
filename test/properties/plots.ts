import fc from 'fast-check';
import { drawnSchemas } from './drawnSchemas.js';
import { join, step } from './drawStep.js';
import { episode } from './episode.js';
import type { Plot, Step } from './step.js';

/** Histories of up to so many steps and episodes. */
export const plots = (maxSteps: number): fc.Arbitrary<Plot> =>
  fc.record({
    weather: fc.record({
      seed: fc.nat(9_999),
      isLagging: fc.boolean(),
      softDeletedAssignments: fc.constantFrom('hidden' as const, 'shown' as const),
      softDeletedEdgesInInitial: fc.boolean(),
      groupDeletion: fc.constantFrom('changed' as const, 'deleted' as const),
      nesting: fc.constantFrom('on' as const, 'off' as const),
      schema: fc.nat(drawnSchemas.length - 1),
    }),
    staff: fc.array(join, { minLength: 2, maxLength: 7, size: 'max' }),
    steps: fc
      .array(
        fc.oneof(
          { weight: 4, arbitrary: step.map((one): readonly Step[] => [one]) },
          { weight: 1, arbitrary: episode },
        ),
        { minLength: 4, maxLength: maxSteps, size: 'max' },
      )
      .map((parts) => parts.flat()),
  });
