import type { LogPage, LogPosition } from '../../engine/logReading.js';
import { ApiError } from '../apiError.js';

/** One reading of the log behind a position, in the order asked for; at most `limit` entries. */
export type ReadLog<Entry> = (after: LogPosition | null, limit: number) => Promise<LogPage<Entry>>;

/** Entries and readings that one answer may cost; what is not found within them is found behind the next link. */
const mostRead = 5_000;
const mostReadings = 30;
const mostCounted = 50_000;
/** Where most entries are expected to be asked for, and where few are. */
const leastRead = 20;
const entriesPerReading = 500;

export interface Matches<Entry> {
  readonly entries: readonly Entry[];
  /** Where the next page begins; null: there is none. */
  readonly next: LogPosition | null;
}

/**
 * The first `top` entries that match. Ends after a bounded number of readings with what was found until then, which may
 * be nothing, and the position reached: a question that fits little never hangs.
 */
export const readMatches = async <Entry>(
  read: ReadLog<Entry>,
  matches: (entry: Entry) => boolean,
  start: LogPosition | null,
  top: number,
): Promise<Matches<Entry>> => {
  const entries: Entry[] = [];
  let after = start;
  let examined = 0;
  for (let readings = 0; readings < mostReadings && examined < mostRead; readings += 1) {
    // The first reading shows how much of what is read matches.
    const limit = examined > entries.length ? entriesPerReading : Math.max(leastRead, top - entries.length);
    const page = await read(after, limit);
    for (const [index, { entry, position }] of page.entries.entries()) {
      if (!matches(entry)) continue;
      entries.push(entry);
      if (entries.length < top) continue;
      const isLast = index === page.entries.length - 1;
      return { entries, next: isLast ? page.next : position };
    }
    examined += page.entries.length;
    after = page.next;
    if (after === null) return { entries, next: null };
  }
  return { entries, next: after };
};

/** How many entries match in all. Throws `ApiError` 400 where the log would have to be read for too long. */
export const countMatches = async <Entry>(
  read: ReadLog<Entry>,
  matches: (entry: Entry) => boolean,
): Promise<number> => {
  let count = 0;
  let examined = 0;
  let after: LogPosition | null = null;
  do {
    const page: LogPage<Entry> = await read(after, entriesPerReading);
    count += page.entries.filter(({ entry }) => matches(entry)).length;
    examined += page.entries.length;
    after = page.next;
    if (examined > mostCounted) {
      throw new ApiError(
        400,
        'BadRequest',
        `$count: more than ${mostCounted} records would have to be read. Narrow the $filter by activityDateTime, cycleId or sourceIdentity/id, or leave $count out.`,
        '$count',
      );
    }
  } while (after !== null);
  return count;
};
