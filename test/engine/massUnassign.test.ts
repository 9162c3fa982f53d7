import {
  assignAgain,
  countActions,
  inactiveOf,
  joinersWithAccount,
  openCompany,
  release,
  stagedStates,
  unassignGroup,
} from '../fakes/massUnassign.js';

const people = 600;
const members = 500;

describe('an admin removes the group that assigns five sixths of the users, while 50 join', () => {
  it('disables nobody, serves the joiners, tells it once, and lets real leavers, releases and returns through', async () => {
    const company = await openCompany(people);
    const { tenant, memberIds, directIds } = company;
    expect(tenant.zoom.state().accounts.size).toBe(people);

    const cycles = await unassignGroup(company);
    expect(inactiveOf(tenant)).toBe(0);
    expect(joinersWithAccount(tenant)).toBe(50);
    expect(await stagedStates(tenant)).toEqual({ held: members });
    expect(tenant.notices).toMatchObject([
      {
        subject: '500 removals are held',
        people: members,
        place: 'stagedRemovals',
        text: expect.stringContaining('100 users'),
      },
    ]);
    const records = (await Promise.all(cycles.map(({ cycleId }) => tenant.records(cycleId)))).flat();
    expect(countActions(records, 'stagedDelete')).toBe(members);
    expect((await tenant.world.state.jobs.read()).job?.quarantine).toMatchObject({
      reason: 'TooManyDeletes',
      until: null,
    });

    // Monday: three people really leave.
    for (const id of directIds.slice(0, 3)) tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 3 });
    expect(inactiveOf(tenant)).toBe(3);

    await release(company, memberIds.slice(0, 20));
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 20 });
    expect(await stagedStates(tenant)).toEqual({ held: members - 20 });

    assignAgain(company);
    await tenant.runCycle();
    await tenant.runCycle();
    expect(await stagedStates(tenant)).toEqual({});
    expect((await tenant.world.state.jobs.read()).job?.quarantine).toBeNull();
    // Those who were released are let in again with their group.
    expect(inactiveOf(tenant)).toBe(3);
    expect(tenant.notices).toHaveLength(1);
  });
});
