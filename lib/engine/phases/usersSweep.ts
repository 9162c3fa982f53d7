import type { Mark } from '../control.js';
import { watchLinks } from '../linkWalk.js';
import { closeSweep } from '../rounds.js';
import type { PhaseStep, Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import type { ObjectRow } from '../stored.js';
import { readSubjects } from './pointReads.js';

const confirmedAtOnce = 200;

/**
 * After a full enumeration: who was linked or had an edge and was not seen may be gone. Each is confirmed by a point
 * read and the recycle bin, which also give the reason. Whoever was evaluated since the round began, or has no account
 * that is active and is in the recycle bin on record, is left alone.
 */
export const sweepUsers = async (slice: Slice, mark: Mark, cursor: string | null): Promise<PhaseStep> => {
  const page = await slice.world.state.objects.list(cursor);
  const unseen = page.rows.filter(({ row }) => row.type === 'user' && isUnseen(row, mark));
  for (let from = 0; from < unseen.length; from += confirmedAtOnce) {
    await confirm(unseen.slice(from, from + confirmedAtOnce), slice);
  }
  return page.cursor === null
    ? { next: null, checkpoint: { marks: [closeSweep(mark)] } }
    : { next: `sweep|${page.cursor}` };
};

const isUnseen = (row: ObjectRow, mark: Mark): boolean => {
  const isOurs = row.link !== null || Object.keys(row.via).length > 0;
  if (!isOurs || (row.link?.state !== 'active' && isSettled(row))) return false;
  return row.eval === null || (row.eval.round !== mark.round && row.eval.readAt < mark.roundStartedAt);
};

/** Nothing that the sweep could find would ask for more than what is done already. */
const isSettled = (row: ObjectRow): boolean =>
  row.gone !== null || (row.link !== null && Object.keys(row.via).length === 0);

const confirm = async (rows: readonly StoredObject[], slice: Slice): Promise<void> => {
  const deleted = await findDeleted(new Set(rows.map(({ row }) => row.id)), slice);
  const subjects = await readSubjects(rows, slice, ({ row }) => {
    if (deleted.has(row.id)) return 'softDeleted';
    return mayBeNew(row) ? 'live' : 'hardDeleted';
  });
  await slice.provision(subjects);
};

/** So often somebody without an account may be looked for in vain before there is nobody. */
const looksBeforeGone = 3;

/**
 * Without an account: perhaps somebody who was made and assigned just now, and whom this replica does not show yet. No
 * harm comes of waiting, while an edge that is dropped wrongly comes back only when the list changes.
 */
const mayBeNew = ({ link, pending }: ObjectRow): boolean => link === null && (pending?.attempts ?? 0) < looksBeforeGone;

/** Which of these ids are in the recycle bin; the list streams through. */
const findDeleted = async (ids: ReadonlySet<string>, slice: Slice): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  const watch = watchLinks();
  let link: string | null = null;
  do {
    const page = await slice.world.directory.listDeletedUsers(link, slice.signal);
    for (const id of page.rows) if (ids.has(id)) found.add(id);
    link = watch(page.next);
  } while (link !== null);
  return found;
};
