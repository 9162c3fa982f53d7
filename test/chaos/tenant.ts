import type { Mutation } from '../../lib/sandbox/graph/directory/mutations.js';
import type { Randomness } from '../../lib/sandbox/graph/random.js';
import type { ZoomSeed } from '../../lib/sandbox/zoom/seedSchema.js';
import type { CycleWrites } from './killPoints.js';
import {
  drawGroups,
  drawPerson,
  type Group,
  isReached,
  managedDomain,
  type Person,
  type Role,
  roleOf,
} from './population.js';

/** What the tenant and Zoom hold before the first cycle, what changes before the second, and what that must cost. */
export interface TenantPlan {
  readonly first: readonly Mutation[];
  readonly zoom: ZoomSeed;
  readonly changes: readonly Mutation[];
  readonly writes: CycleWrites;
  /** userNames of those who may be disabled, once the changes are made. */
  readonly leavers: ReadonlySet<string>;
  /** People whose name nothing in the plan touches, by userName. */
  readonly renamable: ReadonlyMap<string, string>;
}

export type RoleIds = Readonly<Record<Role, string>>;

const strangers = 5;
const joinerShare = 0.05;
const moverShare = 0.1;
/** Below the guard's ten percent. */
const leaverShare = 0.06;

export const planTenant = (users: number, roleIds: RoleIds, random: Randomness): TenantPlan => {
  const groups = drawGroups(users, random);
  const people = Array.from({ length: users }, (_, index) => drawPerson(index, groups, random));
  const provisioned = people.filter((person) => isReached(person) && person.enabled);
  const settled = random.shuffle(provisioned.filter((person) => !person.partner));
  const leaving = drawLeavers(settled, Math.floor(settled.length * leaverShare));
  const gone = new Set(leaving.map(({ person }) => person.id));
  const staying = settled.filter((person) => !gone.has(person.id));
  const movers = staying.slice(0, Math.floor(users * moverShare));
  const joiners = Array.from(
    { length: Math.ceil(users * joinerShare) },
    (_, index): Person => ({
      ...drawPerson(users + 1 + index * 2 + (index % 2), groups, random),
      enabled: true,
      account: 'none',
    }),
  ).filter(isReached);
  return {
    first: [
      ...groups.flatMap((group) => createGroup(group, roleIds)),
      ...people.flatMap((person) => createPerson(person, roleIds)),
    ],
    zoom: seedZoom(people),
    changes: [
      ...random.shuffle([
        ...movers.map((person): Mutation => ({ op: 'updateUser', id: person.id, properties: { department: 'Legal' } })),
        ...leaving.map(({ mutation }) => mutation),
      ]),
      ...joiners.flatMap((person) => createPerson(person, roleIds)),
    ],
    writes: {
      initial: provisioned.filter(({ account }) => account !== 'same').length,
      incremental: movers.length + joiners.length + leaving.filter(({ isSlow }) => !isSlow).length,
      second: leaving.filter(({ isSlow }) => isSlow).length,
    },
    leavers: new Set(leaving.map(({ person }) => person.userName)),
    renamable: new Map(staying.slice(movers.length).map(({ userName, id }) => [userName, id])),
  };
};

const createGroup = ({ id, displayName, role }: Group, roleIds: RoleIds): readonly Mutation[] => [
  { op: 'createGroup', id, displayName, properties: { securityEnabled: true } },
  { op: 'assign', principalId: id, appRoleId: roleIds[role] },
];

const createPerson = (person: Person, roleIds: RoleIds): readonly Mutation[] => [
  {
    op: 'createUser',
    id: person.id,
    userPrincipalName: person.userName,
    properties: {
      mail: person.userName,
      givenName: person.givenName,
      surname: person.familyName,
      displayName: `${person.givenName} ${person.familyName}`,
      department: person.department,
      accountEnabled: person.enabled,
    },
  },
  ...person.groups.map((group): Mutation => ({ op: 'addMember', groupId: group.id, memberId: person.id })),
  ...(person.direct === null
    ? []
    : [{ op: 'assign' as const, principalId: person.id, appRoleId: roleIds[person.direct] }]),
];

const seedZoom = (people: readonly Person[]): ZoomSeed => ({
  users: [
    ...people
      .filter(({ account, partner }) => account !== 'none' && !partner)
      .map((person) => ({
        userName: person.userName,
        givenName: person.givenName,
        familyName: person.familyName,
        displayName: `${person.givenName} ${person.familyName}`,
        userType: roleOf(person),
        department: person.account === 'same' ? person.department : 'As it was',
      })),
    ...Array.from({ length: strangers }, (_, index) => ({
      userName: `stranger${index}@${managedDomain}`,
      givenName: 'Stranger',
      familyName: String(index),
    })),
  ],
});

interface Leaving {
  readonly person: Person;
  readonly mutation: Mutation;
  /** A row missing from the assignment list is believed only when a later list lacks it too. */
  readonly isSlow: boolean;
}

/** In turns: blocked, deleted, taken out of the one group, unassigned. */
const drawLeavers = (people: readonly Person[], count: number): readonly Leaving[] => {
  const left = new Set(people);
  const ways = [block, remove, leaveGroup, unassign];
  return Array.from({ length: count }, (_, index) => ways[index % ways.length] ?? block).flatMap((way) => {
    for (const person of left) {
      const mutation = way(person);
      if (mutation === null) continue;
      left.delete(person);
      return [{ person, mutation, isSlow: mutation.op === 'unassign' }];
    }
    return [];
  });
};

const block = ({ id }: Person): Mutation => ({ op: 'updateUser', id, properties: { accountEnabled: false } });
const remove = ({ id }: Person): Mutation => ({ op: 'deleteUser', id });
const leaveGroup = ({ id, direct, groups }: Person): Mutation | null => {
  const [only, ...others] = groups;
  return direct !== null || only === undefined || others.length > 0
    ? null
    : { op: 'removeMember', groupId: only.id, memberId: id };
};
const unassign = ({ id, direct, groups }: Person): Mutation | null =>
  direct === null || groups.length > 0 ? null : { op: 'unassign', principalId: id };
