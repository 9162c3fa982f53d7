import { hookWrites } from '../../lib/state/wrapTables.js';
import { createTenant } from '../fakes/tenant.js';

describe('a cycle whose slices end in unexpected errors', () => {
  it('is given up after five at one checkpoint, quarantines the job, and the next cycle tries again', async () => {
    let isBroken = false;
    const tenant = await createTenant({
      wrapTables: (tables) =>
        hookWrites(tables, {
          beforeWrite: async ({ table }) => {
            if (isBroken && table === 'Objects') throw new TypeError('a defect');
          },
        }),
    });
    tenant.join('mina');
    isBroken = true;
    const message = { jobId: tenant.world.jobId, cycleId: null, slice: 1 };
    for (let slice = 1; slice < 5; slice += 1) {
      await expect(tenant.runMessage(message)).rejects.toThrow('a defect');
    }
    const last = await tenant.runMessage(message);
    expect(last).toMatchObject({ kind: 'finished', summary: { state: 'Failed', fault: { code: 'CycleStalled' } } });
    const { job } = await tenant.world.state.jobs.read();
    expect(job?.quarantine).toMatchObject({ reason: 'Unknown' });

    isBroken = false;
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1 });
    expect((await tenant.world.state.jobs.read()).job?.quarantine).toBeNull();
  });
});
