import { FaultError } from '../engine/model.js';
import { readOutgoing } from '../http/outgoing.js';
import type { Layer } from '../http/send.js';
import type { FaultDetail } from './faults.js';
import { sourceFailure } from './sourceFailure.js';

/** Gives an access token. `rejected` is one that Graph has just refused: it must not come from a cache again. */
export type GetToken = (signal: AbortSignal, rejected?: string) => Promise<string>;

/** Sends the token; after a 401 drops it and tries once with another. Stands outside the origin check. */
export const bearerLayer =
  (getToken: GetToken): Layer =>
  (next) =>
  async (input, init) => {
    const { headers, signal } = readOutgoing(input, init);
    const waiting = signal ?? new AbortController().signal;
    const sendWith = (token: string) => {
      headers.set('authorization', `Bearer ${token}`);
      return next(input, { ...init, headers });
    };
    const token = await obtain(getToken, waiting);
    const response = await sendWith(token);
    return response.status === 401 ? sendWith(await obtain(getToken, waiting, token)) : response;
  };

const obtain = async (getToken: GetToken, signal: AbortSignal, rejected?: string): Promise<string> => {
  try {
    return await (rejected === undefined ? getToken(signal) : getToken(signal, rejected));
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof FaultError ? error : sourceFailure('GraphTokenUnavailable', describeCause(error), error);
  }
};

/** The kind of error alone: what a credential says in words may name accounts. */
const describeCause = (error: unknown): FaultDetail =>
  error instanceof Error ? { detail: `The credential failed with ${error.name}.` } : {};
