import type { Counters } from '../control.js';
import { reportDetached } from '../reconcile/reportDetached.js';
import type { Phase, PhaseStep, Slice } from '../slice.js';
import type { StoredObject } from '../state.js';

/** Users can be restored for 30 days (Graph, deleted items); a note of the recycle bin is kept one day longer. */
const notesLastMs = 31 * 24 * 60 * 60 * 1000;

/**
 * Tidies up. The user names of an initial listing go, page by page; cycles that go
 * through everybody then count the links anew, and let go of people who left the recycle bin long ago; an initial one puts
 * the accounts that a restart let go and nobody was matched with on the report of drift.
 */
export const finishPhase: Phase = async (slice, cursor) => {
  if (cursor === null || cursor === 'names') {
    const hasMore = (slice.cycle.counts['namesListed'] ?? 0) > 0 && (await slice.world.state.targets.dropNames());
    if (hasMore) return { next: 'names' };
    return {
      next: slice.cycle.kind === 'incremental' ? null : recountCursor({ linkedActive: 0, linkedDisabled: 0 }, ''),
    };
  }
  return recount(slice, cursor);
};

const recountCursor = (counters: Counters, page: string): string =>
  `recount|${counters.linkedActive}|${counters.linkedDisabled}|${page}`;

const recount = async (slice: Slice, cursor: string): Promise<PhaseStep> => {
  const [, active = '0', disabled = '0', ...rest] = cursor.split('|');
  const from = rest.join('|');
  const page = await slice.world.state.objects.list(from === '' ? null : from);
  const linked = (state: string) =>
    page.rows.filter(({ row }) => row.type === 'user' && row.link?.state === state).length;
  const counters = {
    linkedActive: Number(active) + linked('active'),
    linkedDisabled: Number(disabled) + linked('disabled'),
  };
  if (slice.cycle.kind === 'initial') await reportDetached(slice, page.rows, from === '');
  await forgetOldNotes(page.rows, slice);
  return page.cursor === null ? { next: null, counters } : { next: recountCursor(counters, page.cursor) };
};

const forgetOldNotes = async (rows: readonly StoredObject[], slice: Slice): Promise<void> => {
  const oldest = new Date(slice.world.clock.nowMs() - notesLastMs).toISOString();
  const old = rows.filter(
    ({ row }) => row.type === 'user' && row.gone !== null && row.gone.since < oldest && !row.link,
  );
  await slice.world.state.objects.update(
    old.map((known) => ({
      id: known.row.id,
      type: 'user',
      known,
      change: (row) => (row.link ? null : { ...row, gone: null, eval: null }),
    })),
  );
};
