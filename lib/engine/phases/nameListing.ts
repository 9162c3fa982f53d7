import { FaultError } from '../model.js';
import type { PhaseStep, Slice } from '../slice.js';
import type { TargetStore } from '../state.js';

/** Zoom lists at most so many accounts a page (zoom-scim, list). */
const accountsPerPage = 100;

/**
 * Writes down userName → id of Zoom's accounts, one page a step, so that an initial cycle asks once a hundred accounts
 * instead of once a user. Given up, without harm, where it would cost more than it saves or cannot be read: then each
 * user is asked for.
 */
export const listNames = async (slice: Slice, cursor: string | null, next: string): Promise<PhaseStep> => {
  const { target, state } = slice.world;
  const [startIndex = '1', firstBefore = null] = cursor?.split('|') ?? [];
  const start = Number(startIndex);
  try {
    const page = await target.listUsers(start, slice.signal);
    if (start === 1 && !isCheaper(page.total, slice)) return { next };
    const first = page.accounts[0] ? encodeURIComponent(page.accounts[0].id) : null;
    // The same page whatever was asked for: such a list has no end.
    if (first !== null && first === firstBefore) return { next };
    await state.targets.putNames(page.accounts.map(({ userName, id }) => ({ userName, targetId: id })));
    slice.count('namesListed', page.accounts.length);
    if (page.next === null || page.next <= start) {
      slice.count('listingsEnded', 1);
      return { next };
    }
    return { next: `names|${page.next}${first === null ? '' : `|${first}`}` };
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.whose === 'job') throw error;
    return { next };
  }
};

const isCheaper = (accounts: number, slice: Slice): boolean => {
  const expectedAsks =
    slice.settings.scopeMode === 'all' ? Number.POSITIVE_INFINITY : (slice.cycle.counts['entered'] ?? 0);
  return Math.ceil(accounts / accountsPerPage) <= expectedAsks;
};

/** Where names are looked up while a listing lasts: nowhere if it found none; null: ask the target. */
export const namesOf = (
  counts: Readonly<Record<string, number>>,
  targets: Pick<TargetStore, 'findNames'>,
): Pick<TargetStore, 'findNames'> | null => {
  if (!counts['listingsEnded']) return null;
  return counts['namesListed'] ? targets : { findNames: async () => new Map() };
};
