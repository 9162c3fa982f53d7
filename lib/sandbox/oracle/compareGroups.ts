import type { GroupTruth } from '../graph/directory/truth.js';
import type { AccountState, GroupState, ZoomState } from '../zoom/state.js';
import type { Difference } from './difference.js';
import type { TenantTruth } from './readTenant.js';

/** The name that an assigned group should have in Zoom; null where it should not be there. */
export type ExpectGroup = (group: GroupTruth) => string | null;

export interface GroupsInput {
  readonly dir: TenantTruth;
  readonly servicePrincipalId: string;
  readonly expectGroup: ExpectGroup;
  readonly zoom: ZoomState;
  /** People who should have an active account, and the one found for each. */
  readonly accountOf: ReadonlyMap<string, AccountState>;
}

/**
 * Where Zoom's groups are not as the tenant says: each assigned group is there once, with every direct member who has an
 * account, and with nobody who has one and is no member.
 */
export const compareGroups = (input: GroupsInput): readonly Difference[] => {
  const { dir, servicePrincipalId, expectGroup, zoom } = input;
  const byName = Map.groupBy(zoom.groups.values(), ({ displayName }) => displayName);
  const assigned = new Set(
    [...dir.assignments(servicePrincipalId)].flatMap(({ principalId, principalType, softDeleted }) =>
      principalType === 'Group' && !softDeleted ? [principalId] : [],
    ),
  );
  return [...assigned].flatMap((groupId): readonly Difference[] => {
    const group = dir.group(groupId);
    if (group === null || group.deletedAtMs !== null || group.properties.securityEnabled === false) return [];
    const name = expectGroup(group);
    if (name === null) return [];
    const [found, ...others] = byName.get(name) ?? [];
    if (found === undefined) return [{ kind: 'groupMissing', groupId, personId: null, accountId: null }];
    return [
      ...others.map((): Difference => ({ kind: 'groupTwice', groupId, personId: null, accountId: null })),
      ...compareMembers(groupId, found, input),
    ];
  });
};

const compareMembers = (groupId: string, found: GroupState, { dir, accountOf }: GroupsInput): readonly Difference[] => {
  const memberIds = new Set([...dir.members(groupId)].map(({ id }) => id));
  const held = new Set(found.memberIds);
  return [...accountOf].flatMap(([personId, { id: accountId }]): readonly Difference[] => {
    const isMember = memberIds.has(personId);
    if (isMember === held.has(accountId)) return [];
    return [{ kind: isMember ? 'notMember' : 'strayMember', groupId, personId, accountId }];
  });
};

/** Whose manager in Zoom is not the account of the manager in the tenant, where that one has one. */
export const compareManagers = ({ dir, accountOf }: Pick<GroupsInput, 'dir' | 'accountOf'>): readonly Difference[] =>
  [...dir.users()].flatMap(({ id: personId, managerId }): readonly Difference[] => {
    const account = accountOf.get(personId);
    const expected = managerId === null ? '' : accountOf.get(managerId)?.id;
    if (account === undefined || expected === undefined) return [];
    const found = readManager(account);
    if (found === expected) return [];
    return [{ kind: 'field', personId, accountId: account.id, field: { name: 'manager', expected, found } }];
  });

/** Zoom's documents do not say how it shows a manager: by the id alone, or as an object with it. */
const readManager = ({ enterprise: { manager } }: AccountState): string => {
  if (typeof manager === 'string') return manager;
  const isObject = typeof manager === 'object' && manager !== null && 'value' in manager;
  return isObject && typeof manager.value === 'string' ? manager.value : '';
};
