import { listEscrows } from '../../lib/api/escrows.js';
import { usualThresholds } from '../../lib/engine/escrowThresholds.js';
import { createGroupTenant } from '../fakes/groupTenant.js';
import { jobRequest, operate } from '../fakes/operator.js';
import type { Tenant } from '../fakes/tenant.js';

interface Escrow {
  readonly id: string;
  readonly memberId: string | null;
  readonly attempts: number;
  readonly nextAttemptDateTime: string;
}

/** Every page of the list, a row each at the most. */
const readEscrows = async (tenant: Tenant): Promise<readonly Escrow[]> => {
  const found: Escrow[] = [];
  let query: string | null = '$top=1';
  while (query !== null) {
    const answer = await tenant.clock.settle(listEscrows(tenant.world, jobRequest(tenant, undefined, query)));
    const page = answer.body as { value: Escrow[]; '@odata.nextLink'?: string };
    found.push(...page.value);
    const next = page['@odata.nextLink'];
    query = next === undefined ? null : new URL(next).search.slice(1);
  }
  return found;
};

const withRefusedMember = async (total = 60_000) => {
  const tenant = await createGroupTenant(undefined, { engine: { escrowThresholds: { ...usualThresholds, total } } });
  const ids = ['ada', 'ben', 'cem'].map((name) => tenant.join(name, { assigned: false }));
  const [ada = '', ben = '', cem = ''] = ids;
  const group = tenant.group('Sales', [ada]);
  tenant.group('All', ids);
  await tenant.runCycle();
  const memberId = (await tenant.row(ben))?.link?.targetId ?? '';
  tenant.zoom.addFault({ on: 'groups.patch', fault: { mode: 'group.memberPending', memberId } });
  for (const id of [ben, cem]) tenant.graph.dir.addMember(group, id);
  await tenant.runCycle();
  return { tenant, group, ben };
};

describe('a member that Zoom refuses', () => {
  it('is among the escrows with group, person, request, attempts and the next attempt, ever later', async () => {
    const { tenant, group, ben } = await withRefusedMember();
    const [first, ...others] = await readEscrows(tenant);
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      id: group,
      objectType: 'Group',
      memberId: ben,
      kind: 'reference',
      request: expect.stringMatching(/^PATCH .*\/Groups\//),
      httpStatus: expect.any(Number),
      attempts: 1,
      recommendedAction: expect.stringMatching(/./),
    });
    await tenant.runCycle();
    await tenant.runCycle();
    const [again] = await readEscrows(tenant);
    expect(again).toMatchObject({ id: group, memberId: ben, firstFailureDateTime: expect.any(String) });
    expect(again?.attempts).toBeGreaterThan(1);
    expect(Date.parse(again?.nextAttemptDateTime ?? '') - tenant.clock.nowMs()).toBeGreaterThan(60_000);
  });

  it('is tried anew, as if for the first time, after a restart that drops escrows', async () => {
    const { tenant, group, ben } = await withRefusedMember();
    await tenant.runCycle();
    await tenant.runCycle();
    const operator = operate(tenant);
    await operator.restart('Escrows');
    await operator.drain();
    expect(await readEscrows(tenant)).toMatchObject([{ id: group, memberId: ben, attempts: 1 }]);
    tenant.zoom.clearFaults();
    await operator.restart('Escrows');
    await operator.drain();
    expect(tenant.membersOf('Sales')).toEqual(['ada', 'ben', 'cem']);
    expect(await readEscrows(tenant)).toEqual([]);
  });

  it('counts among the failures that put the job in quarantine', async () => {
    const { tenant } = await withRefusedMember(0);
    expect((await tenant.world.state.jobs.readJob())?.quarantine).toMatchObject({
      reason: 'EncounteredTotalEscrowThreshold',
    });
  });
});
