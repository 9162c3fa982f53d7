import fc from 'fast-check';
import type { FaultSelector, Fault as GraphFault } from '../../lib/sandbox/graph/faults/model.js';
import type { FaultMode } from '../../lib/sandbox/zoom/faultModes.js';
import type { Fault as ZoomFault } from '../../lib/sandbox/zoom/faults.js';

/** Only faults after which everything can still come right by itself: each strikes a few times and is over. */
const foreign = 'https://elsewhere.example';
const times = fc.integer({ min: 1, max: 9 });

const anyRequest: readonly GraphFault[] = [
  { kind: 'throttled', retryAfter: 'seconds', seconds: 5 },
  { kind: 'throttled', retryAfter: 'date', seconds: 20 },
  { kind: 'throttled', retryAfter: 'absent' },
  { kind: 'throttled', retryAfter: 'seconds', seconds: 600 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502, body: 'html' },
  { kind: 'status', status: 503, body: 'empty' },
  { kind: 'status', status: 504 },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 403 },
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'midBody' },
  { kind: 'stall' },
  { kind: 'truncated' },
  { kind: 'wrongContentType' },
];

const deltaRequest: readonly GraphFault[] = [
  { kind: 'gone', location: 'initial' },
  { kind: 'gone', location: 'foreign', origin: foreign },
  { kind: 'gone', location: 'absent' },
  { kind: 'tokenRefused', as: 'expired' },
  { kind: 'tokenRefused', as: 'malformed' },
  { kind: 'tokenRefused', as: 'unknown' },
  { kind: 'foreignLink', origin: foreign },
  { kind: 'linkLoop' },
  { kind: 'emptyPages', count: 2 },
  { kind: 'repeatedRow', order: 'olderFirst' },
  { kind: 'repeatedRow', order: 'newerFirst' },
  { kind: 'replayedRound' },
  { kind: 'edgeOutOfOrder' },
  { kind: 'lateChange', rounds: 1 },
  { kind: 'lateChange', rounds: 2 },
];

const routes = fc.constantFrom(
  'usersDelta' as const,
  'groupsDelta' as const,
  'appRoleAssignedTo' as const,
  'user' as const,
  'memberOf' as const,
  'deletedUsers' as const,
  'batch' as const,
  'servicePrincipal' as const,
);

export interface PlannedGraphFault {
  readonly fault: GraphFault;
  readonly selector: FaultSelector;
}

export const graphFaults: fc.Arbitrary<PlannedGraphFault> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      fault: fc.constantFrom(...anyRequest),
      selector: fc.record({ routes: routes.map((one) => [one]), after: fc.nat(3), times }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      fault: fc.constantFrom(...deltaRequest),
      selector: fc.record({
        routes: fc.constantFrom('usersDelta' as const, 'groupsDelta' as const).map((one) => [one]),
        after: fc.nat(2),
        times: fc.integer({ min: 1, max: 2 }),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      fault: fc.constant<GraphFault>({ kind: 'emptyList' }),
      selector: fc.record({
        routes: fc.constant('appRoleAssignedTo' as const).map((one) => [one]),
        times: fc.constant(1),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      fault: fc.constant<GraphFault>({ kind: 'status', status: 404, code: 'Request_ResourceNotFound' }),
      selector: fc.record({
        routes: fc.constant('user' as const).map((one) => [one]),
        times: fc.integer({ min: 1, max: 3 }),
      }),
    }),
  },
);

const anyCall: readonly FaultMode[] = [
  { mode: 'token.expireMidCycle' },
  { mode: 'rate.perSecond' },
  { mode: 'rate.noHeaders' },
  { mode: 'rate.daily', retryAfterMs: 3 * 3_600_000 },
  { mode: 'lock.concurrent' },
  { mode: 'net.timeoutAfterCommit' },
  { mode: 'net.reset' },
  { mode: 'status', code: 500 },
  { mode: 'status', code: 500, afterCommit: true },
  { mode: 'status', code: 502, afterCommit: true },
  { mode: 'status', code: 503 },
  { mode: 'body.malformed' },
  { mode: 'body.empty200' },
  { mode: 'body.html' },
  { mode: 'body.missingId' },
  { mode: 'eventual.readAfterWrite', forMs: 20_000 },
  { mode: 'latency.slow', delayMs: 2_000 },
  { mode: 'latency.slow', delayMs: 40_000 },
];

const operations = fc.constantFrom(
  'users.create' as const,
  'users.put' as const,
  'users.patch' as const,
  'users.get' as const,
  'users.filter' as const,
  'users.list' as const,
  'users.*' as const,
  'groups.create' as const,
  'groups.filter' as const,
  'groups.patch' as const,
  'groups.*' as const,
);

const special: readonly ZoomFault[] = [
  { on: 'users.create', fault: { mode: 'user.conflict' }, times: 1 },
  { on: 'users.create', fault: { mode: 'user.foreign' }, times: 1 },
  { on: 'users.filter', fault: { mode: 'user.pending' }, times: 2 },
  { on: 'users.put', fault: { mode: 'user.deletedInZoom' }, times: 1 },
  { on: 'users.patch', fault: { mode: 'user.adminNoop' }, times: 2 },
  { on: 'users.patch', fault: { mode: 'write.ignored' }, times: 1 },
  { on: 'users.list', fault: { mode: 'list.shiftingPages', by: 1 }, times: 1 },
  { on: 'users.list', fault: { mode: 'list.sameRows' }, times: 3 },
  { on: 'users.list', fault: { mode: 'list.wrongTotal', total: 1 }, times: 1 },
  { on: 'users.list', fault: { mode: 'list.shortPage', rows: 1 }, times: 2 },
  { on: 'oauth.token', fault: { mode: 'status', code: 503 }, times: 3 },
];

export const zoomFaults: fc.Arbitrary<ZoomFault> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ on: operations, fault: fc.constantFrom(...anyCall), times }) },
  { weight: 1, arbitrary: fc.constantFrom(...special) },
);
