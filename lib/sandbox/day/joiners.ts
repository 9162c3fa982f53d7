import { drawKinds } from '../tenant/kinds.js';
import { placeInScope } from '../tenant/placement.js';
import type { DayWorld } from './dayWorld.js';

const joiningPercent = 2;
const joiningLeast = 2;
const joiningMost = 200;

/** New people: about two in a hundred, of all kinds but blocked. Returns how many. */
export const hireJoiners = ({ world, tenant, activeIds, random }: DayWorld): number => {
  const count = Math.min(joiningMost, Math.max(joiningLeast, Math.round((activeIds.size * joiningPercent) / 100)));
  const { hiring } = tenant;
  for (const kind of drawKinds(count, random)) {
    const person = hiring.describe(kind === 'disabled' || kind === 'service' ? 'member' : kind);
    const id = world.graph.dir.createUser(person);
    hiring.noteHired(id, person);
    if (kind !== 'outsider') placeInScope(world, id, tenant.groups, random);
  }
  return count;
};
