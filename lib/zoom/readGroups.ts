import { type Fault, FaultError, type TargetAccount } from '../engine/model.js';
import type { FindResult, GetResult, TargetPage } from '../engine/ports.js';
import { scimAdvice } from './advice.js';
import type { Dialect } from './dialects/dialect.js';
import { type Exchange, explainUnreadable, type Reply } from './exchange.js';
import { makeFault } from './fault.js';
import { isUsableId } from './parseAccount.js';
import { parseGroup } from './parseGroup.js';
import { parseList } from './parseList.js';

type Answered = Extract<Reply, { kind: 'answered' }>;

/** Looks a group up by its name, which Zoom compares without case. Other groups than the one asked for are a fault. */
export const findGroup = async (
  exchange: Exchange,
  dialect: Dialect,
  displayName: string,
  signal: AbortSignal,
): Promise<FindResult> => {
  const reply = await exchange('find', () => dialect.findGroup(displayName), signal);
  if (reply.kind === 'refused') return { kind: 'fault', fault: reply.fault };
  const rows = readRows(reply, 'find', 1);
  if ('code' in rows) return { kind: 'fault', fault: rows };
  const { groups } = rows;
  const wanted = displayName.toLowerCase();
  if (groups.some(({ userName }) => userName.toLowerCase() !== wanted)) {
    const problem = 'the answer to a search holds groups that were not searched for';
    return { kind: 'fault', fault: explainUnreadable('find', reply.request, problem) };
  }
  const ids = [...new Set(groups.map(({ id }) => id))];
  const [first] = groups;
  if (first === undefined) return { kind: 'none' };
  return ids.length === 1 ? { kind: 'one', account: first } : { kind: 'several', targetIds: ids };
};

interface Rows {
  readonly groups: readonly TargetAccount[];
  readonly total: number;
}

const readRows = (reply: Answered, operation: 'find' | 'list', startIndex: number): Rows | Fault => {
  const parsed = reply.body.kind === 'json' ? parseList(reply.body.value, startIndex) : null;
  if (parsed === null || parsed.kind === 'unreadable') {
    return explainUnreadable(operation, reply.request, parsed?.problem ?? 'a list must be JSON');
  }
  const groups: TargetAccount[] = [];
  for (const row of parsed.list.rows) {
    const result = parseGroup(row, false);
    if (result.kind === 'unreadable') return explainUnreadable(operation, reply.request, result.problem);
    groups.push(result.group);
  }
  return { groups, total: parsed.list.total };
};

/** One page of groups, as `listUsers` has it of accounts. Throws `FaultError`. */
export const listGroups = async (
  exchange: Exchange,
  dialect: Dialect,
  { startIndex, count }: { readonly startIndex: number; readonly count: number },
  signal: AbortSignal,
): Promise<TargetPage> => {
  const reply = await exchange('list', () => dialect.listGroups(startIndex, count), signal);
  if (reply.kind === 'refused') throw new FaultError(reply.fault);
  const rows = readRows(reply, 'list', startIndex);
  if ('code' in rows) throw new FaultError(rows);
  const { groups, total } = rows;
  const next = startIndex + groups.length;
  const mayGoOn = groups.length > 0 && (next <= total || groups.length >= count);
  return { accounts: groups, next: mayGoOn ? next : null, total };
};

export const readGroup = async (
  exchange: Exchange,
  dialect: Dialect,
  targetId: string,
  signal: AbortSignal,
): Promise<GetResult> => {
  if (!isUsableId(targetId)) {
    return { kind: 'fault', fault: makeFault('UnusableTargetId', scimAdvice.UnusableTargetId) };
  }
  const reply = await exchange('read', () => dialect.readGroup(targetId), signal);
  if (reply.kind === 'refused') {
    const isPlain = reply.meaning === 'gone' || reply.meaning === 'notBelonging';
    return isPlain ? { kind: reply.meaning } : { kind: 'fault', fault: reply.fault };
  }
  const parsed = reply.body.kind === 'json' ? parseGroup(reply.body.value, true) : null;
  if (parsed?.kind !== 'group' || parsed.group.id !== targetId) {
    const unreadable = parsed?.kind === 'unreadable' ? parsed.problem : 'the group that was asked for was expected';
    return { kind: 'fault', fault: explainUnreadable('read', reply.request, unreadable) };
  }
  return { kind: 'found', account: parsed.group };
};
