import { checkAccount, checkToken } from './access.js';
import { createUser } from './createUser.js';
import { refuseLock, refuseStruckCall, spoilReply, spoilTokens } from './faultReplies.js';
import { createGroup, deleteGroup, filterGroups, getGroup, listGroups } from './groupOperations.js';
import { patchGroup } from './groupPatch.js';
import { authorize, grantToken, revokeToken } from './oauth.js';
import { patchUser } from './patchUser.js';
import { filterUsers, getUser, listUsers } from './readUser.js';
import { Refusal, scimError } from './refusal.js';
import type { Operation, Route, ScimOperation } from './router.js';
import type { Call, Simulation } from './simulation.js';
import { findSubjects, readUserName } from './subjects.js';
import type { Outcome, WireReply, WireRequest } from './wire.js';
import { deleteUser, putUser } from './writeUser.js';

const performers: Readonly<Record<Operation, (sim: Simulation, call: Call) => WireReply>> = {
  'users.list': listUsers,
  'users.filter': filterUsers,
  'users.create': createUser,
  'users.get': getUser,
  'users.put': putUser,
  'users.patch': patchUser,
  'users.delete': deleteUser,
  'groups.list': listGroups,
  'groups.filter': filterGroups,
  'groups.create': createGroup,
  'groups.get': getGroup,
  'groups.patch': patchGroup,
  'groups.delete': deleteGroup,
  'oauth.authorize': authorize,
  'oauth.token': grantToken,
  'oauth.revoke': revokeToken,
};

/** What a write locks: the user's id or, while there is none, the userName. Null for what locks nothing. */
const findLockKey = (call: Call, operation: ScimOperation): string | null => {
  switch (operation) {
    case 'users.put':
    case 'users.patch':
    case 'users.delete':
      return `id ${call.id}`;
    case 'users.create':
      return `name ${readUserName(call.request.body)?.toLowerCase()}`;
    default:
      return null;
  }
};

const readDelay = (sim: Simulation, call: Call): number => {
  const slow = call.strikes.find('latency.slow');
  if (slow === undefined) return sim.settings.latencyMs;
  const spread = Math.max(0, (slow.upToMs ?? slow.delayMs) - slow.delayMs);
  return sim.settings.latencyMs + slow.delayMs + Math.round(spread * sim.random());
};

/** Takes its time, holding the user's lock, and then carries the call out in one step. */
const perform = async (
  sim: Simulation,
  call: Call,
  operation: Operation,
  lockKey: string | null,
  signal: AbortSignal,
): Promise<WireReply> => {
  const release = lockKey === null || !sim.settings.userLocks ? () => undefined : sim.locks.take(lockKey);
  if (release === null) throw refuseLock(sim);
  try {
    const delayMs = readDelay(sim, call);
    if (delayMs > 0) await sim.clock.sleep(delayMs, signal);
    return performers[operation](sim, call);
  } finally {
    release();
  }
};

const checkAccept = (sim: Simulation, call: Call): void => {
  const accept = call.request.header('accept') ?? '*/*';
  if (sim.settings.accept === 'strict' && !/\*\/\*|application\/(\*|json|scim\+json)/i.test(accept)) {
    throw scimError(406, 'The Accept header takes none of the types that this service answers.');
  }
};

/** The gateway first (token, limits), then the account, then the resource itself. */
const answerScim = async (
  sim: Simulation,
  call: Call,
  operation: ScimOperation,
  signal: AbortSignal,
): Promise<WireReply> => {
  let headers = sim.limiter.describe(operation);
  try {
    spoilTokens(sim, call.strikes);
    checkToken(sim, call);
    refuseStruckCall(sim, call, operation);
    headers = sim.limiter.admit(operation);
    checkAccount(sim, call, operation);
    checkAccept(sim, call);
    const reply = await perform(sim, call, operation, findLockKey(call, operation), signal);
    return { ...reply, headers: { ...headers, ...reply.headers } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (call.strikes.has('rate.noHeaders') || call.strikes.has('status')) return error.reply;
    return { ...error.reply, headers: { ...headers, ...error.reply.headers } };
  }
};

const answerOAuth = async (
  sim: Simulation,
  call: Call,
  operation: Exclude<Operation, ScimOperation>,
  signal: AbortSignal,
): Promise<WireReply> => {
  try {
    spoilTokens(sim, call.strikes);
    refuseStruckCall(sim, call, null);
    return await perform(sim, call, operation, null, signal);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
};

/** Answers one request to an operation and writes it down; `signal` ends a reply that takes its time. */
export const exchange = async (
  sim: Simulation,
  request: WireRequest,
  route: Extract<Route, { kind: 'scim' | 'oauth' }>,
  signal: AbortSignal,
): Promise<Outcome> => {
  const { operation } = route;
  const entry = sim.journal.open(request, operation, sim.clock.nowMs());
  const id = route.kind === 'scim' ? route.id : '';
  const strikes = sim.faults.strike(operation, () => findSubjects(sim, request, operation, id));
  const call: Call = { request, id, strikes };
  const outcome = strikes.has('net.reset')
    ? ({ kind: 'dropped' } as const)
    : spoilReply(
        strikes,
        route.kind === 'scim'
          ? await answerScim(sim, call, route.operation, signal)
          : await answerOAuth(sim, call, route.operation, signal),
      );
  entry.close(outcome.kind === 'dropped' ? 'dropped' : outcome.reply.status, strikes.names());
  return outcome;
};
