import { guardRemovals } from '../../../lib/engine/deletionGuard.js';
import { changeGroups } from '../../../lib/sandbox/day/groupChanges.js';
import { spendAfternoon, spendMorning } from '../../../lib/sandbox/day/workingDay.js';
import { createRandomness } from '../../../lib/sandbox/graph/random.js';
import { expectAccount } from '../../../lib/sandbox/oracle/expectation.js';
import { type Nesting, readExpectations } from '../../../lib/sandbox/oracle/readTenant.js';
import { seedTenant } from '../../../lib/sandbox/tenant/seedTenant.js';
import { createSimulatedWorld } from '../tenant/simulatedWorld.js';

const startDay = (users: number, groups: number, seed: number, nesting: Nesting = 'off') => {
  const world = createSimulatedWorld(seed);
  const tenant = seedTenant(world, { users, groups, seed });
  const readAccounts = () =>
    new Map(
      [...readExpectations(world.graph.dir, world.servicePrincipalId, expectAccount, nesting)].flatMap(
        ([id, expectation]) => (expectation.kind === 'account' ? [[id, expectation.account] as const] : []),
      ),
    );
  const before = readAccounts();
  const day = { world, tenant, activeIds: new Set(before.keys()), random: createRandomness(seed, 'day') };
  return { world, tenant, before, readAccounts, day };
};

describe('a working day', () => {
  const sizes = [1, 5, 20, 30, 34, 60, 120, 300, 1_000];
  it.each(sizes.flatMap((users) => [1, 2, 3].map((seed) => [users, seed] as const)))(
    'removes no more than the guard lets through: %d people, seed %d',
    (users, seed) => {
      const { before, readAccounts, day } = startDay(users, Math.max(3, Math.round(users / 25)), seed);
      const { departures } = spendMorning(day);
      const after = readAccounts();
      const gone = [...before.keys()].filter((id) => !after.has(id)).length;
      const proven = departures.blockedIds.length + departures.deleted;
      const unproven = departures.unassigned + (departures.group?.people ?? 0);
      expect(gone).toBe(proven + unproven);
      const judge = (newlyStaged: number, linkedActive: number, carriedOutToday: number) =>
        guardRemovals({
          newlyStaged,
          linkedActive,
          carriedOut: 0,
          carriedOutToday,
          threshold: 100,
          thresholdPercent: 10,
          thresholdDaily: 300,
        });
      expect(judge(proven, before.size, 0)).toEqual({ kind: 'go' });
      expect(judge(unproven, before.size - proven, proven)).toEqual({ kind: 'go' });
    },
  );

  it.each([30, 120, 1_000])('has joiners, movers, leavers of every sort and a returner: %d people', (users) => {
    const { before, readAccounts, day, tenant } = startDay(users, 5, 1);
    const morning = spendMorning(day);
    const after = readAccounts();
    expect(morning.returners).toBe(1);
    expect(after.has(tenant.returnerId ?? '')).toBe(true);
    expect([...after.keys()].filter((id) => !before.has(id)).length).toBeGreaterThanOrEqual(2);
    const { departures, moves } = morning;
    expect(departures.blockedIds.length).toBeGreaterThan(0);
    expect(departures.deleted).toBeGreaterThan(0);
    expect(departures.unassigned).toBeGreaterThan(0);
    expect(departures.group?.people).toBeGreaterThan(0);
    const changed = (name: 'department' | 'displayName' | 'userType' | 'email') =>
      [...after].filter(([id, account]) => before.has(id) && before.get(id)?.[name] !== account[name]).length;
    expect(changed('department')).toBe(moves.departments);
    expect(changed('displayName')).toBe(moves.renames);
    expect(changed('userType')).toBe(moves.roles);
    expect(changed('email')).toBe(1);
  });

  it('unassigns a group with another one inside it, whose person leaves with it where nested groups count', () => {
    const inGroup = (nesting: Nesting) => {
      const { day, before, readAccounts, tenant } = startDay(120, 5, 1, nesting);
      const inside = [...day.world.graph.dir.members(tenant.smallNestedId ?? '')].map(({ id }) => id);
      const had = inside.filter((id) => before.has(id)).length;
      const { group } = spendMorning(day).departures;
      const after = readAccounts();
      return { had, nested: group?.nested, left: inside.filter((id) => before.has(id) && !after.has(id)).length };
    };
    expect(inGroup('on')).toEqual({ had: 1, nested: 1, left: 1 });
    expect(inGroup('off')).toEqual({ had: 0, nested: 0, left: 0 });
  });

  it('hires people whose manager leaves on the same day', () => {
    const { world, day } = startDay(5, 3, 1);
    expect(spendMorning(day).joiners).toBe(2);
    expect([...world.graph.dir.users()].length).toBeGreaterThan(5);
  });

  it('lets one who was blocked in the morning in again', () => {
    const { readAccounts, day } = startDay(120, 5, 2);
    const morning = spendMorning(day);
    const noon = readAccounts().size;
    expect(spendAfternoon(day, morning)).toBe(1);
    expect(readAccounts().size).toBe(noon + 1);
  });

  it('leaves administrators of Zoom alone, whom SCIM cannot deactivate', () => {
    const { readAccounts, day, tenant } = startDay(30, 3, 1);
    spendMorning(day);
    const after = readAccounts();
    expect([...tenant.zoomAdminIds].filter((id) => !after.has(id))).toEqual([]);
    expect(tenant.zoomAdminIds.size).toBe(1);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('moves nobody into another group who was deleted this morning: seed %i', (seed) => {
    const { world, tenant, day } = startDay(200, 8, seed);
    const { departures } = spendMorning(day);
    const others = tenant.groups.slice(1);
    const inOthers = () => others.flatMap(({ id }) => [...world.graph.dir.members(id)].map((member) => member.id));
    const before = new Set(inOthers());
    expect(changeGroups(day).moved).toBe(3);
    expect(inOthers().filter((id) => !before.has(id) && departures.deletedIds.includes(id))).toEqual([]);
  });
});
