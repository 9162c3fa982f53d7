import type { Phase, PhaseStep, Slice } from '../slice.js';

const recounting = 'recount';

/**
 * Tidies up: the user names that an initial listing wrote down go, page by page. Where everything was gone through
 * anyway, the linked users are counted anew, since a worker that died may have linked some and counted none.
 */
export const finishPhase: Phase = async (slice, cursor) => {
  if (cursor?.startsWith(recounting)) return recount(slice, cursor.slice(recounting.length + 1) || null);
  if (slice.cycle.counts.namesListed && (await slice.world.state.targets.dropNames())) return { next: 'names' };
  return slice.cycle.kind === 'incremental' ? { next: null } : recount(slice, null);
};

/** The first page takes back what was counted, so that the pages' counts move with their checkpoints. */
const recount = async (slice: Slice, cursor: string | null): Promise<PhaseStep> => {
  const page = await slice.world.state.objects.list(cursor);
  const states = page.rows.map(({ row }) => row.link?.state);
  const before = cursor === null ? slice.counters : { linkedActive: 0, linkedDisabled: 0 };
  slice.count('linkedActive', states.filter((state) => state === 'active').length - before.linkedActive);
  slice.count('linkedDisabled', states.filter((state) => state === 'disabled').length - before.linkedDisabled);
  return { next: page.cursor === null ? null : `${recounting}|${page.cursor}` };
};
