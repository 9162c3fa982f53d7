import { jsonAnswer } from '../answer.js';
import { type Context, type GrantedCall, type Handler, linkTo } from '../context.js';
import { membersAt, objectAt } from '../directory/past.js';
import { groupProperties } from '../directory/properties.js';
import type { GroupRecord, MemberRef } from '../directory/records.js';
import { isLive } from '../directory/store.js';
import { badRequest, resourceNotFound } from '../errors.js';
import { allowOptions } from '../query.js';
import { readRow } from '../rows.js';
import { parseSelect } from '../select.js';
import { answerList, isEventual, type List, type ListEntry } from './list.js';
import { memberRenderer, type RenderMember } from './memberRow.js';
import { findUser } from './users.js';

/** The group as the serving replica sees it; throws the 404. */
const visibleGroup = (context: Context, call: GrantedCall): GroupRecord => {
  const group = context.store.groups.get(call.route.id.toLowerCase());
  if (group === undefined || !objectAt(group, call.asOfMs).visible) {
    throw resourceNotFound(call.route.id);
  }
  return group;
};

export const answerGroup: Handler = (context, call) => {
  allowOptions(call.query, ['$select'], 'a group');
  const select = call.query.system.get('$select');
  const names =
    select === undefined ? Object.keys(groupProperties) : parseSelect(select, 'group', groupProperties, null).names;
  const group = visibleGroup(context, call);
  const { properties } = objectAt(group, call.asOfMs);
  return jsonAnswer(200, {
    '@odata.context': linkTo(call, '$metadata#groups/$entity'),
    ...readRow(group.id, properties, names, groupProperties),
  });
};

const memberOptions = ['$select', '$top', '$count', '$skiptoken'];

/** Casts are advanced queries, which go to the separately indexed store only (Graph, list transitive members). */
const checkCast = (call: GrantedCall): void => {
  if (call.route.cast !== null && !(call.query.system.get('$count') === 'true' && isEventual(call))) {
    throw badRequest('A cast needs $count=true and the header ConsistencyLevel: eventual.');
  }
};

function* visibleMembers(
  context: Context,
  call: GrantedCall,
  members: Iterable<MemberRef & { readonly seq: number }>,
  render: RenderMember,
): Iterable<ListEntry> {
  for (const member of members) {
    if (isLive(context.store, member.id) && (call.route.cast ?? member.type) === member.type) {
      yield { key: member.seq, render: () => render(member) };
    }
  }
}

const memberList = (
  context: Context,
  call: GrantedCall,
  members: () => Iterable<MemberRef & { readonly seq: number }>,
): List => {
  const render = memberRenderer(context, call);
  return { metadata: 'directoryObjects', entries: () => visibleMembers(context, call, members(), render) };
};

/** `GET /groups/{id}/members`: direct members, soft-deleted ones hidden. */
export const answerMembers: Handler = (context, call) => {
  allowOptions(call.query, memberOptions, 'members');
  checkCast(call);
  const group = visibleGroup(context, call);
  return answerList(
    context,
    call,
    memberList(context, call, () => membersAt(group, call.asOfMs)),
  );
};

/** Members of the group and of every live group below it, each once; cycles end. */
function* transitiveMembers(context: Context, root: GroupRecord, asOfMs: number) {
  const seen = new Set([root.id]);
  const waiting = [root];
  let seq = 0;
  for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
    for (const member of membersAt(group, asOfMs)) {
      if (seen.has(member.id)) {
        continue;
      }
      seen.add(member.id);
      seq += 1;
      yield { id: member.id, type: member.type, seq };
      const below = context.store.groups.get(member.id);
      if (below?.deletedAtMs === null) {
        waiting.push(below);
      }
    }
  }
}

export const answerTransitiveMembers: Handler = (context, call) => {
  allowOptions(call.query, memberOptions, 'transitiveMembers');
  checkCast(call);
  const group = visibleGroup(context, call);
  return answerList(
    context,
    call,
    memberList(context, call, () => transitiveMembers(context, group, call.asOfMs)),
  );
};

function* groupsOf(context: Context, memberId: string): Iterable<MemberRef & { readonly seq: number }> {
  for (const groupId of context.store.groupsOf.get(memberId) ?? []) {
    const edge = context.store.groups.get(groupId)?.members.get(memberId);
    if (edge !== undefined) {
      yield { id: groupId, type: 'group', seq: edge.seq };
    }
  }
}

/** `GET /users/{id}/memberOf`: the live groups that the user is a direct member of. */
export const answerMemberOf: Handler = (context, call) => {
  allowOptions(call.query, memberOptions, 'memberOf');
  const user = findUser(context, call.route.id);
  if (user === undefined || !objectAt(user, call.asOfMs).visible) {
    throw resourceNotFound(call.route.id);
  }
  return answerList(
    context,
    call,
    memberList(context, call, () => groupsOf(context, user.id)),
  );
};

/** `GET /groups/{id}/memberOf`: the live groups that the group is a direct member of. */
export const answerGroupMemberOf: Handler = (context, call) => {
  allowOptions(call.query, memberOptions, 'memberOf');
  const group = visibleGroup(context, call);
  return answerList(
    context,
    call,
    memberList(context, call, () => groupsOf(context, group.id)),
  );
};
