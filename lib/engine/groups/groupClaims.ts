import type { ClaimResult, State, TargetStore } from '../state.js';
import type { MemberStore } from './memberStore.js';

/** Before the id of a group: other services than Zoom number users and groups alike. */
const prefix = 'group:';

/**
 * Claims of groups, beside those of accounts in the same table. With a group its members pass over: what the former
 * source group had put into it is compared with what the new one wants.
 */
export const claimsOfGroups = ({ targets, members }: Pick<State, 'targets' | 'members'>): TargetStore => {
  const holders = new Map<string, string>();
  const claim = async (targetId: string, sourceId: string): Promise<ClaimResult> => {
    const result = await targets.claim(prefix + targetId, sourceId);
    if (result.kind === 'held') holders.set(targetId, result.bySourceId);
    return result;
  };
  return {
    ...targets,
    claim,
    claimAll: (claims) =>
      targets.claimAll(claims.map(({ targetId, sourceId }) => ({ targetId: prefix + targetId, sourceId }))),
    readOwner: (targetId) => targets.readOwner(prefix + targetId),
    readOwners: async (targetIds) => {
      const owners = await targets.readOwners(targetIds.map((targetId) => prefix + targetId));
      return new Map([...owners].map(([targetId, owner]) => [targetId.slice(prefix.length), owner]));
    },
    transfer: async (targetId, toSourceId, etag) => {
      const from = holders.get(targetId);
      // Before, since nobody would know of it after a crash; of no account unless the group becomes its own.
      if (from !== undefined) await passMembers(from, toSourceId, targetId, members);
      return targets.transfer(prefix + targetId, toSourceId, etag);
    },
    release: (targetId, sourceId) => targets.release(prefix + targetId, sourceId),
  };
};

const passMembers = async (from: string, to: string, targetId: string, members: MemberStore): Promise<void> => {
  let cursor: string | null = null;
  do {
    const page = await members.list(from, cursor);
    const inside = page.rows.filter(({ exported }) => exported?.group === targetId);
    const known = await members.read(
      to,
      inside.map(({ user }) => user),
    );
    await members.put(
      inside.map(({ user, exported }) => ({
        group: to,
        user,
        wanted: known.get(user)?.wanted ?? false,
        exported,
        escrow: null,
      })),
    );
    if (inside.length > 0) await members.mark(inside.map(({ user }) => ({ group: to, user })));
    cursor = page.cursor;
  } while (cursor !== null);
};
