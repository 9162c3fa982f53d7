import fc from 'fast-check';
import type { KillPoint } from '../fakes/killSwitch.js';
import { graphFaults, zoomFaults } from './faults.js';
import type { JoinStep, Step, TenantStep } from './step.js';

export const who = fc.nat(11);
export const group = fc.nat(4);
const name = fc.nat(7);
const role = fc.constantFrom('licensed' as const, 'basic' as const);

export const killPoint: fc.Arbitrary<KillPoint> = fc.record({
  at: fc.integer({ min: 1, max: 60 }),
  moment: fc.constantFrom('after' as const, 'before' as const, 'frozen' as const),
});

export const cycle: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('cycle' as const),
  asked: fc.oneof(
    { weight: 9, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom('initial' as const, 'reconcile' as const) },
  ),
  kills: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(killPoint, { minLength: 1, maxLength: 3 }) },
  ),
  isTwice: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

/** A call on demand is short. */
const demand: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('demand' as const),
  who: fc.nat(23),
  kill: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: killPoint.map(({ at, moment }) => ({ at: 1 + (at % 20), moment })) },
  ),
  isBesideCycle: fc.boolean(),
});

export const plain = <Kind extends Step['kind']>(...kinds: readonly Kind[]) => fc.constantFrom(...kinds);

export const join: fc.Arbitrary<JoinStep> = fc.record({
  kind: fc.constant('join' as const),
  name,
  how: fc.constantFrom('assigned' as const, 'inGroup' as const, 'both' as const, 'stranger' as const),
  role,
  isGuest: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  group,
});

export const nesting: fc.Arbitrary<TenantStep> = fc.record({
  kind: plain('nest', 'nest', 'unnest'),
  group,
  into: group,
});

export const tenantStep: fc.Arbitrary<TenantStep> = fc.oneof(
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
  {
    weight: 2,
    arbitrary: fc.record({ kind: plain('unassignGroup', 'deleteGroup', 'restoreGroup', 'purgeGroup'), group }),
  },
  { weight: 4, arbitrary: nesting },
  { weight: 1, arbitrary: fc.record({ kind: plain('renameGroup'), group, name }) },
  { weight: 2, arbitrary: fc.record({ kind: plain('manage'), who, other: who }) },
);

const faultStep: fc.Arbitrary<Step> = fc.oneof(
  graphFaults.map(({ fault, selector }) => ({ kind: 'graphFault' as const, fault, selector })),
  zoomFaults.map((fault) => ({ kind: 'zoomFault' as const, fault })),
);

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: tenantStep },
  { weight: 5, arbitrary: cycle },
  { weight: 3, arbitrary: demand },
  { weight: 3, arbitrary: faultStep },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ kind: plain('wait'), hours: fc.constantFrom(1, 30, 200) }),
      fc.record({ kind: plain('lateMessage'), message: fc.nat(20) }),
      fc.record({ kind: plain('accept'), who }),
      fc.record({ kind: plain('lie'), who, times: fc.integer({ min: 1, max: 2 }) }),
    ),
  },
);
