import { isMissing } from './scope.js';
import { appParent, type ObjectRow, type Via } from './stored.js';

const isSeenOnDemand = (edge: Via): boolean => Object.values(edge).some(({ seenOnDemand }) => seenOnDemand === true);

const isDoubted = (edge: Via): boolean => Object.values(edge).some(({ doubtedIn }) => doubtedIn !== undefined);

/**
 * An edge from a group that a call on demand saw before the group's stream did, or did not see any more; or of which a
 * stream left open whether it is there.
 */
const isUnconfirmed = ([parent, edge]: readonly [string, Via]): boolean =>
  parent !== appParent && (isMissing(edge) || isSeenOnDemand(edge) || isDoubted(edge));

/** Whether a cycle still has to confirm what is noted of a user's groups. */
export const hasUnconfirmedEdge = ({ via }: ObjectRow): boolean => Object.entries(via).some(isUnconfirmed);

/**
 * The groups that the directory is asked about in this cycle: those that a call on demand missed, those that it saw,
 * once their first round has ended, since no feed need tell of somebody who left before the round began; and those that
 * an earlier cycle doubted.
 */
export const doubtfulParents = (
  { via }: ObjectRow,
  isReady: (groupId: string) => boolean,
  cycleId: string,
): readonly string[] =>
  Object.entries(via)
    .filter(isUnconfirmed)
    .flatMap(([parent, edge]) => (isAskedFor(edge, isReady(parent), cycleId) ? [parent] : []));

const isAskedFor = (edge: Via, isReady: boolean, cycleId: string): boolean =>
  isDoubted(edge) ? Object.values(edge).every(({ doubtedIn }) => doubtedIn !== cycleId) : isMissing(edge) || isReady;
