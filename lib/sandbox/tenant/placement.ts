import type { Randomness } from '../graph/random.js';
import type { AppRoleName, SeedWorld } from '../startSimulators.js';
import { pick } from './nameBook.js';
import type { AssignedGroup, GivenRole } from './seededTenant.js';

/** Most people have a licence; a few have default access, which says nothing about one. */
const roleDraws: readonly (readonly [GivenRole, number])[] = [
  ['Licensed', 0.6],
  ['Basic', 0.25],
  ['On Prem', 0.1],
  [null, 0.05],
];

export const drawRole = (random: Randomness): GivenRole => {
  let left = random.next();
  for (const [role, share] of roleDraws) {
    left -= share;
    if (left < 0) return role;
  }
  return null;
};

/** The directory and the application in it. */
export type TenantWorld = Pick<SeedWorld, 'graph' | 'servicePrincipalId' | 'appRoleIds'>;

/** Assigns a user or group to the application. */
export const assignRole = (
  { graph, servicePrincipalId, appRoleIds }: TenantWorld,
  principalId: string,
  role: GivenRole,
): void => {
  const named: AppRoleName | null = role;
  graph.dir.assign({ principalId, servicePrincipalId, ...(named === null ? {} : { appRoleId: appRoleIds[named] }) });
};

/** How often somebody is in scope through a group only, directly only, or both ways. */
const throughGroup = 0.5;
const directly = 0.35;

/** Brings somebody into scope: through an assigned group, directly, or both. */
export const placeInScope = (
  world: TenantWorld,
  id: string,
  groups: readonly AssignedGroup[],
  random: Randomness,
): void => {
  const way = groups.length === 0 ? throughGroup : random.next();
  if (groups.length > 0 && (way < throughGroup || way >= throughGroup + directly)) {
    world.graph.dir.addMember(pick(random, groups).id, id);
  }
  if (way >= throughGroup) assignRole(world, id, drawRole(random));
};
