import type { Values } from '../engine/model.js';
import type { TargetGroups, WriteResult } from '../engine/ports.js';
import { scimAdvice } from './advice.js';
import { createChangeMembers, type MemberRemovalSetting } from './changeMembers.js';
import type { Dialect, ScimRequest } from './dialects/dialect.js';
import { type Exchange, explainUnreadable } from './exchange.js';
import { makeFault } from './fault.js';
import { isUsableId } from './parseAccount.js';
import { parseGroup } from './parseGroup.js';
import { findGroup, listGroups, readGroup } from './readGroups.js';
import type { Serialize } from './serialize.js';
import { toFailure } from './writeAnswer.js';

/** The target's groups: reads, and writes one at a time for each group, and for each name where there is no group yet. */
export const createGroups = (
  exchange: Exchange,
  dialect: Dialect,
  serialize: Serialize,
  pageSize: number,
  removal: MemberRemovalSetting,
): TargetGroups => {
  const write = (targetId: string, signal: AbortSignal, send: () => Promise<WriteResult>): Promise<WriteResult> =>
    serialize(`group ${targetId}`, signal, async () =>
      isUsableId(targetId)
        ? send()
        : { kind: 'fault', fault: makeFault('UnusableTargetId', scimAdvice.UnusableTargetId) },
    );
  /** Zoom answers a change of a group without a body. */
  const sendOne = async (
    operation: 'update' | 'delete',
    targetId: string,
    express: () => ScimRequest,
    signal: AbortSignal,
  ): Promise<WriteResult> => {
    const reply = await exchange(operation, express, signal);
    return reply.kind === 'refused' ? toFailure(reply) : { kind: 'stored', account: null, targetId };
  };
  const changeMembers = createChangeMembers(exchange, dialect, removal);
  return {
    changeMembers: (targetId, change, signal) => write(targetId, signal, () => changeMembers(targetId, change, signal)),
    findGroup: (displayName, signal) => findGroup(exchange, dialect, displayName, signal),
    listGroups: (startIndex, signal) => listGroups(exchange, dialect, { startIndex, count: pageSize }, signal),
    readGroup: (targetId, signal) => readGroup(exchange, dialect, targetId, signal),
    createGroup: (values, signal) =>
      serialize(`group name ${String(values.displayName ?? '').toLowerCase()}`, signal, () =>
        createGroup(exchange, dialect, values, signal),
      ),
    updateGroup: (targetId, values, signal) =>
      write(targetId, signal, () => sendOne('update', targetId, () => dialect.updateGroup(targetId, values), signal)),
    deleteGroup: (targetId, signal) =>
      write(targetId, signal, () => sendOne('delete', targetId, () => dialect.deleteGroup(targetId), signal)),
  };
};

/** Zoom refuses a name that is taken as it refuses one that it does not like: whoever asked looks the name up. */
const createGroup = async (
  exchange: Exchange,
  dialect: Dialect,
  values: Values,
  signal: AbortSignal,
): Promise<WriteResult> => {
  const reply = await exchange('create', () => dialect.createGroup(values), signal);
  if (reply.kind === 'refused') {
    const isNamed = reply.fault.code === 'GroupNameInvalid';
    return isNamed ? { kind: 'conflict', fault: reply.fault } : toFailure(reply);
  }
  const parsed = reply.body.kind === 'json' ? parseGroup(reply.body.value, true) : null;
  if (parsed?.kind === 'group') return { kind: 'stored', account: parsed.group, targetId: parsed.group.id };
  if (parsed?.kind === 'unreadable' && parsed.id !== null) {
    return { kind: 'stored', account: null, targetId: parsed.id };
  }
  const problem = parsed?.problem ?? 'the answer to a creation must be JSON';
  return { kind: 'fault', fault: explainUnreadable('create', reply.request, problem) };
};
