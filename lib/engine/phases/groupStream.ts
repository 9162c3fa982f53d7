import type { Mark } from '../control.js';
import { touchGroup } from '../groups/groupMarks.js';
import { edgesOfMember, type Member, memberEdge } from '../memberEdge.js';
import { FaultError } from '../model.js';
import type { GroupChange } from '../ports.js';
import { advanceMark, openRound, resyncRound } from '../rounds.js';
import { addVia, doubtVia, removeVia, touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import type { Touch } from '../state.js';
import { type Edge, memberRole, type ObjectRow } from '../stored.js';
import { readParents } from './readParents.js';

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
  const disputed = findDisputed(rows, slice);
  const touches: Touch[] = [];
  for (const change of rows) {
    // What the row would have said is lost once the stream moves on: it stays where it is, as after any failed read.
    if (change.kind === 'unreadable') throw new FaultError(change.fault);
    const id = idOf(change);
    slice.count('referenceDeltas', change.kind === 'present' ? change.members.length : 0);
    touches.push(groupTouch(change, id, slice), ...memberTouches(change, id, mark, disputed, slice));
  }
  touches.push(...(await settleDisputed([...disputed.values()], mark, slice)));
  if (touches.length > 0) {
    await state.commit({ touches }, null);
    slice.forgetGroups();
  }
  return moved;
};

const idOf = (change: GroupChange): string => (change.kind === 'present' ? change.object.id : change.id);

const keyOf = (groupId: string, memberId: string): string => `${groupId} ${memberId}`;

/** The members that count: users, and groups where nesting does. */
const membersOf = (change: GroupChange, { settings }: Slice): readonly (Member & { readonly removed: boolean })[] =>
  change.kind !== 'present'
    ? []
    : change.members.flatMap(({ id, type, removed }) =>
        type === 'user' || (type === 'group' && settings.nestedGroups) ? [{ id, type, removed }] : [],
      );

/** Edges that the page both adds and removes: the order of rows says nothing (Graph, delta query). */
const findDisputed = (rows: readonly GroupChange[], slice: Slice): ReadonlyMap<string, Disputed> => {
  const seen = new Map<string, boolean>();
  const disputed = new Map<string, Disputed>();
  for (const row of rows) {
    for (const member of membersOf(row, slice)) {
      const key = keyOf(idOf(row), member.id);
      const earlier = seen.get(key);
      if (earlier !== undefined && earlier !== member.removed) disputed.set(key, { groupId: idOf(row), member });
      seen.set(key, member.removed);
    }
  }
  return disputed;
};

interface Disputed {
  readonly groupId: string;
  readonly member: Member;
}

const settleDisputed = async (disputed: readonly Disputed[], mark: Mark, slice: Slice): Promise<Touch[]> => {
  if (disputed.length === 0) return [];
  const parents = await readParents(
    disputed.map(({ member }) => member),
    slice,
  );
  return disputed.map(({ groupId, member }) => {
    const isMember = parents.get(member.id)?.includes(groupId) === true;
    return doubtTouch(memberEdge(groupId, member, mark.round), isMember, slice);
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
  upserts: edgesOfMember(edge),
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
      const alters = now.gone?.reason !== row.gone?.reason || now.group?.securityEnabled !== row.group?.securityEnabled;
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
      ...(row.group?.reach === undefined ? {} : { reach: row.group.reach }),
      ...(groupMapping ? { attributes } : {}),
    },
  };
};

const goneGroup = (row: ObjectRow, reason: 'changed' | 'deleted', slice: Slice): ObjectRow => ({
  ...row,
  gone: { reason, since: row.gone?.since ?? new Date(slice.world.clock.nowMs()).toISOString() },
});

const memberTouches = (
  change: GroupChange,
  groupId: string,
  mark: Mark,
  disputed: ReadonlyMap<string, Disputed>,
  slice: Slice,
): Touch[] =>
  membersOf(change, slice)
    .filter(({ id }) => !disputed.has(keyOf(groupId, id)))
    .map((member) => edgeTouch(memberEdge(groupId, member, mark.round), member.removed, mark, slice));

const edgeTouch = (edge: Edge, isRemoved: boolean, mark: Mark, slice: Slice): Touch => {
  const { parent: groupId, child, childType } = edge;
  if (!isRemoved && childType === 'user') slice.count('entered', 1);
  return {
    change: {
      id: child,
      type: childType,
      change: (row) => {
        const known = row.via[groupId]?.[memberRole];
        if (isRemoved && known === undefined) return null;
        // Whoever a first round shows is evaluated when it ends, although the edge is known from elsewhere.
        if (!isRemoved && known?.missingSince === null && mark.readySince !== null) return null;
        return touch(isRemoved ? removeVia(row, groupId, memberRole) : addVia(row, groupId, memberRole), slice);
      },
    },
    upserts: isRemoved ? [] : edgesOfMember(edge),
    removals: isRemoved ? [edge] : [],
  };
};

const touch = (row: ObjectRow, slice: Slice): ObjectRow =>
  touchRow(row, 'membership', slice.cycle.startedAt, slice.world.clock.nowMs());
