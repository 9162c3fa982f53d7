import type { UserTruth } from '../graph/directory/truth.js';
import { managedDomain } from '../startSimulators.js';
import { departmentNames } from '../tenant/company.js';
import { pick } from '../tenant/nameBook.js';
import { assignRole } from '../tenant/placement.js';
import type { GivenRole } from '../tenant/seededTenant.js';
import type { DayWorld, Staff, Ways } from './dayWorld.js';

export interface Moves {
  readonly departments: number;
  readonly renames: number;
  readonly roles: number;
}

const movingPercent = 1;
const movingMost = 60;

/** Other departments, other names, other roles: about one in a hundred each, one at least. */
export const movePeople = (day: DayWorld, staff: Staff, ways: Ways): Moves => {
  const count = Math.min(movingMost, Math.max(1, Math.round((day.activeIds.size * movingPercent) / 100)));
  const changers = staff.take(count, ({ id }) => ways.isDirectOnly(id));
  for (const person of changers) changeRole(day, ways, person);
  const renamed = staff.take(count, ({ properties }) => typeof properties.givenName === 'string');
  const married = renamed.find(({ properties }) => typeof properties.mail === 'string');
  for (const person of renamed) rename(day, person, person === married);
  const moved = staff.take(count);
  for (const person of moved) changeDepartment(day, person);
  return { departments: moved.length, renames: renamed.length, roles: changers.length };
};

const changeDepartment = ({ world, random }: DayWorld, { id, properties }: UserTruth): void => {
  const others = departmentNames.filter((name) => name !== properties.department);
  world.graph.dir.updateUser(id, { department: pick(random, others) });
};

/** A new family name; with `addressToo` the e-mail and the userPrincipalName follow, which Zoom's userName cannot. */
const rename = ({ world, tenant }: DayWorld, { id, properties }: UserTruth, addressToo: boolean): void => {
  const { alias, surname, displayName } = tenant.names.rename(properties.givenName ?? '', properties.surname ?? '');
  const address = `${alias}@${managedDomain}`;
  const addresses = addressToo ? { userPrincipalName: address, mail: address } : {};
  world.graph.dir.updateUser(id, { surname, displayName, ...addresses });
};

const namedRoles: readonly GivenRole[] = ['Licensed', 'Basic', 'On Prem'];

/** Another role in place of all that the person had. */
const changeRole = (day: DayWorld, ways: Ways, { id }: UserTruth): void => {
  const { world, random } = day;
  const rows = ways.rowsOf(id);
  const held = new Set(rows.map(({ appRoleId }) => appRoleId));
  const others = namedRoles.filter((role) => role !== null && !held.has(world.appRoleIds[role]));
  if (others.length === 0) return;
  assignRole(world, id, pick(random, others));
  for (const { appRoleId } of rows) {
    world.graph.dir.unassign({ principalId: id, servicePrincipalId: world.servicePrincipalId, appRoleId });
  }
};
