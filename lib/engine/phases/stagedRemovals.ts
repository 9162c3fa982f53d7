import type { Slice } from '../slice.js';
import type { StagedEntry } from '../state.js';
import type { ObjectRow } from '../stored.js';

/** What is staged, as the guard counts it, and the first entries to carry out. */
export interface StagedSurvey {
  /** Staged in this cycle, or in one that ended before the guard saw them. */
  readonly newlyStaged: number;
  readonly held: number;
  /** How many the pass concerns. */
  readonly concerned: number;
  /** The first entries that the pass concerns, by id. */
  readonly first: readonly StagedEntry[];
}

/** Goes through all that is staged, page by page; keeps `most` entries. */
export const surveyStaged = async (
  slice: Slice,
  concerns: (entry: StagedEntry) => boolean,
  most: number,
): Promise<StagedSurvey> => {
  let first: StagedEntry[] = [];
  let newlyStaged = 0;
  let held = 0;
  let concerned = 0;
  let cursor: string | null = null;
  do {
    const page = await slice.world.state.objects.listStaged(cursor);
    newlyStaged += (await newAmong(page.rows, slice)).length;
    held += page.rows.filter(({ state }) => state === 'held').length;
    const found = page.rows.filter((entry) => mayGo(entry) && concerns(entry));
    concerned += found.length;
    first.push(...found);
    if (first.length > most) first = first.sort(byId).slice(0, most);
    cursor = page.cursor;
  } while (cursor !== null);
  return { newlyStaged, held, concerned, first: first.sort(byId) };
};

/** Neither held nor rejected. */
const mayGo = ({ state }: StagedEntry): boolean => state === 'staged' || state === 'released';

const byId = (a: StagedEntry, b: StagedEntry): number => (a.id < b.id ? -1 : 1);

/** Entries that the guard has not let through yet. One of an earlier cycle failed since, or a fresh read disagreed. */
const newAmong = async (entries: readonly StagedEntry[], slice: Slice): Promise<readonly StagedEntry[]> => {
  const { cycleId } = slice.cycle;
  const staged = entries.filter(({ state }) => state === 'staged');
  const older = staged.filter((entry) => entry.cycleId !== cycleId).map(({ id }) => id);
  if (older.length === 0) return staged;
  const rows = await slice.world.state.objects.read(older);
  return staged.filter((entry) => entry.cycleId === cycleId || !wasLetThrough(rows.get(entry.id)?.row));
};

const wasLetThrough = (row: ObjectRow | undefined): boolean =>
  !row?.staged || row.pending?.fault != null || row.staged.contradictedIn !== null;

/** The newly staged entries of the first page that has any. */
export const listNewlyStaged = async (slice: Slice): Promise<readonly StagedEntry[]> => {
  let cursor: string | null = null;
  do {
    const page = await slice.world.state.objects.listStaged(cursor);
    const found = await newAmong(page.rows, slice);
    if (found.length > 0) return found;
    cursor = page.cursor;
  } while (cursor !== null);
  return [];
};
