import { toSynchronizationJob } from '../../lib/api/synchronizationJob.js';
import { findStanding } from '../../lib/notify/standing.js';
import type { Fault, FaultSelector } from '../../lib/sandbox/graph/faults/model.js';
import { createTenant, servicePrincipalId, type Tenant } from '../fakes/tenant.js';

const inactive = (tenant: Tenant): number =>
  [...tenant.zoom.state().accounts.values()].filter(({ status }) => status === 'inactive').length;

/** Ten people have accounts, seven of them by a group; then one joins and one moves while the directory answers so. */
const open = async (): Promise<Tenant> => {
  const tenant = await createTenant({ graph: { repeatProbability: 0 }, engine: { deletionThresholdPercent: 100 } });
  const members = Array.from({ length: 7 }, (_, number) => tenant.join(`member${number}`, { assigned: false }));
  tenant.group('Everybody', members);
  for (let number = 0; number < 3; number += 1) tenant.join(`direct${number}`);
  await tenant.runCycle();
  await tenant.runCycle();
  tenant.join('cem');
  tenant.graph.dir.updateUser(members[0] ?? '', { department: 'Legal' });
  return tenant;
};

const toldOf = async (tenant: Tenant) => {
  const control = await tenant.world.state.jobs.read();
  if (!control.job) throw new Error('There is no job.');
  const nowMs = tenant.clock.nowMs();
  const standing = findStanding({ control, incidents: [], licences: null, licensedSeats: null, nowMs });
  const { status } = toSynchronizationJob(
    { ...control, job: control.job },
    { deployed: tenant.options().settings, isConfigured: true },
    nowMs,
  );
  return { status, notices: standing.filter(({ isQuiet }) => !isQuiet).map(({ notice }) => notice) };
};

/** After the fault nobody may have lost the account, and everything is made good in two quiet cycles. */
const expectHealing = async (tenant: Tenant): Promise<void> => {
  expect(inactive(tenant)).toBe(0);
  tenant.graph.clearFaults();
  await tenant.runCycle();
  await tenant.runCycle();
  expect(inactive(tenant)).toBe(0);
  expect(tenant.account('cem')).toMatchObject({ status: 'active' });
  expect(await toldOf(tenant)).toMatchObject({ status: { code: 'Active', quarantine: null }, notices: [] });
};

describe('an answer of Graph that heals within the cycle', () => {
  it.each<readonly [string, Fault, FaultSelector]>([
    ['F1 429 with seconds', { kind: 'throttled', retryAfter: 'seconds', seconds: 3 }, { times: 1 }],
    ['F2 429 with a date', { kind: 'throttled', retryAfter: 'date', seconds: 3 }, { times: 1 }],
    ['F3 429 without a wait', { kind: 'throttled', retryAfter: 'absent' }, { times: 1 }],
    [
      'F6 429 of a whole batch',
      { kind: 'throttled', retryAfter: 'seconds', seconds: 2 },
      { routes: ['batch'], times: 1 },
    ],
    ['F7 502 with HTML', { kind: 'status', status: 502, body: 'html' }, { times: 1 }],
    ['F7 503', { kind: 'status', status: 503 }, { times: 1 }],
    ['F7 509', { kind: 'status', status: 509 }, { times: 1 }],
    ['F8 a connection that breaks', { kind: 'reset', when: 'midBody' }, { times: 1 }],
    ['F8 JSON that ends half-way', { kind: 'truncated' }, { times: 1 }],
    ['F9 410 with a Location', { kind: 'gone', location: 'initial' }, { routes: ['usersDelta'], times: 1 }],
    [
      'F10 a token that expired',
      { kind: 'tokenRefused', as: 'expired' },
      { routes: ['usersDelta'], token: 'delta', times: 1 },
    ],
    [
      'F11 a token that is malformed',
      { kind: 'tokenRefused', as: 'malformed' },
      { routes: ['usersDelta'], token: 'delta', times: 1 },
    ],
    [
      'F11 a token that is unknown',
      { kind: 'tokenRefused', as: 'unknown' },
      { routes: ['groupsDelta'], token: 'delta', times: 1 },
    ],
    ['F15 empty pages', { kind: 'emptyPages', count: 3 }, { routes: ['usersDelta'], times: 1 }],
    ['F16 an object in two states', { kind: 'repeatedRow', order: 'newerFirst' }, { routes: ['usersDelta'], times: 1 }],
    ['F17 a replayed round', { kind: 'replayedRound' }, { routes: ['usersDelta'], times: 1 }],
    ['F18 an edge out of order', { kind: 'edgeOutOfOrder' }, { routes: ['groupsDelta'], times: 1 }],
    ['F29 one 401', { kind: 'status', status: 401 }, { times: 1 }],
  ])('%s', async (_what, fault, selector) => {
    const tenant = await open();
    tenant.graph.addFault(fault, selector);
    expect((await tenant.runCycle()).state).not.toBe('Failed');
    expect(await toldOf(tenant)).toMatchObject({ status: { quarantine: null }, notices: [] });
    await expectHealing(tenant);
  });
});

