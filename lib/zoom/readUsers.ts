import { type Fault, FaultError, type JsonValue, type TargetAccount } from '../engine/model.js';
import type { FindResult, GetResult, TargetPage } from '../engine/ports.js';
import { readScimValues } from '../mapping/scimPath.js';
import { scimAdvice } from './advice.js';
import type { Dialect, ScimRequest } from './dialects/dialect.js';
import { type Exchange, explainUnreadable, type Reply } from './exchange.js';
import { makeFault } from './fault.js';
import type { ZoomObserver } from './observer.js';
import { isUsableId, parseAccount } from './parseAccount.js';
import { parseList } from './parseList.js';

type Answered = Extract<Reply, { kind: 'answered' }>;

interface Rows {
  readonly accounts: readonly TargetAccount[];
  /** Rows received, readable or not. */
  readonly received: number;
  readonly unreadable: readonly Fault[];
  readonly total: number;
}

const readRows = (reply: Answered, operation: 'find' | 'list', startIndex: number): Rows | Fault => {
  const parsed = reply.body.kind === 'json' ? parseList(reply.body.value, startIndex) : null;
  if (parsed === null || parsed.kind === 'unreadable') {
    return explainUnreadable(operation, reply.request, parsed?.problem ?? 'a list must be JSON');
  }
  const accounts: TargetAccount[] = [];
  const unreadable: Fault[] = [];
  for (const row of parsed.list.rows) {
    const result = parseAccount(row, false);
    if (result.kind === 'account') {
      accounts.push(result.account);
    } else {
      const problem = result.kind === 'withoutId' ? 'a row without an id' : result.problem;
      unreadable.push(explainUnreadable(operation, reply.request, problem));
    }
  }
  return { accounts, unreadable, received: parsed.list.rows.length, total: parsed.list.total };
};

const isFault = (rows: Rows | Fault): rows is Fault => 'code' in rows;

/** Looks one account up. A search that answers other accounts than the ones asked for has not searched: a fault. */
export const findUser = async (
  exchange: Exchange,
  dialect: Dialect,
  path: string,
  value: string,
  signal: AbortSignal,
): Promise<FindResult> => {
  const searches = dialect.findUser(path, value);
  let result: FindResult = {
    kind: 'fault',
    fault: makeFault('FilterNotSupported', scimAdvice.FilterNotSupported),
  };
  for (const request of searches) {
    result = await search(exchange, request, path, value, signal);
    if (result.kind !== 'none') return result;
  }
  return result;
};

const search = async (
  exchange: Exchange,
  request: ScimRequest,
  path: string,
  value: string,
  signal: AbortSignal,
): Promise<FindResult> => {
  const reply = await exchange('find', () => request, signal);
  if (reply.kind === 'refused') {
    return reply.meaning === 'notBelonging' ? { kind: 'pendingOrForeign' } : { kind: 'fault', fault: reply.fault };
  }
  const rows = readRows(reply, 'find', 1);
  if (isFault(rows)) {
    return { kind: 'fault', fault: rows };
  }
  const [unreadable] = rows.unreadable;
  if (unreadable !== undefined) {
    return { kind: 'fault', fault: unreadable };
  }
  if (!rows.accounts.every((account) => holds(account, path, value))) {
    const problem = 'the answer to a search holds accounts that were not searched for';
    return { kind: 'fault', fault: explainUnreadable('find', reply.request, problem) };
  }
  return chooseHit(rows, reply);
};

const chooseHit = ({ accounts, total }: Rows, reply: Answered): FindResult => {
  const ids = [...new Set(accounts.map(({ id }) => id))];
  const [first] = accounts;
  if (total > accounts.length && ids.length < 2) {
    return {
      kind: 'fault',
      fault: explainUnreadable('find', reply.request, 'a search counts more hits than it shows'),
    };
  }
  if (first === undefined) {
    return { kind: 'none' };
  }
  return ids.length === 1 ? { kind: 'one', account: first } : { kind: 'several', targetIds: ids };
};

/** User names are compared without case; a row that does not show the attribute is believed. */
const holds = (account: TargetAccount, path: string, value: string): boolean => {
  const held: readonly JsonValue[] =
    path.toLowerCase() === 'username' ? [account.userName] : readScimValues(account.resource, path);
  return held.length === 0 || held.some((one) => String(one).toLowerCase() === value.toLowerCase());
};

export const readUser = async (
  exchange: Exchange,
  dialect: Dialect,
  targetId: string,
  signal: AbortSignal,
): Promise<GetResult> => {
  if (!isUsableId(targetId)) {
    return { kind: 'fault', fault: makeFault('UnusableTargetId', scimAdvice.UnusableTargetId) };
  }
  const reply = await exchange('read', () => dialect.readUser(targetId), signal);
  if (reply.kind === 'refused') {
    const isPlain = reply.meaning === 'gone' || reply.meaning === 'notBelonging';
    return isPlain ? { kind: reply.meaning } : { kind: 'fault', fault: reply.fault };
  }
  const parsed = reply.body.kind === 'json' ? parseAccount(reply.body.value, true) : null;
  if (parsed?.kind !== 'account') {
    const problem = parsed?.kind === 'unreadable' ? parsed.problem : 'a user resource with an id was expected';
    return { kind: 'fault', fault: explainUnreadable('read', reply.request, problem) };
  }
  if (parsed.account.id !== targetId) {
    return { kind: 'fault', fault: explainUnreadable('read', reply.request, 'the answer is about another account') };
  }
  return { kind: 'found', account: parsed.account };
};

/**
 * One page of accounts. `next` counts the rows received, whatever was asked for; a full page is followed by another
 * request even where the total says that it was the last, since totals have been wrong. Throws `FaultError`.
 */
export const listUsers = async (
  exchange: Exchange,
  dialect: Dialect,
  page: { readonly startIndex: number; readonly count: number },
  observer: ZoomObserver,
  signal: AbortSignal,
): Promise<TargetPage> => {
  const { startIndex, count } = page;
  const reply = await exchange('list', () => dialect.listUsers(startIndex, count), signal);
  if (reply.kind === 'refused') {
    throw new FaultError(reply.fault);
  }
  const rows = readRows(reply, 'list', startIndex);
  if (isFault(rows)) {
    throw new FaultError(rows);
  }
  for (const fault of rows.unreadable) {
    observer.unreadableRow?.(fault);
  }
  const next = startIndex + rows.received;
  const mayGoOn = rows.received > 0 && (next <= rows.total || rows.received >= count);
  return { accounts: rows.accounts, next: mayGoOn ? next : null, total: rows.total };
};
