import type { CycleState, CycleSummary, JobRow, Mark } from '../../lib/engine/control.js';
import { newJob as makeJob } from '../../lib/engine/newJob.js';
import type { RecordRow } from '../../lib/engine/record.js';
import type { ObjectChange } from '../../lib/engine/state.js';
import type { Link, ObjectRow, Pending, Staged } from '../../lib/engine/stored.js';

export const jobId = 'zoom.00000000-1111-2222-3333-444444444444.55555555-6666-7777-8888-999999999999';

export const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 23) + seconds * 1_000).toISOString();

export const pendingAt = (due: string, touch = 1): Pending => ({
  reason: 'assignment',
  due,
  touch,
  attempts: 0,
  firstFailureAt: null,
  fault: null,
});

export const stagedIn = (cycleId: string, state: Staged['state'] = 'staged'): Staged => ({
  trigger: 'unassigned',
  removal: 'disable',
  since: at(0),
  cycleId,
  state,
  incident: null,
  provenByRow: false,
  contradictedIn: null,
  release: null,
});

export const linkTo = (targetId: string): Link => ({
  targetId,
  state: 'active',
  origin: 'created',
  invited: false,
  asked: { userName: 'ö@example.com', active: true, 'emails[type eq "work"].value': null },
  held: { nested: [{ deep: ['1', 2, false] }] },
  schemaVersion: 'v1',
  since: at(0),
});

/** A row with something in every column. */
export const fullRow = (id: string): ObjectRow => ({
  id,
  type: 'user',
  link: linkTo('zoom-1'),
  pending: {
    ...pendingAt(at(60)),
    fault: {
      code: 'Some',
      message: 'm',
      recommendedAction: 'a',
      whose: 'target',
      retry: 'at',
      retryAt: at(60),
      outcomeUnknown: true,
      request: { service: 'zoom', method: 'PUT', path: '/Users/1', status: null, requestId: 'r' },
    },
  },
  staged: stagedIn('c1', 'held'),
  intent: {
    operation: 'update',
    userName: null,
    targetId: 'zoom-1',
    token: 't',
    until: at(30),
    recordId: 'r1',
    touch: 3,
  },
  eval: {
    readAt: at(1),
    schemaVersion: 'v1',
    cycleId: 'c1',
    round: 4,
    outcome: 'updated',
    inScope: true,
    managerId: null,
  },
  removal: { trigger: 'softDeleted', since: at(2), due: null },
  via: { app: { role1: { missingSince: null } }, group1: { member: { missingSince: 'c0' } } },
  wantedBy: ['someone'],
  gone: { reason: 'changed', since: at(3) },
  members: { groups: ['group1'], account: 'target1' },
  group: { displayName: 'G', securityEnabled: null },
});

export const changeOf = (
  id: string,
  change: (row: ObjectRow) => ObjectRow | null,
  known?: ObjectChange['known'],
): ObjectChange => ({ id, type: 'user', change, ...(known === undefined ? {} : { known }) });

export const newJob: JobRow = makeJob(jobId, 'on', 2_400_000);

export const cycleOf = (cycleId: string, slice = 0): CycleState => ({
  cycleId,
  kind: 'incremental',
  phase: 'users',
  cursor: 'c',
  slice,
  startedAt: at(0),
  schemaVersion: 'v1',
  settingsDigest: 'd',
  counts: { created: 1 },
  incomplete: ['users'],
  notBefore: null,
  stalledSlices: 0,
  fault: null,
  units: { done: 1, total: null, msEach: null },
});

export const summaryOf = (cycleId: string, startedAt: string): CycleSummary => ({
  cycleId,
  kind: 'initial',
  startedAt,
  endedAt: at(1_000),
  counts: {},
  state: 'Succeeded',
  fault: null,
});

export const markOf = (stream: string): Mark => ({
  stream,
  groupIds: ['g1', 'g2'],
  round: 1,
  roundStartedAt: at(0),
  link: `https://graph.microsoft.com/v1.0/groups/delta?$skiptoken=${stream}`,
  enumerating: true,
  endedIn: null,
  readySince: null,
  sweeping: false,
});

export const recordOf = (id: string, changes: Partial<RecordRow> = {}): RecordRow => ({
  id,
  activityDateTime: at(0),
  tenantId: 't',
  jobId,
  cycleId: 'c1',
  changeId: 'ch',
  provisioningAction: 'create',
  durationInMilliseconds: 5,
  initiatedBy: { id: '', displayName: 'entra-zoom-sync', initiatorType: 'system' },
  servicePrincipal: { id: 's', displayName: 'Zoom' },
  sourceSystem: { id: 'e', displayName: 'Microsoft Entra ID', details: {} },
  targetSystem: { id: 'z', displayName: 'Zoom', details: {} },
  sourceIdentity: { id: 'u1', displayName: 'One', identityType: 'User', details: {} },
  targetIdentity: { id: 'z1', displayName: 'One', identityType: 'User', details: {} },
  provisioningStatusInfo: { status: 'success', errorInformation: null },
  provisioningSteps: [
    { name: 'EntryImport', provisioningStepType: 'import', status: 'success', description: 'd', details: { a: 'b' } },
  ],
  modifiedProperties: [{ displayName: 'userName', oldValue: null, newValue: 'one@example.com' }],
  ...changes,
});
