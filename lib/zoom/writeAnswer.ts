import type { WriteResult } from '../engine/ports.js';
import { scimAdvice } from './advice.js';
import type { Operation } from './answer.js';
import { explainUnreadable, type Reply } from './exchange.js';
import { makeFault } from './fault.js';
import { parseAccount } from './parseAccount.js';

type Refused = Extract<Reply, { kind: 'refused' }>;
type Answered = Extract<Reply, { kind: 'answered' }>;

export const toFailure = ({ meaning, fault }: Refused): WriteResult => ({ kind: meaning, fault });

/** Without an id nothing can be linked: the account may be there and must be looked up. */
export const readCreated = (reply: Answered): WriteResult => {
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
export const readStored = (reply: Answered, operation: Operation, targetId: string): WriteResult => {
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
