import { createTenant, domain } from '../fakes/tenant.js';

const dayMs = 24 * 60 * 60 * 1000;
const first = { jobId: 'job', cycleId: null, slice: 1 };

describe('an initial cycle that stood still for nine days, in which all its tokens died', () => {
  it.each([3, 6, 9])(
    'ends with everybody as the directory says, and with nobody twice (after %i accounts)',
    async (made) => {
      const tenant = await createTenant({ engine: { concurrency: 1 }, zoom: { latencyMs: 1_000 } });
      const ids = Array.from({ length: 25 }, (_, n) => tenant.join(`user${n}`));
      const grouped = tenant.join('grouped', { assigned: false });
      tenant.group('Sales', [grouped]);
      const dying = new AbortController();
      const running = tenant.runMessage(first, dying.signal);
      const kill = (async () => {
        while (tenant.zoom.state().accounts.size < made) await tenant.clock.sleep(500, dying.signal);
        dying.abort(new Error('killed'));
      })();
      await expect(running).rejects.toThrow('killed');
      await kill;
      tenant.clock.advance(9 * dayMs);
      tenant.graph.dir.deleteUser(ids[0] ?? '');
      tenant.graph.dir.updateUser(ids[1] ?? '', { department: 'Legal' });
      tenant.graph.dir.updateUser(ids[24] ?? '', { userPrincipalName: `late@${domain}`, mail: `late@${domain}` });
      await tenant.runCycle();
      await tenant.runCycle();
      const accounts = [...tenant.zoom.state().accounts.values()];
      expect(accounts.filter(({ status }) => status === 'active')).toHaveLength(25);
      expect(accounts.filter(({ status }) => status === 'inactive').length).toBeLessThan(2);
      expect(tenant.account('user0')?.status).not.toBe('active');
      expect(tenant.account('user1')?.enterprise).toMatchObject({ department: 'Legal' });
      expect(accounts.filter(({ email }) => email === `late@${domain}`)).toMatchObject([{ status: 'active' }]);
      tenant.takeCalls();
      await tenant.runCycle();
      expect(tenant.takeCalls()).toEqual([]);
    },
  );
});
