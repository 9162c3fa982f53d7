import fc from 'fast-check';
import type { KillPoint } from '../fakes/killSwitch.js';
import { join, killPoint, tenantStep } from './drawStep.js';
import { graphFaults, type PlannedGraphFault, zoomFaults } from './faults.js';
import type { JoinStep, OtherStep, TenantStep } from './step.js';

type ZoomFault = Extract<OtherStep, { kind: 'zoomFault' }>['fault'];

/** What befalls a preview. Of one that could not read what the cycle then reads nothing is said but that it harms nobody. */
export type Trouble =
  | { readonly kind: 'none' }
  | { readonly kind: 'kills'; readonly kills: readonly KillPoint[] }
  | { readonly kind: 'faults'; readonly graph: readonly PlannedGraphFault[]; readonly zoom: readonly ZoomFault[] }
  | { readonly kind: 'lag' };

export type PreviewStep = TenantStep | Extract<OtherStep, { kind: 'accept' }>;

/** Some things happen, then a cycle is previewed and run. */
export interface Chapter {
  readonly steps: readonly PreviewStep[];
  readonly asked: 'initial' | null;
  /** So short that most previews take several slices. */
  readonly isHurried: boolean;
  readonly trouble: Trouble;
}

export interface PreviewPlot {
  readonly seed: number;
  readonly staff: readonly JoinStep[];
  readonly chapters: readonly Chapter[];
}

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'none' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('kills' as const),
      kills: fc.array(killPoint, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('faults' as const),
      graph: fc.array(graphFaults, { maxLength: 2 }),
      zoom: fc.array(zoomFaults, { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'lag' as const }) },
);

const step: fc.Arbitrary<PreviewStep> = fc.oneof(
  { weight: 9, arbitrary: tenantStep },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('accept' as const), who: fc.nat(11) }) },
);

export const previewPlots: fc.Arbitrary<PreviewPlot> = fc.record({
  seed: fc.nat(9_999),
  staff: fc.array(join, { minLength: 2, maxLength: 7, size: 'max' }),
  chapters: fc.array(
    fc.record({
      steps: fc.array(step, { maxLength: 6, size: 'max' }),
      asked: fc.oneof(
        { weight: 5, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constant('initial' as const) },
      ),
      isHurried: fc.boolean(),
      trouble,
    }),
    { minLength: 3, maxLength: 7, size: 'max' },
  ),
});
