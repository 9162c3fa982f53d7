import type { Randomness } from '../graph/random.js';
import type { SeedWorld } from '../startSimulators.js';
import { departmentNames, offices } from './company.js';
import { assignRole, drawRole } from './placement.js';
import type { AssignedGroup, GivenRole } from './seededTenant.js';

export interface SeededGroups {
  /** Those that people are spread over. */
  readonly assigned: readonly AssignedGroup[];
  readonly smallGroup: AssignedGroup | null;
  /** Inside the first assigned group, and not assigned itself: its members are out of scope. */
  readonly nestedId: string | null;
  /** The same inside the small group. */
  readonly smallNestedId: string | null;
}

/** The first groups have one role each, so that every role is in use. */
const firstRoles: readonly GivenRole[] = ['Licensed', 'Basic', 'On Prem', null];

const nameGroup = (index: number): string => {
  const department = departmentNames[index % departmentNames.length] ?? 'Everybody';
  const round = Math.floor(index / departmentNames.length);
  if (round === 0) return `Zoom ${department}`;
  const city = offices[(round - 1) % offices.length]?.city ?? '';
  const again = Math.floor((round - 1) / offices.length);
  return `Zoom ${department} ${city}${again === 0 ? '' : ` ${again + 1}`}`;
};

/** `count` security groups: a small one, one nested in the first and one in the small one; all others are assigned. */
export const seedGroups = (world: SeedWorld, count: number, random: Randomness): SeededGroups => {
  const { dir } = world.graph;
  const createAssigned = (displayName: string, role: GivenRole): AssignedGroup => {
    const id = dir.createGroup({ displayName });
    assignRole(world, id, role);
    return { id, displayName, role };
  };
  const large = Math.max(Math.min(count, 1), count >= 4 ? count - 3 : count - 2);
  const assigned = Array.from({ length: large }, (_, index) => {
    const role = index < firstRoles.length ? (firstRoles[index] ?? null) : drawRole(random);
    return createAssigned(nameGroup(index), role);
  });
  const [first] = assigned;
  if (first !== undefined) {
    dir.addMember(first.id, dir.createMemberObject({ type: 'device', displayName: 'LAPTOP-7QK2' }));
  }
  const nestIn = (parent: AssignedGroup | null | undefined, displayName: string): string | null => {
    if (!parent) return null;
    const id = dir.createGroup({ displayName });
    dir.addMember(parent.id, id);
    return id;
  };
  const nestedId = count >= 3 ? nestIn(first, 'Contractors (nested)') : null;
  const smallGroup = count >= 2 ? createAssigned('Zoom Pilot 2024', 'Licensed') : null;
  const smallNestedId = count >= 4 ? nestIn(smallGroup, 'Pilot testers (nested)') : null;
  return { assigned, smallGroup, nestedId, smallNestedId };
};
