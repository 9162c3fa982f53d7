import type { DirectoryAdmin } from '../../lib/sandbox/graph/directory/admin.js';
import type { AccountState, GroupState, ZoomState } from '../../lib/sandbox/zoom/state.js';
import { enterpriseUrn } from '../../lib/schema/zoomAttributes.js';
import type { Person } from './people.js';

/**
 * Whom each account clearly shows: one active account of one person who should have it. Whose address another account
 * holds is left out: Zoom refuses whatever is sent for them.
 */
const clearAccounts = (people: readonly Person[], zoom: ZoomState): ReadonlyMap<string, AccountState> => {
  const bySurname = Map.groupBy(zoom.accounts.values(), ({ familyName }) => familyName);
  return new Map(
    people.flatMap((person): [string, AccountState][] => {
      const [account, ...others] = bySurname.get(person.surname) ?? [];
      const isOwn = account?.email.toLowerCase() === person.expected?.email.toLowerCase();
      return isOwn && account?.status === 'active' && others.length === 0 ? [[person.id, account]] : [];
    }),
  );
};

/**
 * Assigned groups of the tenant against Zoom's, told in sentences: each is there once under its name, with every member
 * who has an account, and nobody who has one and is no member. What became of groups that are not assigned is left open.
 */
export const judgeGroups = (
  dir: DirectoryAdmin,
  servicePrincipalId: string,
  people: readonly Person[],
  zoom: ZoomState,
): readonly string[] => {
  const accounts = clearAccounts(people, zoom);
  const assigned = [...dir.assignments(servicePrincipalId)].filter(
    ({ principalType, softDeleted }) => principalType === 'Group' && !softDeleted,
  );
  return [...new Set(assigned.map(({ principalId }) => principalId))].flatMap((id) => {
    const group = dir.group(id);
    if (!group || group.deletedAtMs !== null) return [];
    const name = group.properties.displayName ?? '';
    const found = [...zoom.groups.values()].filter(({ displayName }) => displayName === name);
    const [only] = found;
    if (only === undefined || found.length > 1) return [`group '${name}' stands in Zoom ${found.length} times`];
    const memberIds = new Set([...dir.members(id)].map((member) => member.id));
    return judgeMembers(name, only, memberIds, accounts, people);
  });
};

const judgeMembers = (
  name: string,
  group: GroupState,
  memberIds: ReadonlySet<string>,
  accounts: ReadonlyMap<string, AccountState>,
  people: readonly Person[],
): readonly string[] => {
  const held = new Set(group.memberIds);
  return people.flatMap((person) => {
    const account = accounts.get(person.id);
    if (!account || memberIds.has(person.id) === held.has(account.id)) return [];
    return [
      `${person.surname} (${account.id}) should ${memberIds.has(person.id) ? '' : 'not '}be in group '${name}' and is${held.has(account.id) ? '' : ' not'}`,
    ];
  });
};

/** Managers of people who have an account: the manager's own, where that one has one too. */
export const judgeManagers = (dir: DirectoryAdmin, people: readonly Person[], zoom: ZoomState): readonly string[] => {
  const accounts = clearAccounts(people, zoom);
  return people.flatMap((person) => {
    const account = accounts.get(person.id);
    const managerId = dir.user(person.id)?.managerId ?? null;
    const manager = managerId === null ? undefined : accounts.get(managerId);
    if (!account || (managerId !== null && !manager)) return [];
    const held = readManager(account);
    if (held === (manager?.id ?? null)) return [];
    return [`${person.surname}: the manager should be ${manager?.id ?? 'nobody'} and is ${held ?? 'nobody'}`];
  });
};

const readManager = ({ enterprise }: AccountState): string | null => {
  const { manager } = enterprise;
  const id = typeof manager === 'object' && manager !== null && 'value' in manager ? manager.value : manager;
  return typeof id === 'string' && id !== '' ? id : null;
};

/** Where a mapping puts the manager. */
export const managerPath = `${enterpriseUrn}:manager`;
