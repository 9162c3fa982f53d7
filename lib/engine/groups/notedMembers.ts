import { appParent, type NotedMembers, type ObjectRow } from '../stored.js';
import type { MemberPair } from './memberStore.js';

/**
 * What memberships in Zoom depend on: of a user the groups it is in and its account, of a group the one in Zoom. An
 * account that cannot be a member yet (an open invitation) or any more (let go) is none.
 */
export const notedOf = (row: ObjectRow): NotedMembers | null => {
  const { type, link, eval: evaluation } = row;
  const groups = type === 'group' ? [] : groupsOf(row);
  const isServed = link?.state === 'active' && !link.invited && (type === 'user' || evaluation?.inScope === true);
  const account = isServed ? link.targetId : null;
  return groups.length === 0 && account === null ? null : { groups, account };
};

/** The groups whose direct member the user is. */
export const groupsOf = ({ via }: Pick<ObjectRow, 'via'>): readonly string[] =>
  Object.keys(via)
    .filter((parent) => parent !== appParent)
    .sort();

/** The pairs that must be compared after what is known of an object went from `before` to `now`. */
export const pairsToMark = (
  { id, type }: Pick<ObjectRow, 'id' | 'type'>,
  before: NotedMembers | null,
  now: NotedMembers | null,
): readonly MemberPair[] => {
  const isOther = (before?.account ?? null) !== (now?.account ?? null);
  if (type === 'group') return isOther ? [{ group: id, user: null }] : [];
  const earlier = new Set(before?.groups);
  const today = new Set(now?.groups);
  const groups = [...new Set([...earlier, ...today])].filter(
    (group) => isOther || earlier.has(group) !== today.has(group),
  );
  return groups.map((group) => ({ group, user: id }));
};
