import { z } from 'zod';
import { getJob, listJobs } from '../../lib/api/jobs.js';
import { toProgress } from '../../lib/api/progress.js';
import type { CycleState } from '../../lib/engine/control.js';
import { newJob } from '../../lib/engine/newJob.js';
import { jobRequest, operate } from '../fakes/operator.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { cycleOf } from '../state/samples.js';
import { defaultsOf } from './jobDefaults.js';

const count = z.number();
const jobShape = z.object({
  schedule: z.object({ state: z.string() }),
  status: z.object({
    code: z.string(),
    lastExecution: z.record(z.string(), z.unknown()).nullable(),
    progress: z.array(z.object({ completedUnits: count, totalUnits: count, units: z.string() })),
    quarantine: z.record(z.string(), z.unknown()).nullable(),
    steadyStateFirstAchievedTime: z.string(),
    synchronizedEntryCountByType: z.array(z.object({ key: z.string(), value: count })),
  }),
});

/** The job as the API tells it, held against Graph's type each time. */
const readJob = async (tenant: Tenant, isConfigured = true) => {
  const defaults = { ...defaultsOf(tenant), isConfigured: async () => isConfigured };
  const { body } = await getJob(tenant.world, defaults, jobRequest(tenant));
  expect(checkGraphType('synchronizationJob', body, { everyMember: true })).toEqual([]);
  return jobShape.parse(body);
};

const never = '0001-01-01T00:00:00Z';

describe('the job', () => {
  it('has never run at first, and is not configured without consent', async () => {
    const tenant = await createTenant();
    expect(await readJob(tenant)).toMatchObject({
      schedule: { state: 'Active' },
      status: { code: 'NotRun', lastExecution: null, progress: [], steadyStateFirstAchievedTime: never },
    });
    expect((await readJob(tenant, false)).status.code).toBe('NotConfigured');
    const { body } = await listJobs(tenant.world, defaultsOf(tenant), jobRequest(tenant));
    expect(checkGraphType('Collection(synchronizationJob)', Object(body).value)).toEqual([]);
  });

  it('counts who was assigned, who passed every gate, what was sent and what failed', async () => {
    const tenant = await createTenant();
    const members = [tenant.join('m1', { assigned: false }), tenant.join('m2', { assigned: false })];
    tenant.group('Sales', members);
    tenant.join('ada');
    tenant.graph.dir.updateUser(tenant.join('blocked'), { accountEnabled: false });
    tenant.join('stranger', { assigned: false });
    tenant.join('bad');
    tenant.zoom.addFault({ on: 'users.create', user: 'bad@contoso.example', fault: { mode: 'status', code: 400 } });
    await tenant.runCycle();
    const { status } = await readJob(tenant);
    expect(status.lastExecution).toMatchObject({
      countImported: 5,
      countImportedDeltas: 0,
      countImportedReferenceDeltas: 2,
      countEntitled: 5,
      countEntitledForProvisioning: 4,
      countExports: 4,
      countExported: 3,
      countEscrowed: 1,
      countEscrowedRaw: 1,
      state: 'EntryLevelErrors',
      error: null,
    });
    expect(status.synchronizedEntryCountByType).toEqual([{ key: 'User', value: 3 }]);
    tenant.graph.dir.updateUser(members[0] ?? '', { department: 'Legal' });
    await tenant.runCycle();
    expect((await readJob(tenant)).status.lastExecution).toMatchObject({ countImported: 0, countExported: 1 });
  });

  it('names the cause of its quarantine', async () => {
    const tenant = await createTenant();
    tenant.join('ada');
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'account.ssoOff' } });
    await tenant.runCycle();
    const { status } = await readJob(tenant);
    expect(status).toMatchObject({
      code: 'Quarantine',
      steadyStateFirstAchievedTime: never,
      quarantine: { reason: 'EncounteredQuarantineException', error: { code: 'SingleSignOnDisabled' } },
      lastExecution: { state: 'Failed' },
    });
  });

  it('is paused, off, or as if it had never run after it was deleted', async () => {
    const tenant = await createTenant();
    const operator = operate(tenant);
    tenant.join('ada');
    await tenant.runCycle();
    await operator.pause();
    expect(await readJob(tenant)).toMatchObject({ schedule: { state: 'Paused' }, status: { code: 'Paused' } });
    await operator.delete();
    expect(await readJob(tenant)).toMatchObject({
      schedule: { state: 'Disabled' },
      status: { code: 'NotRun', lastExecution: null, synchronizedEntryCountByType: [{ key: 'User', value: 0 }] },
    });
  });

  it('shows progress in users, with the time that is left', async () => {
    const tenant = await createTenant({ engine: { sliceBudgetMs: 3_000, concurrency: 1 }, zoom: { latencyMs: 100 } });
    for (let n = 0; n < 250; n += 1) tenant.join(`user${n}`);
    for (let n = 0; n < 50; n += 1) tenant.join(`stranger${n}`, { assigned: false });
    const seen: { done: number; total: number; left: number | null }[] = [];
    await tenant.world.queue.send({ jobId: 'job', cycleId: null, slice: 1 }, 0);
    for (;;) {
      const result = await tenant.deliver();
      if (result.kind === 'finished') break;
      const [objects, seconds] = (await readJob(tenant)).status.progress;
      if (!objects) throw new Error('A running cycle has progress.');
      const left = seconds ? seconds.totalUnits - seconds.completedUnits : null;
      seen.push({ done: objects.completedUnits, total: objects.totalUnits, left });
    }
    const counted = seen.filter(({ left }) => left !== null);
    expect(counted.length).toBeGreaterThan(1);
    expect(counted.every(({ total }) => total === 250)).toBe(true);
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
    for (const { done, left } of counted.slice(0, -1)) {
      // Every creation takes 100 ms, one after the other.
      expect(left).toBeGreaterThanOrEqual(((250 - done) * 100) / 1_000 - 1);
      expect(left).toBeLessThan(((250 - done) * 100 * 3) / 1_000 + 3);
    }
    expect((await readJob(tenant)).status.progress).toEqual([]);
  });
});

describe('progress', () => {
  const nowMs = Date.UTC(2026, 10, 23, 9);
  const cycle = (units: CycleState['units'], notBefore: string | null = null): CycleState => ({
    ...cycleOf('users'),
    startedAt: new Date(nowMs - 60_000).toISOString(),
    units,
    notBefore,
  });
  const progressOf = (state: CycleState, job = newJob('job', 'on', 1)) =>
    toProgress({ job, cycle: state, counters: { linkedActive: 7, linkedDisabled: 1 } }, nowMs).map(
      ({ completedUnits, totalUnits, units }) => [units, completedUnits, totalUnits],
    );

  it('is of as many as are linked while the total is not known', () => {
    expect(progressOf(cycle({ done: 3, total: null, msEach: 5 }))).toEqual([['objects', 3, 8]]);
    expect(progressOf(cycle({ done: 12, total: null, msEach: null }))).toEqual([['objects', 12, 12]]);
  });

  it('counts a wait that the target asked for', () => {
    const notBefore = new Date(nowMs + 3_600_000).toISOString();
    expect(progressOf(cycle({ done: 10, total: 30, msEach: 500 }, notBefore))).toEqual([
      ['objects', 10, 30],
      ['seconds', 60, 60 + 3_600 + 10],
    ]);
  });

  it('makes no promise while the job is paused', () => {
    const paused = newJob('job', 'paused', 1);
    expect(progressOf(cycle({ done: 10, total: 30, msEach: 500 }), paused)).toEqual([['objects', 10, 30]]);
  });
});
