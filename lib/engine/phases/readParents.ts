import type { ObjectType } from '../model.js';
import type { Slice } from '../slice.js';

/** Ids of the groups that each of these is a direct member of, as the directory shows it; who cannot be seen has no entry. */
export const readParents = async (
  members: readonly { readonly id: string; readonly type: ObjectType }[],
  { world: { directory }, signal }: Pick<Slice, 'world' | 'signal'>,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const idsOf = (type: ObjectType): readonly string[] => [
    ...new Set(members.filter((member) => member.type === type).map(({ id }) => id)),
  ];
  const [users, groups] = [idsOf('user'), idsOf('group')];
  const ofUsers = users.length > 0 ? await directory.readMemberships(users, signal) : [];
  const ofGroups = groups.length > 0 ? await directory.readGroupMemberships(groups, signal) : [];
  return new Map([...ofUsers, ...ofGroups]);
};
