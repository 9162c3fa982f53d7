import { toSynchronizationJob } from '../../lib/api/synchronizationJob.js';
import { findStanding } from '../../lib/notify/standing.js';
import type { FaultMode } from '../../lib/sandbox/zoom/faultModes.js';
import type { Fault as FaultRule } from '../../lib/sandbox/zoom/faults.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';

const scimError = (status: number, detail: string): FaultMode => ({
  mode: 'status',
  code: status,
  contentType: 'application/scim+json',
  body: JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail, status }),
});

type Wanted = 'create' | 'update' | 'disable';

/** Ada and Ben have accounts; then something is wanted of Zoom, and it answers with the fault. */
const meet = async (wanted: Wanted, fault: FaultRule) => {
  const tenant = await createTenant({
    engine: { licencePolicy: 'fail', deletionThresholdPercent: 100 },
    graph: { repeatProbability: 0 },
  });
  const ada = tenant.join('ada');
  tenant.join('ben');
  await tenant.runCycle();
  const id = wanted === 'create' ? tenant.join('cem') : ada;
  if (wanted === 'update') tenant.graph.dir.updateUser(ada, { department: 'Legal' });
  if (wanted === 'disable') tenant.graph.dir.updateUser(ada, { accountEnabled: false });
  tenant.zoom.addFault(fault);
  const summary = await tenant.runCycle();
  return { tenant, id, summary };
};

const toldOf = async (tenant: Tenant) => {
  const control = await tenant.world.state.jobs.read();
  if (!control.job) throw new Error('There is no job.');
  const nowMs = tenant.clock.nowMs();
  const standing = findStanding({ control, incidents: [], licences: null, licensedSeats: null, nowMs });
  const shown = toSynchronizationJob(
    { ...control, job: control.job },
    { deployed: tenant.options().settings, isConfigured: true },
    nowMs,
  );
  return { status: shown.status, notices: standing.filter(({ isQuiet }) => !isQuiet).map(({ notice }) => notice) };
};

describe('an answer of Zoom that concerns one person', () => {
  const text = (detail: string, status = 400) => scimError(status, detail);
  it.each([
    [
      'no valid active field',
      'disable',
      { on: 'users.patch', fault: text('The request json did not contains valid active field.') },
      'MalformedRequest',
    ],
    [
      'a body that is no JSON',
      'update',
      { on: 'users.put', fault: text('The request body must be in JSON format.') },
      'MalformedRequest',
    ],
    [
      'an empty body',
      'update',
      { on: 'users.put', fault: text('The request JSON must not be empty.') },
      'MalformedRequest',
    ],
    [
      'a bad group name',
      'update',
      { on: 'users.put', fault: text('The "DisplayName" of the request is invalid.') },
      'GroupNameInvalid',
    ],
    [
      'the default group',
      'update',
      { on: 'users.put', fault: text('Cannot delete account default group.') },
      'DefaultGroupUndeletable',
    ],
    [
      'a domain that is not managed',
      'update',
      { on: 'users.put', fault: text("Domain name doesn't match the account.") },
      'DomainNotManaged',
    ],
    [
      'no seats',
      'create',
      { on: 'users.create', fault: { mode: 'licence.error', status: 403 } },
      'LicenseLimitExceeded',
    ],
    [
      'the limit of Basic users',
      'create',
      { on: 'users.create', fault: text('The account has reached its limit of 9,999 Basic users.') },
      'BasicUserLimit',
    ],
    ['a batch that is too big', 'update', { on: 'users.put', fault: text('too large', 413) }, 'RequestTooLarge'],
    ['an administrator', 'disable', { on: 'users.patch', fault: { mode: 'user.adminNoop' } }, 'AdminNotDeactivatable'],
    ['one 500', 'update', { on: 'users.put', fault: { mode: 'status', code: 500 } }, 'InternalServerError'],
    ['one 503', 'create', { on: 'users.create', fault: { mode: 'status', code: 503 } }, 'ServiceUnavailable'],
  ] as const)('%s fails that person alone', async (_what, wanted, fault, code) => {
    const { tenant, id, summary } = await meet(wanted, fault);
    expect(summary).toMatchObject({ state: 'EntryLevelErrors', counts: { failed: 1 } });
    expect((await tenant.row(id))?.pending).toMatchObject({ attempts: 1, fault: { code } });
    const [record] = await tenant.records(summary.cycleId);
    expect(record).toMatchObject({
      sourceIdentity: { id },
      provisioningStatusInfo: {
        status: 'failure',
        errorInformation: { errorCode: code, recommendedAction: expect.stringMatching(/\w/) },
      },
    });
    expect(await toldOf(tenant)).toMatchObject({ status: { code: 'Active', quarantine: null }, notices: [] });
    tenant.zoom.clearFaults();
    tenant.graph.dir.updateUser(id, { jobTitle: 'changed' });
    expect((await tenant.runCycle()).state).toBe('Succeeded');
  });

  it('of an invitation that is open, or another account, is a wait and no failure', async () => {
    const fault = scimError(400, 'User cem@contoso.example not exist or not belong to this account.');
    const { tenant, id, summary } = await meet('create', { on: 'users.filter', fault });
    expect(summary.counts.created).toBeUndefined();
    expect((await tenant.row(id))?.pending?.fault).toBeNull();
    expect(await tenant.records(summary.cycleId)).toMatchObject([
      { provisioningStatusInfo: { status: 'skipped', errorInformation: { errorCode: 'PendingOrForeign' } } },
    ]);
    expect(await toldOf(tenant)).toMatchObject({ status: { quarantine: null }, notices: [] });
  });
});

