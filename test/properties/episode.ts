import fc from 'fast-check';
import type { Fault as ZoomFault } from '../../lib/sandbox/zoom/faults.js';
import { cycle, group, join, killPoint, plain, tenantStep, who } from './drawStep.js';
import type { Step } from './step.js';

const quiet: Step = { kind: 'cycle', asked: null, kills: [], isTwice: false };
const departure = fc.record({ kind: plain('block', 'delete', 'unassign'), who });
const membership = fc.record({ kind: plain('enter', 'leave'), who, group });
const lostCreate = fc.constantFrom<ZoomFault['fault']>(
  { mode: 'net.timeoutAfterCommit' },
  { mode: 'status', code: 502, afterCommit: true },
  { mode: 'body.malformed' },
);

/** What often belongs together, and would seldom be drawn so. */
export const episode: fc.Arbitrary<readonly Step[]> = fc.oneof(
  /** Away, something changes meanwhile, and back. */
  fc
    .tuple(who, fc.boolean(), fc.oneof(membership, tenantStep), cycle)
    .map(([one, isSeen, change, last]): Step[] => [
      { kind: 'delete', who: one },
      ...(isSeen ? [quiet] : []),
      change,
      { kind: 'restore', who: one },
      last,
    ]),
  /** Created without our knowing, and gone before we knew. */
  fc
    .tuple(join, lostCreate, fc.boolean(), fc.nat(2), departure)
    .map(([hire, fault, isBlind, cycles, leaving]): Step[] => [
      { kind: 'zoomFault', fault: { on: 'users.create', fault, times: 1 } },
      ...(isBlind
        ? [
            {
              kind: 'zoomFault',
              fault: { on: 'users.filter', fault: { mode: 'status', code: 503 }, times: 9 },
            } as const,
          ]
        : []),
      { ...hire, how: 'assigned' },
      quiet,
      leaving,
      ...Array.from({ length: cycles }, () => quiet),
    ]),
  /** Somebody comes or goes while the worker dies. */
  fc
    .tuple(fc.oneof(join, departure), killPoint, fc.oneof(departure, tenantStep))
    .map(([first, kill, second]): Step[] => [first, { ...quiet, kills: [kill] }, second, quiet]),
  /** A group is read for the first time while somebody in it is in the recycle bin. */
  fc
    .tuple(who, group)
    .map(([one, of]): Step[] => [
      { kind: 'unassign', who: one },
      { kind: 'enter', who: one, group: of },
      { kind: 'delete', who: one },
      { kind: 'unassignGroup', group: of },
      ...[quiet, quiet],
      { kind: 'assignGroup', group: of, role: 'licensed' },
      quiet,
      { kind: 'restore', who: one },
      quiet,
    ]),
  /** A list lies, and goes on lying. */
  fc
    .tuple(who, fc.integer({ min: 1, max: 2 }))
    .map(([one, times]): Step[] => [{ kind: 'lie', who: one, times }, quiet, quiet]),
  /** Edges come and go within one page, out of order. */
  fc.tuple(fc.array(membership, { minLength: 1, maxLength: 3 }), fc.nat(1)).map(([edges, after]): Step[] => [
    {
      kind: 'graphFault',
      fault: { kind: 'edgeOutOfOrder' },
      selector: { routes: ['groupsDelta'], after, times: 2 },
    },
    ...edges,
    quiet,
  ]),
);
