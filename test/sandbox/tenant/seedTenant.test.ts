import { readExpectations } from '../../../lib/sandbox/oracle/readTenant.js';
import { managedDomain } from '../../../lib/sandbox/startSimulators.js';
import { initialDomain } from '../../../lib/sandbox/tenant/people.js';
import { seedTenant } from '../../../lib/sandbox/tenant/seedTenant.js';
import { createSimulatedWorld } from './simulatedWorld.js';

const seedOf = (users: number, groups: number, seed = 1) => {
  const world = createSimulatedWorld(seed);
  const tenant = seedTenant(world, { users, groups, seed });
  const people = [...world.graph.dir.users()];
  return { world, tenant, people, accounts: [...world.zoom.state().accounts.values()] };
};

describe('a seeded tenant', () => {
  it.each([1, 20, 30, 120, 2_000])('has as many people as asked for: %d', (users) => {
    expect(seedOf(users, 4).people).toHaveLength(users);
  });

  it('is the same for the same seed, and another for another', () => {
    const tell = (seed: number) => {
      const { people, accounts } = seedOf(60, 5, seed);
      const told = people.map(({ id, properties: { createdDateTime: _, ...rest }, managerId }) => ({
        id,
        rest,
        managerId,
      }));
      return JSON.stringify([told, accounts]);
    };
    expect(tell(3)).toBe(tell(3));
    expect(tell(3)).not.toBe(tell(4));
  });

  it('has guests, blocked people, people without mail, service accounts and people out of scope, from 20 people on', () => {
    const { world, people } = seedOf(20, 3);
    const expectations = readExpectations(world.graph.dir, world.servicePrincipalId);
    const count = (fits: (person: (typeof people)[number]) => boolean) => people.filter(fits).length;
    expect(count(({ properties }) => properties.userPrincipalName?.includes('#EXT#@') === true)).toBeGreaterThan(0);
    expect(count(({ properties }) => properties.accountEnabled === false)).toBeGreaterThan(0);
    expect(count(({ properties }) => properties.mail === null)).toBeGreaterThan(1);
    expect(count(({ properties }) => properties.userPrincipalName?.startsWith('svc-') === true)).toBeGreaterThan(0);
    const isOut = (id: string) => expectations.get(id)?.kind === 'out';
    expect(count(({ id, properties }) => properties.accountEnabled === true && isOut(id))).toBeGreaterThan(0);
    expect(count(({ managerId }) => managerId !== null)).toBeGreaterThan(10);
  });

  it('gives everybody but guests a userPrincipalName of plain letters, and nobody a second one', () => {
    const { people } = seedOf(3_000, 10);
    const names = people.map(({ properties }) => properties.userPrincipalName ?? '');
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    const odd = names.filter(
      (name) =>
        !/^[a-z0-9-]+\.[a-z0-9-]+@contoso\.example$/.test(name) &&
        !name.endsWith(`#EXT#@${initialDomain}`) &&
        !/^svc-[a-z]+-\d+@/.test(name),
    );
    expect(odd).toEqual([]);
  });

  it('writes names in many scripts', () => {
    const text = seedOf(2_000, 10)
      .people.map(({ properties }) => properties.displayName)
      .join(' ');
    for (const script of ['Han', 'Hiragana', 'Hangul', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Devanagari', 'Thai']) {
      expect(text).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    }
  });

  it('has accounts in Zoom to adopt, an inactive one, an administrator, an invited one, a foreign one and strangers', () => {
    const { world, accounts } = seedOf(120, 5);
    const state = world.zoom.state();
    expect(accounts.filter(({ status }) => status === 'inactive')).toHaveLength(2);
    expect(accounts.filter(({ role }) => role === 'Admin')).toHaveLength(1);
    expect(state.pending).toHaveLength(1);
    expect(state.foreign).toHaveLength(1);
    expect(accounts.map(({ userName }) => userName)).toContain(`press@${managedDomain}`);
    expect(accounts.length).toBeGreaterThan(15);
    expect(accounts.some(({ userName }) => userName !== userName.toLowerCase())).toBe(true);
  });

  it('does not expand the group and the device inside a group', () => {
    const { world, tenant } = seedOf(400, 4);
    const { dir } = world.graph;
    const types = [...dir.members(tenant.groups[0]?.id ?? '')].map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['group', 'device', 'user']));
    const nested = [...dir.groups()].find(({ properties }) => properties.displayName === 'Contractors (nested)');
    const inside = [...dir.members(nested?.id ?? '')];
    const expectations = readExpectations(dir, world.servicePrincipalId);
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.map(({ id }) => expectations.get(id)?.kind)).toEqual(inside.map(() => 'out'));
  });

  it.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [40, 40],
  ])('has %d groups where %d are asked for', (asked, there) => {
    const { world } = seedOf(50, asked);
    const groups = [...world.graph.dir.groups()];
    expect(groups).toHaveLength(there);
    expect(new Set(groups.map(({ properties }) => properties.displayName)).size).toBe(there);
  });
});
