import type { Values } from '../engine/model.js';
import type { WriteResult } from '../engine/ports.js';
import { scimAdvice } from './advice.js';
import type { Operation } from './answer.js';
import type { Dialect, ScimRequest } from './dialects/dialect.js';
import { type Exchange, explainUnreadable, type Reply } from './exchange.js';
import { makeFault } from './fault.js';
import { isUsableId, parseAccount } from './parseAccount.js';
import { readUser } from './readUsers.js';
import type { Serialize } from './serialize.js';

type Refused = Extract<Reply, { kind: 'refused' }>;
type Answered = Extract<Reply, { kind: 'answered' }>;

export interface UserWriter {
  create(values: Values, active: boolean, signal: AbortSignal): Promise<WriteResult>;
  update(targetId: string, values: Values, signal: AbortSignal): Promise<WriteResult>;
  setActive(targetId: string, active: boolean, signal: AbortSignal): Promise<WriteResult>;
  delete(targetId: string, signal: AbortSignal): Promise<WriteResult>;
}

/** Writes to accounts, one at a time for each account, and for each user name where there is no account yet. */
export const createUserWriter = (exchange: Exchange, dialect: Dialect, serialize: Serialize): UserWriter => {
  const write = (
    operation: Operation,
    targetId: string,
    express: () => ScimRequest,
    signal: AbortSignal,
    onRefusal: (refused: Refused) => Promise<WriteResult> = async (refused) => toFailure(refused),
  ): Promise<WriteResult> =>
    serialize(`id ${targetId}`, signal, async () => {
      if (!isUsableId(targetId)) {
        return { kind: 'fault', fault: makeFault('UnusableTargetId', scimAdvice.UnusableTargetId) };
      }
      const reply = await exchange(operation, express, signal);
      return reply.kind === 'refused' ? onRefusal(reply) : readStored(reply, operation, targetId);
    });
  return {
    create: (values, active, signal) =>
      serialize(`name ${String(values.userName ?? '').toLowerCase()}`, signal, async () => {
        const reply = await exchange('create', () => dialect.createUser(values, active), signal);
        return reply.kind === 'refused' ? toFailure(reply) : readCreated(reply);
      }),
    update: (targetId, values, signal) =>
      write(
        'update',
        targetId,
        () => dialect.updateUser(targetId, values),
        signal,
        (refused) => amendUpdate(exchange, dialect, targetId, values, refused, signal),
      ),
    setActive: (targetId, active, signal) =>
      write('setActive', targetId, () => dialect.setUserActive(targetId, active), signal),
    delete: (targetId, signal) => write('delete', targetId, () => dialect.deleteUser(targetId), signal),
  };
};

/**
 * An update that names values which are not there is refused as a whole (RFC 7644 3.5.2): it is made again from what
 * the account holds.
 */
const amendUpdate = async (
  exchange: Exchange,
  dialect: Dialect,
  targetId: string,
  values: Values,
  refused: Refused,
  signal: AbortSignal,
): Promise<WriteResult> => {
  if (refused.fault.code !== 'NoTarget' || dialect.amendUser === undefined) return toFailure(refused);
  const read = await readUser(exchange, dialect, targetId, signal);
  if (read.kind !== 'found') return toFailure(refused);
  const { account } = read;
  const request = dialect.amendUser(targetId, values, account.resource);
  if (request === null) return { kind: 'stored', account, targetId };
  const reply = await exchange('update', () => request, signal);
  return reply.kind === 'refused' ? toFailure(reply) : readStored(reply, 'update', targetId);
};

const toFailure = ({ meaning, fault }: Refused): WriteResult => ({ kind: meaning, fault });

/** Without an id nothing can be linked: the account may be there and must be looked up. */
const readCreated = (reply: Answered): WriteResult => {
  const parsed = reply.body.kind === 'json' ? parseAccount(reply.body.value, true) : null;
  if (parsed?.kind === 'account') {
    const { account, showsActive } = parsed;
    return { kind: 'stored', account: showsActive ? account : null, targetId: account.id };
  }
  if (parsed?.kind === 'unreadable' && parsed.id !== null) {
    return { kind: 'stored', account: null, targetId: parsed.id };
  }
  if (reply.body.kind === 'text' || parsed?.kind === 'unreadable') {
    const problem = parsed?.kind === 'unreadable' ? parsed.problem : 'the answer to a creation must be JSON';
    return { kind: 'fault', fault: explainUnreadable('create', reply.request, problem) };
  }
  const facts = { request: reply.request, outcomeUnknown: true };
  return { kind: 'fault', fault: makeFault('TargetAnswerWithoutId', scimAdvice.TargetAnswerWithoutId, facts) };
};

/** A write may answer the account, or nothing; anything else was not said by SCIM. */
const readStored = (reply: Answered, operation: Operation, targetId: string): WriteResult => {
  if (reply.body.kind === 'empty' || operation === 'delete') {
    return { kind: 'stored', account: null, targetId };
  }
  if (reply.body.kind === 'text') {
    const problem = 'the answer to a write must be JSON';
    return { kind: 'fault', fault: explainUnreadable(operation, reply.request, problem) };
  }
  const parsed = parseAccount(reply.body.value, true);
  if (parsed.kind !== 'account') {
    const problem = parsed.kind === 'unreadable' ? parsed.problem : 'a user resource with an id was expected';
    return { kind: 'fault', fault: explainUnreadable(operation, reply.request, problem) };
  }
  if (parsed.account.id !== targetId) {
    const problem = 'the answer is about another account';
    return { kind: 'fault', fault: explainUnreadable(operation, reply.request, problem) };
  }
  return { kind: 'stored', account: parsed.showsActive ? parsed.account : null, targetId };
};
