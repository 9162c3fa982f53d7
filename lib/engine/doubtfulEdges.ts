import { isMissing } from './scope.js';
import { appParent, type ObjectRow, type Via } from './stored.js';

const isSeenOnDemand = (edge: Via): boolean => Object.values(edge).some(({ seenOnDemand }) => seenOnDemand === true);

/** An edge from a group that a call on demand saw before the group's stream did, or did not see any more. */
const isUnconfirmed = ([parent, edge]: readonly [string, Via]): boolean =>
  parent !== appParent && (isMissing(edge) || isSeenOnDemand(edge));

/** Whether a cycle still has to confirm what a call on demand noted of a user's groups. */
export const hasUnconfirmedEdge = ({ via }: ObjectRow): boolean => Object.entries(via).some(isUnconfirmed);

/**
 * The groups that the directory is asked about: those that a call on demand missed, and those that it saw, once their
 * first round has ended. No feed need tell of somebody who left before the round began.
 */
export const doubtfulParents = ({ via }: ObjectRow, isReady: (groupId: string) => boolean): readonly string[] =>
  Object.entries(via)
    .filter(isUnconfirmed)
    .flatMap(([parent, edge]) => (isMissing(edge) || isReady(parent) ? [parent] : []));
