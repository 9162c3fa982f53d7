import { retryOfDown } from '../../lib/engine/circuitBreaker.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';

const minuteMs = 60_000;
const people = 60;

const running = async (): Promise<{ readonly tenant: Tenant; readonly ids: readonly string[] }> => {
  const tenant = await createTenant({ graph: { repeatProbability: 0 } });
  const ids = Array.from({ length: people }, (_, number) => tenant.join(`user${number}`));
  await tenant.runCycle();
  tenant.takeCalls();
  return { tenant, ids };
};

const goDown = (tenant: Tenant): void => {
  tenant.zoom.addFault({ on: '*', fault: { mode: 'status', code: 503 } });
};

const jobOf = async (tenant: Tenant) => (await tenant.world.state.jobs.read()).job;

describe('a target that is down', () => {
  it('ends the sending early, is no fault of the job or of anybody, and is tried again soon', async () => {
    const { tenant, ids } = await running();
    for (const id of ids) tenant.graph.dir.updateUser(id, { department: 'Legal' });
    goDown(tenant);
    const down = await tenant.runCycle();
    expect(down).toMatchObject({
      state: 'EntryLevelErrors',
      counts: { targetDown: 1 },
      fault: { code: 'ServiceUnavailable', whose: 'target', request: { service: 'zoom', status: 503 } },
    });
    expect(down.counts.failed).toBeUndefined();
    // Each of the failures is itself tried four times.
    expect(tenant.takeCalls().length).toBeLessThan(80);
    const job = await jobOf(tenant);
    expect(job).toMatchObject({ quarantine: null, failuresInARow: 0 });
    expect(Date.parse(job?.nextRunAt ?? '') - Date.parse(down.endedAt)).toBe(5 * minuteMs);
    for (const id of ids) expect((await tenant.row(id))?.pending).toMatchObject({ attempts: 0, fault: null });
    expect(tenant.events.filter(({ name }) => name === 'TargetDown')).toHaveLength(1);
  });

  it('does not stop the reading of the source, and everybody is updated when it is back', async () => {
    const { tenant, ids } = await running();
    for (const id of ids) tenant.graph.dir.updateUser(id, { department: 'Legal' });
    goDown(tenant);
    const down = await tenant.runCycle();
    expect((await tenant.world.state.jobs.read()).marks[0]?.endedIn).toBe(down.cycleId);
    tenant.zoom.clearFaults();
    expect(await tenant.runCycle()).toMatchObject({ state: 'Succeeded', counts: { updated: people } });
    expect((await tenant.runCycle()).counts).toMatchObject({ zoomRequests: 0 });
  });

  it('leaves removals staged, and counts none of them twice', async () => {
    const { tenant, ids } = await running();
    for (const id of ids.slice(0, 5)) tenant.graph.dir.updateUser(id, { accountEnabled: false });
    for (const id of ids.slice(5)) tenant.graph.dir.updateUser(id, { department: 'Legal' });
    goDown(tenant);
    await tenant.runCycle();
    expect((await tenant.world.state.objects.listStaged(null)).rows.map(({ state }) => state)).toEqual(
      Array.from({ length: 5 }, () => 'staged'),
    );
    tenant.zoom.clearFaults();
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 5, updated: people - 5 });
  });

  it('makes no second account for whoever was being created when it went', async () => {
    const tenant = await createTenant();
    for (let number = 0; number < 30; number += 1) tenant.join(`user${number}`);
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'status', code: 503, afterCommit: true } });
    const later = Array.from({ length: 1_000 }, (_, number) => number + 10);
    tenant.zoom.addFault({ on: 'users.*', nth: later, fault: { mode: 'status', code: 503 } });
    expect((await tenant.runCycle()).counts).toMatchObject({ targetDown: 1 });
    expect(tenant.zoom.state().accounts.size).toBeGreaterThan(0);
    tenant.zoom.clearFaults();
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.zoom.state().accounts.size).toBe(30);
  });

  it('is not what fails where only one kind of request does', async () => {
    const { tenant, ids } = await running();
    for (const id of ids) tenant.graph.dir.updateUser(id, { department: 'Legal' });
    tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'status', code: 500 } });
    const summary = await tenant.runCycle();
    expect(summary.counts).toMatchObject({ failed: people });
    expect(summary.counts.targetDown).toBeUndefined();
    expect((await tenant.row(ids[0] ?? ''))?.pending).toMatchObject({ attempts: 1 });
  });

  it('is tried ever later, and never later than the job would run anyway', () => {
    expect([1, 2, 3, 4, 9].map((times) => retryOfDown(times, 40 * minuteMs) / minuteMs)).toEqual([5, 10, 20, 40, 40]);
  });
});
