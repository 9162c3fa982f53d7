import type { PhaseStep, Slice } from '../slice.js';
import type { ObjectRow } from '../stored.js';

/**
 * How many users an initial cycle will look at: everybody who is known by now. Counted page by page as long as the slice
 * lasts; `next` is where it goes on, or `then`.
 */
export const countUsers = async (slice: Slice, rest: string | null, then: string): Promise<PhaseStep> => {
  const [counted = '0', ...page] = (rest ?? '0|').split('|');
  let users = Number(counted);
  let cursor: string | null = page.join('|') || null;
  do {
    const found = await slice.world.state.objects.list(cursor);
    users += found.rows.filter(({ row }) => isLookedAt(row)).length;
    cursor = found.cursor;
  } while (cursor !== null && !slice.mustStop());
  return cursor === null ? { next: then, units: { done: 0, left: users } } : { next: `count|${users}|${cursor}` };
};

const isLookedAt = ({ type, link, pending, via }: ObjectRow): boolean =>
  type === 'user' && (link !== null || pending !== null || Object.keys(via).length > 0);

const listedAtOnce = 1_000;

/** How many entries are due after a first page. */
export const countDueAfter = async (slice: Slice, before: string, from: string | null): Promise<number> => {
  let due = 0;
  let cursor = from;
  while (cursor !== null) {
    const page = await slice.world.state.objects.listDue('user', before, cursor, listedAtOnce);
    due += page.rows.length;
    cursor = page.cursor;
  }
  return due;
};
