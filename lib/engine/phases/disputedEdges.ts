import type { Mark } from '../control.js';
import { edgesOfMember, type Member, memberEdge } from '../memberEdge.js';
import type { GroupChange } from '../ports.js';
import { addVia, doubtVia } from '../rows.js';
import type { Slice } from '../slice.js';
import type { Touch } from '../state.js';
import { type Edge, memberRole } from '../stored.js';
import { groupIdOf, membersOf, touchMember } from './groupRows.js';
import { readParents } from './readParents.js';

export interface Disputed {
  readonly groupId: string;
  readonly member: Member;
}

export const edgeKeyOf = (groupId: string, memberId: string): string => `${groupId} ${memberId}`;

/** Edges that the page both adds and removes: the order of rows says nothing (Graph, delta query). */
export const findDisputed = (rows: readonly GroupChange[], slice: Slice): ReadonlyMap<string, Disputed> => {
  const disputed = new Map<string, Disputed>();
  const removed = new Set<string>();
  for (const row of rows) {
    for (const member of membersOf(row, slice)) if (member.removed) removed.add(edgeKeyOf(groupIdOf(row), member.id));
  }
  if (removed.size === 0) return disputed;
  for (const row of rows) {
    for (const member of membersOf(row, slice)) {
      const key = edgeKeyOf(groupIdOf(row), member.id);
      if (!member.removed && removed.has(key)) disputed.set(key, { groupId: groupIdOf(row), member });
    }
  }
  return disputed;
};

/** The edges as the directory shows them now. */
export const settleDisputed = async (disputed: readonly Disputed[], mark: Mark, slice: Slice): Promise<Touch[]> => {
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
      return touchMember(doubtVia(now, edge.parent, memberRole, slice.cycle.cycleId), slice);
    },
  },
  upserts: edgesOfMember(edge),
  removals: [],
});
