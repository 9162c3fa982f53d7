import type { Mark } from '../control.js';
import { touchGroup } from '../groups/groupMarks.js';
import { edgesOfMember, memberEdge } from '../memberEdge.js';
import { FaultError } from '../model.js';
import type { GroupChange } from '../ports.js';
import { advanceMark, openRound, resyncRound } from '../rounds.js';
import { addVia, removeVia } from '../rows.js';
import type { Slice } from '../slice.js';
import type { Touch } from '../state.js';
import { type Edge, memberRole, type ObjectRow } from '../stored.js';
import { type Disputed, edgeKeyOf, findDisputed, settleDisputed } from './disputedEdges.js';
import { groupIdOf, membersOf, touchMember } from './groupRows.js';

/** Attributes of a group that scope needs, besides its members. */
const scopeSelect = ['id', 'displayName', 'securityEnabled', 'members'] as const;

const groupSelect = ({ groupMapping }: Slice): readonly string[] => [
  ...new Set([...scopeSelect, ...(groupMapping?.sourceAttributes ?? [])]),
];

/** So many edges are written at once: in memory they are many times as large as in their page. */
const touchesPerCommit = 2_000;

/**
 * Reads one page of a groups stream into edges. The same row may come again, in any order and in later rounds: every
 * write is an upsert, and an edge that one page both adds and removes is asked for at the directory: at once, and in the
 * next cycle again, since the first answer may come from a replica that lags. Where one round says two things of a group
 * itself, which of them is older cannot be told: then the stream is enumerated anew. Throws `FaultError`.
 */
export const readGroupStream = async (before: Mark, slice: Slice): Promise<Mark> => {
  const { directory, state, clock } = slice.world;
  const mark = openRound(before, clock.nowMs());
  const answer = await directory.readGroupChanges(mark.link, mark.groupIds, groupSelect(slice), slice.signal);
  if (answer.kind === 'resync') return resyncRound(mark);
  const moved = advanceMark(mark, answer.next, slice.cycle.cycleId);
  // A stream goes on telling of a group that is no longer wanted: its link carries the ids it began with.
  const rows = answer.rows.filter((row) => mark.groupIds.includes(groupIdOf(row)));
  const disputed = findDisputed(rows, slice);
  const settled = await settleDisputed([...disputed.values()], mark, slice);
  const page: Page = { mark, disputed, contested: new Set(), slice };
  for (const touches of inParts(touchesOf(rows, page))) await state.commit({ touches }, null);
  if (settled.length > 0) await state.commit({ touches: settled }, null);
  if (rows.length > 0) slice.forgetGroups();
  return page.contested.size > 0 ? resyncRound(mark) : moved;
};

/** `contested`: groups of which the round said something else before; known once the page is written. */
interface Page {
  readonly mark: Mark;
  readonly disputed: ReadonlyMap<string, Disputed>;
  readonly contested: Set<string>;
  readonly slice: Slice;
}

const touchesOf = function* (rows: readonly GroupChange[], page: Page): Generator<Touch> {
  for (const change of rows) {
    // What the row would have said is lost once the stream moves on: it stays where it is, as after any failed read.
    if (change.kind === 'unreadable') throw new FaultError(change.fault);
    const id = groupIdOf(change);
    page.slice.count('referenceDeltas', change.kind === 'present' ? change.members.length : 0);
    yield groupTouch(change, id, page);
    yield* memberTouches(change, id, page);
  }
};

const inParts = function* (touches: Iterable<Touch>): Generator<readonly Touch[]> {
  let part: Touch[] = [];
  for (const one of touches) {
    part.push(one);
    if (part.length < touchesPerCommit) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
};

/** The group's own row: a change that alters what its edges grant makes every user below it pending. */
const groupTouch = (
  change: Exclude<GroupChange, { kind: 'unreadable' }>,
  id: string,
  { mark, contested, slice }: Page,
): Touch => ({
  upserts: [],
  removals: [],
  change: {
    id,
    type: 'group',
    change: (row) => {
      const told = change.kind === 'present' ? presentGroup(row, change, slice) : goneGroup(row, change.reason, slice);
      const isNews = stateOf(told) !== stateOf(row);
      if (isNews && row.group?.toldIn === mark.round) contested.add(id);
      const now = isNews && told.group ? { ...told, group: { ...told.group, toldIn: mark.round } } : told;
      const alters = now.gone?.reason !== row.gone?.reason || now.group?.securityEnabled !== row.group?.securityEnabled;
      const isNew = row.group === null;
      if (alters && !(isNew && now.gone === null)) return touchMember(now, slice);
      return mustEvaluate(row, now, slice) ? touchGroup(now, slice.cycle.startedAt, slice.world.clock.nowMs()) : now;
    },
  },
});

/** What of a group is told by its row, and counts. */
const stateOf = ({ gone, group }: ObjectRow): string =>
  JSON.stringify([gone?.reason, group?.securityEnabled, group?.attributes]);

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
      ...(row.group?.toldIn === undefined ? {} : { toldIn: row.group.toldIn }),
      ...(groupMapping ? { attributes } : {}),
    },
  };
};

const goneGroup = (row: ObjectRow, reason: 'changed' | 'deleted', slice: Slice): ObjectRow => ({
  ...row,
  gone: { reason, since: row.gone?.since ?? new Date(slice.world.clock.nowMs()).toISOString() },
});

const memberTouches = function* (
  change: GroupChange,
  groupId: string,
  { mark, disputed, slice }: Page,
): Generator<Touch> {
  for (const member of membersOf(change, slice)) {
    if (disputed.has(edgeKeyOf(groupId, member.id))) continue;
    yield edgeTouch(memberEdge(groupId, member, mark.round), member.removed, mark, slice);
  }
};

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
        return touchMember(isRemoved ? removeVia(row, groupId, memberRole) : addVia(row, groupId, memberRole), slice);
      },
    },
    upserts: isRemoved ? [] : edgesOfMember(edge),
    removals: isRemoved ? [edge] : [],
  };
};
