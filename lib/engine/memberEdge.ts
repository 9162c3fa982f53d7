import type { ObjectType } from './model.js';
import { type Edge, memberRole, nestedParent } from './stored.js';

/** A user or a group as a member. */
export interface Member {
  readonly id: string;
  readonly type: ObjectType;
}

/** The edge from a group to its member, as the group's round saw it. */
export const memberEdge = (groupId: string, { id, type }: Member, round: number): Edge => ({
  parent: groupId,
  child: id,
  childType: type,
  role: memberRole,
  round,
  missingSince: null,
});

/** What is written above with a membership: the edge, and for a group its place among the nested ones. */
export const edgesOfMember = (edge: Edge): readonly Edge[] =>
  edge.childType === 'group' ? [edge, nestedEdge(edge.child)] : [edge];

/** A group's place among the nested ones. */
export const nestedEdge = (groupId: string): Edge => memberEdge(nestedParent, { id: groupId, type: 'group' }, 0);
