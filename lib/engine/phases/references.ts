import { hourOf } from '../deletionGuard.js';
import { tellEmptying } from '../groups/emptyGroup.js';
import { mapsMembers } from '../groups/mapsMembers.js';
import type { MemberMark } from '../groups/memberStore.js';
import { notedOf } from '../groups/notedMembers.js';
import { settleMembers } from '../groups/settleMembers.js';
import type { Phase, Slice } from '../slice.js';

const marksPerStep = 1_000;

/** Before the group behind which the phase goes on. */
const behind = 'behind|';

/**
 * Members of groups, after users and groups: what is wanted and was not exported, and the other way round. Work follows
 * the marks that changes left, never the number of users or groups. What could not be sent keeps its marks.
 */
export const referencesPhase: Phase = async (slice, cursor) => {
  if (!mapsMembers(slice.groupMapping) || slice.isTargetDown()) return { next: null };
  const { members } = slice.world.state;
  if (cursor === null) {
    while (await members.takeDue(slice.cycle.startedAt)) if (slice.mustStop()) return { next: 'again' };
  }
  const after = cursor?.startsWith(behind) ? cursor.slice(behind.length) : null;
  const marks = await members.listMarks(after, marksPerStep);
  if (marks.length === 0) return { next: null };
  const again = cursor ?? 'again';
  const byGroup = [...Map.groupBy(marks, ({ group }) => group)];
  const isCut = marks.length === marksPerStep;
  let left: string | null = null;
  let isExpanded = false;
  let emptied = 0;
  let isHeld = false;
  let isStopped = false;
  for (const [index, [group, ofGroup]] of byGroup.entries()) {
    if (index > 0 && slice.mustStop()) {
      isStopped = true;
      break;
    }
    const whole = ofGroup.filter(({ user }) => user === null);
    if (whole.length > 0) {
      await markDifferences(group, whole, slice);
      isExpanded = true;
      continue;
    }
    const hasMore = isCut && index === byGroup.length - 1;
    const end = await settleMembers(group, ofGroup, hasMore, slice);
    if (end.isLeft) left = group;
    emptied += end.hasEmptied ? 1 : 0;
    isHeld ||= end.isHeld;
  }
  if (isHeld) await tellEmptying(slice);
  const removals = emptied > 0 ? { checkpoint: { removals: countToday(emptied, slice) } } : {};
  const hasMore = isCut || isExpanded || isStopped;
  // What could not be sent is passed over, unless it was for want of time.
  const next = left === null || slice.mustStop() ? again : behind + left;
  return { next: hasMore || (left !== null && slice.mustStop()) ? next : null, ...removals };
};

/** A group that was emptied counts in the rolling day as a removal does. */
const countToday = (emptied: number, { world, removals }: Slice): Readonly<Record<string, number>> => {
  const hour = hourOf(world.clock.nowMs());
  return { [hour]: (removals[hour] ?? 0) + emptied };
};

/** The group in Zoom is another one, or in scope again: every pair of it that is not as it should be is marked. */
const markDifferences = async (group: string, whole: readonly MemberMark[], { world }: Slice): Promise<void> => {
  const { members, objects } = world.state;
  const row = (await objects.read([group])).get(group)?.row;
  const target = (row && notedOf(row)?.account) ?? null;
  let cursor: string | null = null;
  while (target !== null) {
    const page = await members.list(group, cursor);
    const open = page.rows.filter(
      ({ wanted, exported }) => !exported?.isCertain || exported.group !== target || !wanted,
    );
    if (open.length > 0) await members.mark(open.map(({ user }) => ({ group, user })));
    cursor = page.cursor;
    if (cursor === null) break;
  }
  await members.removeMarks(whole);
};
