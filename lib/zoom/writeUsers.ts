import type { Values } from '../engine/model.js';
import type { WriteResult } from '../engine/ports.js';
import { scimAdvice } from './advice.js';
import type { Operation } from './answer.js';
import type { Dialect, ScimRequest } from './dialects/dialect.js';
import type { Exchange } from './exchange.js';
import { makeFault } from './fault.js';
import { isUsableId } from './parseAccount.js';
import type { Serialize } from './serialize.js';
import { updateUser } from './updateUser.js';
import { readCreated, readStored, toFailure } from './writeAnswer.js';

export interface UserWriter {
  create(values: Values, active: boolean, signal: AbortSignal): Promise<WriteResult>;
  update(targetId: string, values: Values, signal: AbortSignal): Promise<WriteResult>;
  setActive(targetId: string, active: boolean, signal: AbortSignal): Promise<WriteResult>;
  delete(targetId: string, signal: AbortSignal): Promise<WriteResult>;
}

/** Writes to accounts, one at a time for each account, and for each user name where there is no account yet. */
export const createUserWriter = (exchange: Exchange, dialect: Dialect, serialize: Serialize): UserWriter => {
  const write = (targetId: string, send: () => Promise<WriteResult>, signal: AbortSignal): Promise<WriteResult> =>
    serialize(`id ${targetId}`, signal, async () =>
      isUsableId(targetId)
        ? send()
        : { kind: 'fault', fault: makeFault('UnusableTargetId', scimAdvice.UnusableTargetId) },
    );
  const sendOne = async (
    operation: Operation,
    targetId: string,
    express: () => ScimRequest,
    signal: AbortSignal,
  ): Promise<WriteResult> => {
    const reply = await exchange(operation, express, signal);
    return reply.kind === 'refused' ? toFailure(reply) : readStored(reply, operation, targetId);
  };
  return {
    create: (values, active, signal) =>
      serialize(`name ${String(values.userName ?? '').toLowerCase()}`, signal, async () => {
        const reply = await exchange('create', () => dialect.createUser(values, active), signal);
        return reply.kind === 'refused' ? toFailure(reply) : readCreated(reply);
      }),
    update: (targetId, values, signal) =>
      write(targetId, () => updateUser(exchange, dialect, targetId, values, signal), signal),
    setActive: (targetId, active, signal) =>
      write(
        targetId,
        () => sendOne('setActive', targetId, () => dialect.setUserActive(targetId, active), signal),
        signal,
      ),
    delete: (targetId, signal) =>
      write(targetId, () => sendOne('delete', targetId, () => dialect.deleteUser(targetId), signal), signal),
  };
};
