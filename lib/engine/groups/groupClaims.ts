import type { TargetStore } from '../state.js';

/** Before the id of a group: other services than Zoom number users and groups alike. */
const prefix = 'group:';

/** Claims of groups, beside those of accounts in the same table. */
export const claimsOfGroups = (targets: TargetStore): TargetStore => ({
  ...targets,
  claim: (targetId, sourceId) => targets.claim(prefix + targetId, sourceId),
  claimAll: (claims) =>
    targets.claimAll(claims.map(({ targetId, sourceId }) => ({ targetId: prefix + targetId, sourceId }))),
  readOwner: (targetId) => targets.readOwner(prefix + targetId),
  readOwners: async (targetIds) => {
    const owners = await targets.readOwners(targetIds.map((targetId) => prefix + targetId));
    return new Map([...owners].map(([targetId, owner]) => [targetId.slice(prefix.length), owner]));
  },
  transfer: (targetId, toSourceId, etag) => targets.transfer(prefix + targetId, toSourceId, etag),
  release: (targetId, sourceId) => targets.release(prefix + targetId, sourceId),
});
