import type { Values } from '../engine/model.js';
import type { WriteResult } from '../engine/ports.js';
import type { Dialect } from './dialects/dialect.js';
import type { Exchange, Reply } from './exchange.js';
import { readUser } from './readUsers.js';
import { readStored, toFailure } from './writeAnswer.js';

/** Sends an update as the dialect expresses it, after a look at the account where one is needed for that. */
export const updateUser = async (
  exchange: Exchange,
  dialect: Dialect,
  targetId: string,
  values: Values,
  signal: AbortSignal,
): Promise<WriteResult> => {
  const mustRead = dialect.readsBeforeUpdate?.(values) === true;
  const before = mustRead ? await readUser(exchange, dialect, targetId, signal) : null;
  if (before?.kind === 'fault') return before;
  const resource = before?.kind === 'found' ? before.account.resource : undefined;
  const reply = await exchange('update', () => dialect.updateUser(targetId, values, resource), signal);
  return reply.kind === 'refused'
    ? amendUpdate(exchange, dialect, targetId, values, reply, signal)
    : readStored(reply, 'update', targetId);
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
  refused: Extract<Reply, { kind: 'refused' }>,
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
