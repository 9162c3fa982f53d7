import { nextAttempt } from '../../lib/engine/quarantine.js';
import { tick } from '../../lib/engine/tick.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
const tickMs = 30 * 60_000;

const jobOf = async (tenant: Tenant) => {
  const { job } = await tenant.world.state.jobs.read();
  if (!job) throw new Error('There is no job.');
  return job;
};

/** Lets time pass as a timer would see it; the instants, in hours from the start, at which a cycle ended. */
const letPass = async (tenant: Tenant, forMs: number): Promise<readonly number[]> => {
  const startMs = tenant.clock.nowMs();
  const ended: number[] = [];
  while (tenant.clock.nowMs() - startMs < forMs) {
    tenant.clock.advance(tickMs);
    if ((await tick(tenant.world)).kind !== 'queued') continue;
    const result = await tenant.deliver();
    if (result.kind === 'finished') ended.push(Math.floor((tenant.clock.nowMs() - startMs) / hourMs));
  }
  return ended;
};

const breakCredentials = async (): Promise<Tenant> => {
  const tenant = await createTenant();
  tenant.join('ada');
  tenant.zoom.addFault({ on: 'oauth.token', fault: { mode: 'token.clientSecretWrong' } });
  await tenant.runCycle();
  return tenant;
};

describe('the back-off of a job in quarantine', () => {
  it('is 6, 12 and 24 hours from the first failure, then every 24 hours', () => {
    const after = (hours: number): number => nextAttempt(0, hours * hourMs) / hourMs;
    expect([0, 5.9, 6, 12, 23, 24, 47, 48, 600].map(after)).toEqual([6, 6, 12, 24, 24, 48, 48, 72, 624]);
  });

  it('lasts 28 days and then switches the job off; start lets it run again', async () => {
    const tenant = await breakCredentials();
    const ended = await letPass(tenant, 30 * dayMs);
    expect(ended.slice(0, 5)).toEqual([6, 12, 24, 48, 72]);
    expect(ended).toHaveLength(30);
    const job = await jobOf(tenant);
    expect(job).toMatchObject({ status: 'off', quarantine: { reason: 'EncounteredQuarantineException' } });
    expect(job.quarantine?.timesImposed).toBe(31);
    expect(tenant.account('ada')).toBeUndefined();
  });

  it('ends with the first clean cycle', async () => {
    const tenant = await breakCredentials();
    const since = (await jobOf(tenant)).quarantine?.since;
    await letPass(tenant, 13 * hourMs);
    expect((await jobOf(tenant)).quarantine).toMatchObject({ since, timesImposed: 3 });
    tenant.zoom.clearFaults();
    await letPass(tenant, 12 * hourMs);
    expect(await jobOf(tenant)).toMatchObject({ quarantine: null, failuresInARow: 0 });
    expect(tenant.account('ada')).toBeDefined();
    expect((await letPass(tenant, 3 * hourMs)).length).toBeGreaterThan(3);
  });

  it('delays nobody: whoever failed with the job is tried in its next cycle', async () => {
    const tenant = await breakCredentials();
    await letPass(tenant, 20 * dayMs);
    tenant.zoom.clearFaults();
    await tenant.runCycle('incremental');
    expect(tenant.account('ada')).toBeDefined();
  });

  it('does not keep a run that is asked for', async () => {
    const tenant = await breakCredentials();
    tenant.zoom.clearFaults();
    expect(await tenant.runCycle('incremental')).toMatchObject({ state: 'Succeeded' });
    expect((await jobOf(tenant)).quarantine).toBeNull();
  });

  it('goes on under another reason as the same series', async () => {
    const tenant = await breakCredentials();
    const before = (await jobOf(tenant)).quarantine;
    tenant.zoom.clearFaults();
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'account.ssoOff' } });
    await letPass(tenant, 6 * hourMs);
    const { quarantine } = await jobOf(tenant);
    expect(quarantine).toMatchObject({
      since: before?.since,
      timesImposed: 2,
      fault: { code: 'SingleSignOnDisabled' },
    });
  });
});

describe('too many failures', () => {
  const people = 30;
  const failing = async (): Promise<Tenant> => {
    const tenant = await createTenant({ engine: { licencePolicy: 'fail' } });
    for (let number = 0; number < people; number += 1) tenant.join(`user${number}`);
    tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'licence.error', status: 403 } });
    await tenant.runCycle();
    return tenant;
  };

  it('quarantine a small tenant too, and name the commonest of them', async () => {
    const tenant = await failing();
    expect(await jobOf(tenant)).toMatchObject({
      failuresInARow: 0,
      quarantine: {
        reason: 'EncounteredEscrowProportionThreshold',
        fault: { code: 'LicenseLimitExceeded', request: { method: 'POST', status: 403 } },
      },
      lastExecution: { state: 'EntryLevelErrors' },
    });
  });

  it('end it once they are few again', async () => {
    const tenant = await failing();
    tenant.zoom.clearFaults();
    const healed = await tenant.runCycle();
    expect(healed.counts).toMatchObject({ created: people });
    expect((await jobOf(tenant)).quarantine).toBeNull();
  });

  it('keep it while they stand, although none of them was tried again', async () => {
    const tenant = await failing();
    await tenant.runCycle('incremental');
    expect((await tenant.runCycle('incremental')).counts.failed).toBeUndefined();
    expect((await jobOf(tenant)).quarantine).toMatchObject({
      reason: 'EncounteredEscrowProportionThreshold',
      timesImposed: 3,
    });
  });
});
