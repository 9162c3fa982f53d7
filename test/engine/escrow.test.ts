import { escrow, escrowDelayMs } from '../../lib/engine/escrow.js';
import type { Fault } from '../../lib/engine/model.js';
import { createTenant, domain } from '../fakes/tenant.js';

const intervalMs = 40 * 60_000;
const dayMs = 24 * 60 * 60_000;

describe('an object that failed', () => {
  it('stops no other and is tried again in the next cycle', async () => {
    const tenant = await createTenant();
    const bad = tenant.join('bad');
    for (const name of ['ada', 'ben', 'cem']) tenant.join(name);
    tenant.zoom.addFault({ on: 'users.create', user: `bad@${domain}`, fault: { mode: 'status', code: 500 }, times: 1 });
    expect(await tenant.runCycle()).toMatchObject({ state: 'EntryLevelErrors', counts: { created: 3, failed: 1 } });
    expect((await tenant.row(bad))?.pending).toMatchObject({ attempts: 1, reason: 'failed' });
    expect(await tenant.runCycle()).toMatchObject({ state: 'Succeeded', counts: { created: 1 } });
    expect((await tenant.row(bad))?.pending).toBeNull();
  });

  it('waits longer each time, keeps its first failure, and is sent at once when it changes', async () => {
    const tenant = await createTenant();
    const bad = tenant.join('bad');
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'status', code: 500 } });
    const tried: boolean[] = [];
    for (let cycle = 0; cycle < 7; cycle += 1) tried.push(((await tenant.runCycle()).counts.failed ?? 0) > 0);
    expect(tried).toEqual([true, true, false, true, false, false, false]);
    const pending = (await tenant.row(bad))?.pending;
    expect(pending).toMatchObject({ attempts: 3, fault: { code: 'InternalServerError' } });
    expect(Date.parse(pending?.firstFailureAt ?? '')).toBeLessThan(tenant.clock.nowMs() - 6 * intervalMs);
    tenant.zoom.clearFaults();
    tenant.graph.dir.updateUser(bad, { department: 'Legal' });
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
  });

  it('is not sent again where only a change can heal it', async () => {
    const tenant = await createTenant();
    const id = tenant.join('ada');
    tenant.graph.dir.updateUser(id, { userPrincipalName: `ada@${domain}`, mail: `ada@${domain}` });
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'status', code: 400 } });
    expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1 });
    tenant.takeCalls();
    for (let cycle = 0; cycle < 4; cycle += 1) await tenant.runCycle();
    expect(tenant.takeCalls()).toEqual([]);
    tenant.zoom.clearFaults();
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
  });

  it('is tried every day without end where a removal failed', async () => {
    const tenant = await createTenant({ engine: { deletionThresholdPercent: 100 } });
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}`, role: 'Admin' }] });
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    const first = await tenant.runCycle();
    expect(first.counts).toMatchObject({ failed: 1 });
    expect((await tenant.records(first.cycleId))[0]?.provisioningStatusInfo.errorInformation).toMatchObject({
      errorCode: 'AdminNotDeactivatable',
    });
    let failures = 0;
    for (let day = 0; day < 10; day += 1) {
      tenant.clock.advance(dayMs);
      failures += (await tenant.runCycle()).counts.failed ?? 0;
    }
    expect(failures).toBe(10);
    tenant.zoom.seed({ users: [{ userName: `ada@${domain}`, role: 'Member' }] });
    tenant.clock.advance(dayMs);
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    expect((await tenant.row(id))?.pending).toBeNull();
  });
});

describe('how long a failed object waits', () => {
  const fault = (retry: Fault['retry'], retryAt?: string): Fault => ({
    code: 'X',
    message: '',
    recommendedAction: '',
    whose: 'object',
    retry,
    ...(retryAt ? { retryAt } : {}),
  });

  it.each([
    [1, 0],
    [2, 2 * intervalMs],
    [3, 4 * intervalMs],
    [6, 32 * intervalMs],
    [40, 28 * dayMs],
  ])('after attempt %i', (attempts, delayMs) => {
    expect(escrowDelayMs(attempts, intervalMs)).toBe(delayMs);
  });

  it('respects an instant that the fault names', () => {
    const nowMs = Date.UTC(2026, 0, 1);
    const at = new Date(nowMs + 5 * dayMs).toISOString();
    const mark = escrow(null, fault('at', at), nowMs, intervalMs);
    expect(Date.parse(mark.due)).toBe(nowMs + 5 * dayMs + 1);
  });

  it('begins to count anew after a mark that was no failure', () => {
    const before = { reason: 'unknown', due: '', touch: 4, attempts: 9, firstFailureAt: null, fault: null } as const;
    expect(escrow(before, fault('nextCycle'), 0, intervalMs)).toMatchObject({ attempts: 1, touch: 4 });
  });
});