describe('an answer of Zoom that heals within the cycle', () => {
  it.each([
    [
      'a token that expired',
      'update',
      { on: 'users.put', fault: { mode: 'token.expireMidCycle' }, times: 1 },
      { updated: 1 },
    ],
    ['a limit of requests', 'update', { on: 'users.put', fault: { mode: 'rate.perSecond' }, times: 1 }, { updated: 1 }],
    ['a lock', 'update', { on: 'users.put', fault: { mode: 'lock.concurrent' }, times: 1 }, { updated: 1 }],
    [
      'an account erased in Zoom',
      'update',
      { on: 'users.put', fault: { mode: 'user.deletedInZoom' }, times: 1 },
      { created: 1 },
    ],
  ] as const)('%s is nobody’s failure', async (_what, wanted, fault, counts) => {
    const { tenant, summary } = await meet(wanted, fault);
    expect(summary).toMatchObject({ state: 'Succeeded', counts });
    expect(await tenant.records(summary.cycleId)).toMatchObject([{ provisioningStatusInfo: { status: 'success' } }]);
    expect(await toldOf(tenant)).toMatchObject({ status: { quarantine: null }, notices: [] });
  });
});

describe('an answer of Zoom that concerns the job', () => {
  it.each([
    [
      'single sign-on is off',
      { on: 'users.create', fault: { mode: 'account.ssoOff' } },
      'SingleSignOnDisabled',
      'single sign-on',
    ],
    [
      'the filter is not supported',
      { on: 'users.filter', fault: scimError(400, 'The current filter does not support the filter name: externalId') },
      'FilterNotSupported',
      'match by userName',
    ],
    [
      'the token is refused',
      {
        on: 'users.create',
        fault: {
          mode: 'status',
          code: 401,
          body: '{"code":124,"message":"Invalid access token."}',
          contentType: 'application/json',
        },
      },
      'Unauthorized',
      'credentials',
    ],
    ['a scope is missing', { on: 'users.create', fault: { mode: 'token.scopeMissing' } }, 'ScopeMissing', 'scope'],
    [
      'the admin’s role is too small',
      { on: 'users.create', fault: { mode: 'account.permissionLost' } },
      'InsufficientRights',
      'role',
    ],
    [
      'the request is unparsable',
      { on: 'users.create', fault: scimError(400, 'Request is unparsable') },
      'Unauthorized',
      'credentials',
    ],
  ] as const)('%s: quarantine with its own code, request and remedy', async (_what, fault, code, remedy) => {
    const { tenant, summary } = await meet('create', fault);
    expect(summary).toMatchObject({ state: 'Failed', fault: { code, whose: 'job' } });
    const { status, notices } = await toldOf(tenant);
    expect(status).toMatchObject({
      code: 'Quarantine',
      countSuccessiveCompleteFailures: 1,
      quarantine: {
        reason: 'EncounteredQuarantineException',
        seriesCount: 1,
        error: { code, tenantActionable: true, message: expect.stringContaining('/scim2/Users') },
      },
    });
    expect(status.quarantine?.error?.message).toMatch(new RegExp(`answered \\d{3}.*${remedy}`, 'is'));
    expect(notices).toMatchObject([
      {
        incident: expect.stringContaining(code),
        fault: { code, request: { path: expect.stringContaining('/scim2/') } },
      },
    ]);
    tenant.zoom.clearFaults();
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
    expect(await toldOf(tenant)).toMatchObject({ status: { code: 'Active', quarantine: null }, notices: [] });
  });
});
