import type { WriteResult } from '../engine/ports.js';
import type { Dialect, MemberChange, MemberRemoval } from './dialects/dialect.js';
import type { Exchange } from './exchange.js';
import type { MemberSight } from './memberSight.js';
import { parseGroup } from './parseGroup.js';
import { findGroup } from './readGroups.js';

interface ScratchParts {
  readonly exchange: Exchange;
  readonly dialect: Dialect;
  readonly sight: MemberSight;
  send(groupId: string, change: Partial<MemberChange>, form: MemberRemoval, signal: AbortSignal): Promise<WriteResult>;
}

const scratchName = 'entra-zoom-sync trial of removals';

/**
 * Tries on a group made for it, and deleted afterwards, whether a removal by a list of values takes out one member and
 * leaves the other. False as well where nobody could see it.
 */
export const tryOnScratchGroup = async (
  parts: ScratchParts,
  leaver: string,
  witness: string,
  signal: AbortSignal,
): Promise<boolean> => {
  const groupId = await makeScratchGroup(parts, signal);
  if (groupId === null) return false;
  const { sight, send, exchange, dialect } = parts;
  try {
    const added = await send(groupId, { add: [leaver, witness] }, 'value', signal);
    const removed = added.kind === 'stored' ? await send(groupId, { remove: [leaver] }, 'value', signal) : added;
    if (removed.kind !== 'stored') return false;
    const hasLeft = (await sight.isMember(groupId, leaver, signal)) === false;
    return hasLeft && (await sight.isMember(groupId, witness, signal)) === true;
  } finally {
    await exchange('delete', () => dialect.deleteGroup(groupId), signal);
  }
};

/** A trial that was cut short left its group behind. */
const makeScratchGroup = async ({ exchange, dialect }: ScratchParts, signal: AbortSignal): Promise<string | null> => {
  const reply = await exchange('create', () => dialect.createGroup({ displayName: scratchName }), signal);
  if (reply.kind === 'answered' && reply.body.kind === 'json') {
    const parsed = parseGroup(reply.body.value, true);
    return parsed.kind === 'group' ? parsed.group.id : parsed.id;
  }
  const found = await findGroup(exchange, dialect, scratchName, signal);
  return found.kind === 'one' ? found.account.id : null;
};
