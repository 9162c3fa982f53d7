import type { Mark } from '../control.js';
import { touchGroup } from '../groups/groupMarks.js';
import { FaultError } from '../model.js';
import type { GroupChange } from '../ports.js';
import { advanceMark, openRound, resyncRound } from '../rounds.js';
import { addVia, doubtVia, removeVia, touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import type { Touch } from '../state.js';
import { type Edge, memberRole, type ObjectRow } from '../stored.js';

/** Attributes of a group that scope needs, besides its members. */
const scopeSelect = ['id', 'displayName', 'securityEnabled', 'members'] as const;

const groupSelect = ({ groupMapping }: Slice): readonly string[] => [
  ...new Set([...scopeSelect, ...(groupMapping?.sourceAttributes ?? [])]),
];

/**
 * Reads one page of a groups stream into edges. The same row may come again, in any order and in later rounds: every
 * write is an upsert, and an edge that one page both adds and removes is asked for at the directory: at once, and in the
 * next cycle again, since the first answer may come from a replica that lags.
 */
export const readGroupStream = async (before: Mark, slice: Slice): Promise<Mark> => {
  const { directory, state, clock } = slice.world;
  const mark = openRound(before, clock.nowMs());
  const page = await directory.readGroupChanges(mark.link, mark.groupIds, groupSelect(slice), slice.signal);
  if (page.kind === 'resync') return resyncRound(mark);
  const moved = advanceMark(mark, page.next, slice.cycle.cycleId);
  // A stream goes on telling of a group that is no longer wanted: its link carries the ids it began with.
  const rows = page.rows.filter((row) => mark.groupIds.includes(idOf(row)));
  const disputed = findDisputed(rows);
  const touches: Touch[] = [];
  for (const change of rows) {
    // What the row would have said is lost once the stream moves on: it stays where it is, as after any failed read.
    if (change.kind === 'unreadable') throw new FaultError(change.fault);
    const id = idOf(change);
    slice.count('referenceDeltas', change.kind === 'present' ? change.members.length : 0);
    touches.push(groupTouch(change, id, slice), ...memberTouches(change, id, mark, disputed, slice));
  }
  touches.push(...(await settleDisputed(disputed, mark, slice)));
  if (touches.length > 0) {
    await state.commit({ touches }, null);
    slice.forgetGroups();
  }
  return moved;
};

const idOf = (change: GroupChange): string => (change.kind === 'present' ? change.object.id : change.id);

const keyOf = (groupId: string, memberId: string): string => `${groupId} ${memberId}`;

/** Edges that the page both adds and removes: the order of rows says nothing (Graph, delta query). */
const findDisputed = (rows: readonly GroupChange[]): ReadonlySet<string> => {
  const seen = new Map<string, boolean>();
  const disputed = new Set<string>();
  for (const row of rows) {
    if (row.kind !== 'present') continue;
    for (const member of row.members) {
      const key = keyOf(row.object.id, member.id);
      const earlier = seen.get(key);
      if (earlier !== undefined && earlier !== member.removed) disputed.add(key);
      seen.set(key, member.removed);
    }
  }
  return disputed;
};

const settleDisputed = async (disputed: ReadonlySet<string>, mark: Mark, slice: Slice): Promise<Touch[]> => {
  const pairs = [...disputed].map((key) => key.split(' ') as [string, string]);
  if (pairs.length === 0) return [];
  const memberships = await slice.world.directory.readMemberships(
    [...new Set(pairs.map(([, id]) => id))],
    slice.signal,
  );
  return pairs.map(([groupId, memberId]) => {
    const isMember = memberships.get(memberId)?.includes(groupId) === true;
    return doubtTouch(edgeOf(groupId, memberId, mark), isMember, slice);
  });
};

/** What is shown counts at once; what is not shown is not taken away yet. */
const doubtTouch = (edge: Edge, isMember: boolean, slice: Slice): Touch => ({
  change: {
    id: edge.child,
    type: edge.childType,
    change: (row) => {
      const now = isMember ? addVia(row, edge.parent, memberRole) : row;
      return touch(doubtVia(now, edge.parent, memberRole, slice.cycle.cycleId), slice);
    },
  },
  upserts: [edge],
  removals: [],
});

/** The group's own row: a change that alters what its edges grant makes every user below it pending. */
const groupTouch = (change: Exclude<GroupChange, { kind: 'unreadable' }>, id: string, slice: Slice): Touch => ({
  upserts: [],
  removals: [],
  change: {
    id,
    type: 'group',
    change: (row) => {
      const now = change.kind === 'present' ? presentGroup(row, change, slice) : goneGroup(row, change.reason, slice);
      const alters =
        (now.gone === null) !== (row.gone === null) || now.group?.securityEnabled !== row.group?.securityEnabled;
      const isNew = row.group === null;
      if (alters && !(isNew && now.gone === null)) return touch(now, slice);
      return mustEvaluate(row, now, slice) ? touchGroup(now, slice.cycle.startedAt, slice.world.clock.nowMs()) : now;
    },
  },
});

/** The group itself is provisioned, and something of it changed, or all is looked at anew. */
const mustEvaluate = (before: ObjectRow, now: ObjectRow, { groupMapping, cycle }: Slice): boolean =>
  groupMapping !== null &&
  (cycle.kind === 'initial' || JSON.stringify(before.group?.attributes) !== JSON.stringify(now.group?.attributes));

const presentGroup = (
  row: ObjectRow,
  { object: { attributes } }: Extract<GroupChange, { kind: 'present' }>,
  { groupMapping }: Slice,
): ObjectRow => {
  const { displayName, securityEnabled } = attributes;
  return {
    ...row,
    gone: null,
    group: {
      displayName: typeof displayName === 'string' ? displayName : null,
      securityEnabled: typeof securityEnabled === 'boolean' ? securityEnabled : null,
      ...(groupMapping ? { attributes } : {}),
    },
  };
};

const goneGroup = (row: ObjectRow, reason: 'changed' | 'deleted', slice: Slice): ObjectRow => ({
  ...row,
  gone: row.gone ?? { reason, since: new Date(slice.world.clock.nowMs()).toISOString() },
});

const memberTouches = (
  change: GroupChange,
  groupId: string,
  mark: Mark,
  disputed: ReadonlySet<string>,
  slice: Slice,
): Touch[] =>
  change.kind !== 'present'
    ? []
    : change.members
        .filter((member) => member.type === 'user' && !disputed.has(keyOf(groupId, member.id)))
        .map((member) => edgeTouch(groupId, member.id, member.removed, mark, slice));

const edgeOf = (groupId: string, memberId: string, mark: Mark): Edge => ({
  parent: groupId,
  child: memberId,
  childType: 'user',
  role: memberRole,
  round: mark.round,
  missingSince: null,
});

const edgeTouch = (groupId: string, memberId: string, isRemoved: boolean, mark: Mark, slice: Slice): Touch => {
  const edge = edgeOf(groupId, memberId, mark);
  if (!isRemoved) slice.count('entered', 1);
  return {
    change: {
      id: memberId,
      type: 'user',
      change: (row) => {
        const known = row.via[groupId]?.[memberRole];
        if (isRemoved && known === undefined) return null;
        // Whoever a first round shows is evaluated when it ends, although the edge is known from elsewhere.
        if (!isRemoved && known?.missingSince === null && mark.readySince !== null) return null;
        return touch(isRemoved ? removeVia(row, groupId, memberRole) : addVia(row, groupId, memberRole), slice);
      },
    },
    upserts: isRemoved ? [] : [edge],
    removals: isRemoved ? [edge] : [],
  };
};

const touch = (row: ObjectRow, slice: Slice): ObjectRow =>
  touchRow(row, 'membership', slice.cycle.startedAt, slice.world.clock.nowMs());
