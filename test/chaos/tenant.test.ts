import { applyMutation } from '../../lib/sandbox/graph/directory/mutations.js';
import { createRandomness } from '../../lib/sandbox/graph/random.js';
import { createGraphSimulator } from '../../lib/sandbox/graph/simulator.js';
import { readExpectations } from '../../lib/sandbox/oracle/readTenant.js';
import { planTenant } from './tenant.js';

const application = '22222222-2222-4222-8222-222222222222';
const roleIds = {
  Licensed: '33333333-3333-4333-8333-333333333333',
  Basic: '44444444-4444-4444-8444-444444444444',
};

const plan = (users: number, seed: number) => {
  const { dir } = createGraphSimulator({ seed });
  dir.createServicePrincipal({ id: application, displayName: 'Zoom' });
  dir.defineAppRoles(
    application,
    Object.entries(roleIds).map(([value, id]) => ({ id, displayName: value, value })),
  );
  return { dir, tenant: planTenant(users, roleIds, createRandomness(seed, 'tenant')) };
};

const countAccounts = (dir: ReturnType<typeof plan>['dir']): number =>
  [...readExpectations(dir, application).values()].filter(({ kind }) => kind === 'account').length;

describe('the tenant under fire', () => {
  it.each([1, 2, 3])('has as many accounts to make, and as many leavers, as it says (seed %i)', (seed) => {
    const { dir, tenant } = plan(500, seed);
    for (const mutation of tenant.first) applyMutation(dir, mutation);
    const before = countAccounts(dir);
    expect(before).toBeGreaterThanOrEqual(tenant.writes.initial);
    expect(before).toBeGreaterThan(400);
    for (const mutation of tenant.changes) applyMutation(dir, mutation);
    const joined = tenant.changes.filter(({ op }) => op === 'createUser').length;
    expect(countAccounts(dir)).toBe(before + joined - tenant.leavers.size);
    expect(tenant.leavers.size).toBeGreaterThan(20);
    expect(tenant.leavers.size).toBeLessThan(before / 10);
  });
});
