import type { DriftDifference } from '../drift.js';
import { mapsMembers } from '../groups/mapsMembers.js';
import type { Membership } from '../groups/memberStore.js';
import { notedOf } from '../groups/notedMembers.js';
import type { JsonObject } from '../model.js';
import type { Slice } from '../slice.js';
import { memberRole, type ObjectRow } from '../stored.js';

/** Members that somebody took out of a group in the target, and people of ours whom somebody put in. */
export interface MemberDrift {
  readonly removed: readonly Membership[];
  readonly added: readonly Membership[];
}

/**
 * Compares the members that a group shows with those it was made to hold. Null: as they were left, or not shown, as Zoom
 * documents it. An account that nobody of ours has may be a member of whatever group.
 */
export const compareMembers = async (
  group: ObjectRow,
  resource: JsonObject,
  slice: Slice,
): Promise<MemberDrift | null> => {
  const target = notedOf(group)?.account ?? null;
  const shown = readMembers(resource);
  if (target === null || shown === null || !mapsMembers(slice.groupMapping)) return null;
  const removed: Membership[] = [];
  const added = new Set(shown);
  let cursor: string | null = null;
  do {
    const page: { readonly rows: readonly Membership[]; readonly cursor: string | null } =
      await slice.world.state.members.list(group.id, cursor);
    for (const row of page.rows) {
      if (row.exported?.group !== target) continue;
      if (row.exported.isCertain && !shown.has(row.exported.member)) removed.push(row);
      added.delete(row.exported.member);
    }
    cursor = page.cursor;
  } while (cursor !== null);
  const own = await findOwn(group.id, target, [...added], slice);
  return removed.length + own.length > 0 ? { removed, added: own } : null;
};

/** Null: the answer shows no list of members. */
const readMembers = ({ members }: JsonObject): ReadonlySet<string> | null => {
  if (!Array.isArray(members)) return null;
  const ids = members.map((member) => (typeof member === 'object' && member !== null ? member.value : undefined));
  return new Set(ids.filter((id) => typeof id === 'string'));
};

/** Those of people of ours who are not to be in the group. */
const findOwn = async (
  group: string,
  target: string,
  memberIds: readonly string[],
  slice: Slice,
): Promise<readonly Membership[]> => {
  const { targets, objects } = slice.world.state;
  const owners = await targets.readOwners(memberIds);
  const rows = await objects.read([...new Set(owners.values())]);
  return [...owners].flatMap(([member, user]) => {
    const row = rows.get(user)?.row;
    const isTheirs = row?.link?.targetId === member && row.link.state !== 'detached';
    if (!isTheirs || row.via[group]?.[memberRole] !== undefined) return [];
    return [{ group, user, wanted: false, exported: { group: target, member, isCertain: true }, escrow: null }];
  });
};

const mostTold = 100;

/** The ids in the target of whom is missing and of whom is too many, a hundred of each at most. */
export const describeMembers = ({ removed, added }: MemberDrift): DriftDifference => ({
  path: 'members',
  wanted: removed.flatMap(({ exported }) => exported?.member ?? []).slice(0, mostTold),
  found: added.flatMap(({ exported }) => exported?.member ?? []).slice(0, mostTold),
});

/** Notes the members as they were found and marks the pairs: what differs from what is wanted is sent by the next phases. */
export const correctMembers = async ({ removed, added }: MemberDrift, slice: Slice): Promise<void> => {
  const { members } = slice.world.state;
  const pairs = [...removed.map((row) => ({ ...row, exported: null })), ...added];
  // The marks first: a page that is replayed finds what was not put yet, and marks again.
  await members.mark(pairs.map(({ group, user }) => ({ group, user })));
  await members.put(pairs);
};
