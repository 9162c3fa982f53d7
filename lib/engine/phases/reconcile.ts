import { countDrift } from '../reconcile/countDrift.js';
import { letGoOfMissing } from '../reconcile/letGoOfMissing.js';
import { listAccounts } from '../reconcile/listAccounts.js';
import { lookAtAccounts } from '../reconcile/lookAtAccounts.js';
import { publishDrift, tidyDrift } from '../reconcile/publishDrift.js';
import { groupsSide, usersSide } from '../reconcile/side.js';
import { abandon } from '../reconcile/unreadTarget.js';
import type { Phase } from '../slice.js';

/**
 * Compares the target with what is known of it: lists its accounts once into a table, looks at those that are not as they
 * were left, and publishes what it found in place of the report before. Where that is the policy, links are put as found,
 * and the next phases put the accounts right.
 */
export const reconcilePhase: Phase = async (slice, cursor) => {
  const [step, rest] = splitCursor(cursor ?? 'list');
  if (step !== 'tidy' && slice.isTargetDown()) return abandon(null, slice);
  const groups = groupsSide(slice);
  switch (step) {
    case 'list':
      return listAccounts(usersSide(slice), slice, rest, { here: 'list', next: 'look' });
    case 'look':
      return lookAtAccounts(usersSide(slice), slice, rest, { here: 'look', next: groups ? 'listGroups' : 'count' });
    case 'listGroups':
      if (groups) return listAccounts(groups, slice, rest, { here: 'listGroups', next: 'lookGroups' });
      return { next: 'count' };
    case 'lookGroups':
      if (groups) return lookAtAccounts(groups, slice, rest, { here: 'lookGroups', next: 'count' });
      return { next: 'count' };
    case 'count':
      return countDrift(slice, rest, 'missing');
    case 'missing':
      return letGoOfMissing(slice, rest, 'publish');
    case 'publish':
      return publishDrift(slice, 'tidy');
    default:
      return tidyDrift(slice);
  }
};

/** `step` or `step|rest`. */
const splitCursor = (cursor: string): readonly [string, string | null] => {
  const bar = cursor.indexOf('|');
  return bar < 0 ? [cursor, null] : [cursor.slice(0, bar), cursor.slice(bar + 1)];
};
