import { surveyJob } from '../../lib/engine/surveyJob.js';
import { createState } from '../../lib/state/createState.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { createTenant, domain } from '../fakes/tenant.js';

const hourMs = 3_600_000;

describe('the figures of a job', () => {
  it('are none before there is a job', async () => {
    const { world } = await createTenant();
    const state = createState({ tables: createMemoryTables(), jobId: 'other', clock: world.clock, newId: world.newId });
    expect(await surveyJob({ state, clock: world.clock })).toBeNull();
  });

  it('say what failed, what is overdue and what is held', async () => {
    const tenant = await createTenant({ engine: { deletionThreshold: 1, deletionThresholdPercent: 100 } });
    const ids = ['ada', 'ben', 'cem', 'dea'].map((name) => tenant.join(name));
    await tenant.runCycle();
    expect(await surveyJob(tenant.world)).toEqual({
      isQuarantined: false,
      linkedActive: 4,
      linkedDisabled: 0,
      staged: 0,
      held: 0,
      escrowed: 0,
      pendingAgeMs: 0,
      cycle: null,
    });

    tenant.join('bad');
    tenant.zoom.addFault({ on: 'users.create', user: `bad@${domain}`, fault: { mode: 'status', code: 400 } });
    for (const id of ids.slice(0, 2)) tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await tenant.runCycle();
    expect(await surveyJob(tenant.world)).toMatchObject({ isQuarantined: true, linkedActive: 4, held: 2, escrowed: 1 });
  });

  it('tell how long the oldest has been due, and how many intervals the cycle has run', async () => {
    const tenant = await createTenant({ engine: { sliceBudgetMs: 0 } });
    for (let n = 0; n < 150; n += 1) tenant.join(`user${n}`);
    await tenant.runMessage({ jobId: tenant.world.jobId, cycleId: null, slice: 1 });
    while ((await tenant.world.state.jobs.read()).cycle?.phase === 'assignments') await tenant.deliver();
    tenant.clock.advance(2 * hourMs);
    const figures = await surveyJob(tenant.world);
    expect(figures?.cycle?.kind).toBe('initial');
    expect(figures?.cycle?.intervals).toBeCloseTo(3, 1);
    expect(figures?.pendingAgeMs).toBeGreaterThanOrEqual(2 * hourMs);
    expect(figures?.pendingAgeMs).toBeLessThan(2 * hourMs + 60_000);
  });
});
