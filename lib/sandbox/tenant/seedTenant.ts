import { createRandomness, type Randomness } from '../graph/random.js';
import type { SeedWorld } from '../startSimulators.js';
import { drawKinds, type PersonKind } from './kinds.js';
import { createNameBook } from './nameBook.js';
import { createHiring, type Hiring } from './people.js';
import { placeInScope } from './placement.js';
import { seedAccounts } from './seedAccounts.js';
import type { SeededTenant, TenantSize } from './seededTenant.js';
import { type SeededGroups, seedGroups } from './seedGroups.js';

/**
 * Fills a tenant with people of every kind, their groups and their app roles, and Zoom with the accounts that stood
 * there before. The same size and seed give the same tenant.
 */
export const seedTenant = (world: SeedWorld, size: TenantSize): SeededTenant => {
  const random = createRandomness(size.seed, 'tenant');
  const names = createNameBook(random);
  const hiring = createHiring(names, random);
  const groups = seedGroups(world, size.groups, random);
  const hired = hirePeople(world, drawKinds(size.users, random), hiring);
  const smallCount = groups.smallGroup === null ? 0 : smallGroupSize(size.users);
  placePeople(world, hired, groups, smallCount, random);
  const outsiders = hired.filter(({ kind }) => kind === 'outsider').map(({ id }) => id);
  // The small group's people have no account yet, so that the pilot is theirs to lose.
  const members = hired.filter(({ kind }) => kind === 'member').slice(0, -smallCount || undefined);
  const returnerId = hired.find(({ kind }) => kind === 'disabled')?.id ?? null;
  const { zoomAdminIds } = seedAccounts(
    world,
    { users: size.users, members: members.map(({ id }) => id), outsiders, returnerId },
    random,
  );
  const { assigned, smallGroup, smallNestedId } = groups;
  return { names, hiring, groups: assigned, smallGroup, smallNestedId, returnerId, zoomAdminIds };
};

interface Hired {
  readonly id: string;
  readonly kind: PersonKind;
}

/** About one in a hundred, so that unassigning the group is no mass removal. */
const smallGroupSize = (users: number): number => Math.min(12, Math.max(1, Math.round(users / 100)));

const hirePeople = ({ graph }: SeedWorld, kinds: readonly PersonKind[], hiring: Hiring): readonly Hired[] =>
  kinds.map((kind) => {
    const person = hiring.describe(kind);
    const id = graph.dir.createUser(person);
    hiring.noteHired(id, person);
    return { id, kind };
  });

const placePeople = (
  world: SeedWorld,
  hired: readonly Hired[],
  { assigned, smallGroup, nestedId, smallNestedId }: SeededGroups,
  smallCount: number,
  random: Randomness,
): void => {
  const members = hired.filter(({ kind }) => kind === 'member');
  const tester = smallNestedId === null ? undefined : hired.find(({ kind }) => kind === 'outsider');
  if (smallNestedId !== null && tester) world.graph.dir.addMember(smallNestedId, tester.id);
  const inSmallGroup = new Set(smallCount === 0 ? [] : members.slice(-smallCount).map(({ id }) => id));
  for (const { id, kind } of hired) {
    if (kind === 'outsider') {
      if (id !== tester?.id && nestedId !== null && random.chance(0.5)) world.graph.dir.addMember(nestedId, id);
    } else if (smallGroup !== null && inSmallGroup.has(id)) {
      world.graph.dir.addMember(smallGroup.id, id);
    } else {
      placeInScope(world, id, assigned, random);
    }
  }
};