describe('an answer of Graph that leaves the cycle incomplete', () => {
  it.each<readonly [string, Fault, FaultSelector, string]>([
    [
      'F4 a wait of ten minutes',
      { kind: 'throttled', retryAfter: 'seconds', seconds: 600 },
      { routes: ['usersDelta'] },
      'SourceThrottled',
    ],
    ['F7 500 again and again', { kind: 'status', status: 500 }, { routes: ['usersDelta'] }, 'SourceUnavailable'],
    [
      'F7 504 for the assignments',
      { kind: 'status', status: 504 },
      { routes: ['appRoleAssignedTo'] },
      'SourceUnavailable',
    ],
    ['F8 no answer', { kind: 'stall' }, { routes: ['usersDelta'] }, 'SourceTimeout'],
    ['F8 another content type', { kind: 'wrongContentType' }, { routes: ['usersDelta'] }, 'SourceUnreadable'],
    [
      'F13 a link to another host',
      { kind: 'foreignLink', origin: 'https://evil.example' },
      { routes: ['usersDelta'] },
      'ForeignLink',
    ],
    ['F14 a link that goes round', { kind: 'linkLoop' }, { routes: ['usersDelta'] }, 'DeltaLoop'],
  ])('%s', async (_what, fault, selector, code) => {
    const tenant = await open();
    tenant.graph.addFault(fault, selector);
    const summary = await tenant.runCycle();
    expect(summary).toMatchObject({
      state: 'EntryLevelErrors',
      fault: { code, whose: 'source', recommendedAction: expect.stringMatching(/\w/) },
    });
    expect(await toldOf(tenant)).toMatchObject({
      status: { code: 'Active', quarantine: null, lastExecution: { error: { code } } },
      notices: [],
    });
    await expectHealing(tenant);
  });
});

describe('an answer of Graph that concerns the job', () => {
  const spoil = {
    'F20 an empty list': (tenant: Tenant) =>
      tenant.graph.addFault({ kind: 'emptyList' }, { routes: ['appRoleAssignedTo'] }),
    'F27 the application is gone': (tenant: Tenant) => tenant.graph.dir.deleteServicePrincipal(servicePrincipalId),
    'F28 a permission is lost': (tenant: Tenant) =>
      tenant.graph.addFault({ kind: 'status', status: 403, code: 'Authorization_RequestDenied' }, {}),
    'a token that is refused': (tenant: Tenant) => tenant.graph.addFault({ kind: 'status', status: 401 }, {}),
  } as const;
  it.each([
    ['F20 an empty list', 'IngestionInterrupted', 'IngestionInterrupted'],
    ['F27 the application is gone', 'ServicePrincipalNotFound', 'EncounteredQuarantineException'],
    ['F28 a permission is lost', 'InsufficientGraphPermissions', 'EncounteredQuarantineException'],
    ['a token that is refused', 'GraphTokenRejected', 'EncounteredQuarantineException'],
  ] as const)('%s: nobody is touched, and it is told apart', async (what, code, reason) => {
    const tenant = await open();
    spoil[what](tenant);
    tenant.takeCalls();
    expect(await tenant.runCycle()).toMatchObject({ state: 'Failed', fault: { code } });
    expect(tenant.takeCalls()).toEqual([]);
    const { status, notices } = await toldOf(tenant);
    expect(status).toMatchObject({ code: 'Quarantine', quarantine: { reason, error: { code } } });
    expect(notices).toMatchObject([{ incident: expect.stringContaining(code), fault: { code } }]);
    expect(inactive(tenant)).toBe(0);
  });

  it('F20 a list that lacks rows once takes nobody’s account', async () => {
    const tenant = await open();
    tenant.graph.addFault({ kind: 'rowMissing' }, { routes: ['appRoleAssignedTo'], times: 1 });
    await tenant.runCycle();
    await expectHealing(tenant);
  });

  it('F20 a list that is empty once is read again before anybody is told', async () => {
    const tenant = await open();
    tenant.graph.addFault({ kind: 'emptyList' }, { routes: ['appRoleAssignedTo'], times: 1 });
    expect((await tenant.runCycle()).state).toBe('Succeeded');
    await expectHealing(tenant);
  });

  it('F21 a user that a feed named and a read does not show stays, and is no failure', async () => {
    const tenant = await open();
    tenant.graph.addFault({ kind: 'status', status: 404 }, { routes: ['user'] });
    const summary = await tenant.runCycle();
    expect(summary.counts.failed).toBeUndefined();
    await expectHealing(tenant);
  });
});
