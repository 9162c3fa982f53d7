import fc from 'fast-check';
import type { FaultSelector, Fault as GraphFault } from '../../lib/sandbox/graph/faults/model.js';
import type { Fault as ZoomFault } from '../../lib/sandbox/zoom/faults.js';
import type { KillPoint } from '../fakes/killSwitch.js';
import { graphFaults, zoomFaults } from './faults.js';

type RoleName = 'licensed' | 'basic';

export interface JoinStep {
  readonly kind: 'join';
  readonly name: number;
  readonly how: 'assigned' | 'inGroup' | 'both' | 'stranger';
  readonly role: RoleName;
  readonly isGuest: boolean;
  readonly group: number;
}

/** What happens to a group. */
export type GroupStep =
  | { readonly kind: 'assignGroup'; readonly group: number; readonly role: RoleName }
  | { readonly kind: 'unassignGroup' | 'deleteGroup' | 'restoreGroup'; readonly group: number };

/** What happens to somebody in the recycle bin. */
export interface DeletedStep {
  readonly kind: 'restore' | 'purge' | 'recreate';
  readonly who: number;
}

/** What happens to somebody who is there. */
export type LiveStep =
  | { readonly kind: 'rename' | 'handOver'; readonly who: number; readonly name: number }
  | { readonly kind: 'move'; readonly who: number; readonly department: number }
  | { readonly kind: 'swap'; readonly who: number; readonly other: number }
  | { readonly kind: 'changeRole' | 'assign'; readonly who: number; readonly role: RoleName }
  | { readonly kind: 'block' | 'unblock' | 'delete' | 'unassign'; readonly who: number }
  | { readonly kind: 'enter' | 'leave'; readonly who: number; readonly group: number };

export type TenantStep = JoinStep | GroupStep | DeletedStep | LiveStep;

/** What happens around the tenant. */
export type OtherStep =
  | { readonly kind: 'accept'; readonly who: number }
  | { readonly kind: 'graphFault'; readonly fault: GraphFault; readonly selector: FaultSelector }
  | { readonly kind: 'zoomFault'; readonly fault: ZoomFault }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'lateMessage'; readonly message: number }
  | {
      readonly kind: 'cycle';
      readonly asked: 'initial' | null;
      readonly kills: readonly KillPoint[];
      readonly isTwice: boolean;
    };

/** One thing that happens. `who` and `group` choose among those to whom it can happen; with nobody there it does not. */
export type Step = TenantStep | OtherStep;

const who = fc.nat(11);
const group = fc.nat(2);
const name = fc.nat(7);
const role = fc.constantFrom('licensed' as const, 'basic' as const);

const killPoint: fc.Arbitrary<KillPoint> = fc.record({
  at: fc.integer({ min: 1, max: 60 }),
  moment: fc.constantFrom('after' as const, 'before' as const, 'frozen' as const),
});

const cycle: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('cycle' as const),
  asked: fc.oneof(
    { weight: 9, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant('initial' as const) },
  ),
  kills: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(killPoint, { minLength: 1, maxLength: 3 }) },
  ),
  isTwice: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

const plain = <Kind extends Step['kind']>(...kinds: readonly Kind[]) => fc.constantFrom(...kinds);

const join: fc.Arbitrary<JoinStep> = fc.record({
  kind: fc.constant('join' as const),
  name,
  how: fc.constantFrom('assigned' as const, 'inGroup' as const, 'both' as const, 'stranger' as const),
  role,
  isGuest: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  group,
});

const tenantStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: join },
  { weight: 2, arbitrary: fc.record({ kind: plain('rename', 'handOver'), who, name }) },
  { weight: 2, arbitrary: fc.record({ kind: plain('move'), who, department: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: plain('swap'), who, other: who }) },
  { weight: 3, arbitrary: fc.record({ kind: plain('changeRole', 'assign'), who, role }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: plain('block', 'unblock', 'delete', 'unassign'),
      who,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: plain('restore', 'purge', 'recreate'), who }) },
  { weight: 4, arbitrary: fc.record({ kind: plain('enter', 'leave'), who, group }) },
  { weight: 2, arbitrary: fc.record({ kind: plain('assignGroup'), group, role }) },
  { weight: 2, arbitrary: fc.record({ kind: plain('unassignGroup', 'deleteGroup', 'restoreGroup'), group }) },
);

const faultStep: fc.Arbitrary<Step> = fc.oneof(
  graphFaults.map(({ fault, selector }) => ({ kind: 'graphFault' as const, fault, selector })),
  zoomFaults.map((fault) => ({ kind: 'zoomFault' as const, fault })),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: tenantStep },
  { weight: 5, arbitrary: cycle },
  { weight: 3, arbitrary: faultStep },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ kind: plain('wait'), hours: fc.constantFrom(1, 30, 200) }),
      fc.record({ kind: plain('lateMessage'), message: fc.nat(20) }),
      fc.record({ kind: plain('accept'), who }),
    ),
  },
);

/** What the services leave open, drawn once for a history. */
export interface Weather {
  readonly seed: number;
  /** Graph answers reads from replicas that lag. */
  readonly isLagging: boolean;
  readonly softDeletedAssignments: 'hidden' | 'shown';
  readonly softDeletedEdgesInInitial: boolean;
  readonly groupDeletion: 'changed' | 'deleted';
}

/** A history as it is drawn: what the world is like, and what happens one after the other. */
export interface Plot {
  readonly weather: Weather;
  /** Who is there before anything happens. */
  readonly staff: readonly JoinStep[];
  readonly steps: readonly Step[];
}

export const plots = (maxSteps: number): fc.Arbitrary<Plot> =>
  fc.record({
    weather: fc.record({
      seed: fc.nat(9_999),
      isLagging: fc.boolean(),
      softDeletedAssignments: fc.constantFrom('hidden' as const, 'shown' as const),
      softDeletedEdgesInInitial: fc.boolean(),
      groupDeletion: fc.constantFrom('changed' as const, 'deleted' as const),
    }),
    staff: fc.array(join, { maxLength: 6, size: 'max' }),
    steps: fc.array(step, { minLength: 4, maxLength: maxSteps, size: 'max' }),
  });
