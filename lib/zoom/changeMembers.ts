import type { MemberChange, WriteResult } from '../engine/ports.js';
import { scimAdvice } from './advice.js';
import type { Dialect, MemberRemoval } from './dialects/dialect.js';
import type { Exchange } from './exchange.js';
import { makeFault } from './fault.js';
import { createMemberSight } from './memberSight.js';
import { tryOnScratchGroup } from './scratchGroup.js';
import { toFailure } from './writeAnswer.js';

/** Sends one change of a group's members; at most a hundred of them each way. */
export type ChangeMembers = (groupId: string, change: MemberChange, signal: AbortSignal) => Promise<WriteResult>;

/** How members leave a group: one of the forms that SCIM servers take, or whichever this one turns out to take. */
export type MemberRemovalSetting = MemberRemoval | 'probe';

/** Refused for the request's form, as far as anybody can tell, and not for the member. */
const formRefusals: ReadonlySet<string> = new Set([
  'MalformedRequest',
  'RequestRefused',
  'InvalidValue',
  'NotImplemented',
]);

/**
 * Changes members through PATCH requests that name each of them: never a removal without a selector, never a replacement.
 * With `probe` the first removal takes the filter, which cannot empty a group, and looks whether it did something. Where
 * it was refused or ignored, the list of values is tried on a group made for that, and used where it took out whom it
 * named and nobody else.
 */
export const createChangeMembers = (
  exchange: Exchange,
  dialect: Dialect,
  setting: MemberRemovalSetting,
): ChangeMembers => {
  let learnt: MemberRemoval | null = setting === 'probe' ? null : setting;
  const sight = createMemberSight(exchange, dialect);

  const send = async (
    groupId: string,
    change: Pick<MemberChange, 'add' | 'remove'>,
    form: MemberRemoval,
    signal: AbortSignal,
  ): Promise<WriteResult> => {
    const named = { add: change.add ?? [], remove: change.remove ?? [] };
    for (const request of dialect.changeMembers(groupId, named, form)) {
      const reply = await exchange('update', () => request, signal);
      if (reply.kind === 'refused') return toFailure(reply);
    }
    return { kind: 'stored', account: null, targetId: groupId };
  };

  const learnFilter = async (groupId: string, member: string, signal: AbortSignal): Promise<WriteResult | null> => {
    const result = await send(groupId, { remove: [member] }, 'filter', signal);
    if (result.kind === 'fault' && formRefusals.has(result.fault.code)) return null;
    if (result.kind !== 'stored') return result;
    if ((await sight.isMember(groupId, member, signal)) === true) return null;
    learnt = 'filter';
    return result;
  };

  const learn = async (groupId: string, { remove = [], witness }: MemberChange, signal: AbortSignal) => {
    const [first, ...others] = remove;
    if (first === undefined) return null;
    const byFilter = await learnFilter(groupId, first, signal);
    if (byFilter) return byFilter.kind === 'stored' ? send(groupId, { remove: others }, 'filter', signal) : byFilter;
    // Where nobody stays there is nobody to lose: the form is used, and nothing is learnt.
    if (witness === undefined) return send(groupId, { remove }, 'value', signal);
    const isTaken = await tryOnScratchGroup({ exchange, dialect, sight, send }, first, witness, signal);
    if (isTaken) learnt = 'value';
    const fault = makeFault('MemberRemovalUnsupported', scimAdvice.MemberRemovalUnsupported);
    return isTaken ? send(groupId, { remove }, 'value', signal) : { kind: 'fault' as const, fault };
  };

  return async (groupId, change, signal) => {
    if (learnt !== null || (change.remove ?? []).length === 0) return send(groupId, change, learnt ?? 'filter', signal);
    const added = await send(groupId, { add: change.add ?? [] }, 'filter', signal);
    return added.kind === 'stored' ? ((await learn(groupId, change, signal)) ?? added) : added;
  };
};
