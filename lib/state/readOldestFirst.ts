import type { LogPosition, LogRange } from '../engine/logReading.js';
import { newestFirst } from './keys.js';
import {
  logKey,
  narrowSlots,
  positionOfKey,
  queryWindow,
  roundsPerReading,
  type Slot,
  type TimelinePage,
  type TimelineRow,
} from './timeline.js';

/** Rows that a window may have to be turned round; one with more is cut in half. */
const rowsPerWindow = 500;

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Reads slots against the order of their keys, which storage cannot: the oldest stretch of time that has no more rows
 * than fit, turned round, then the next. A stretch is halved where it has too many and doubled where it has few.
 */
export const readOldestFirst = async (
  slots: readonly Slot[],
  range: LogRange,
  limit: number,
): Promise<TimelinePage> => {
  const rows: TimelineRow[] = [];
  const start = range.after;
  let rounds = 0;
  let isMoved = false;
  for (const slot of narrowSlots(slots, range).toReversed()) {
    let stretch: Stretch = slot;
    while (stretch.fromMs <= slot.toMs) {
      // A reading that got nowhere would be repeated for ever.
      if (rows.length >= limit || (rounds >= roundsPerReading && isMoved)) return cut(rows, limit, stretch.fromMs - 1);
      const found = await readStretch(slot, stretch, start);
      rounds += found.rounds;
      if (found.kind === 'tooMany') {
        stretch = { ...stretch, toMs: middleOf({ ...stretch, toMs: found.newestMs }) };
        continue;
      }
      rows.push(...found.rows.toReversed());
      isMoved = true;
      stretch = follow(stretch, slot);
    }
  }
  return rows.length > limit ? cut(rows, limit, 0) : { rows, next: null };
};

const middleOf = ({ fromMs, toMs }: Stretch): number => fromMs + Math.floor((toMs - fromMs) / 2);

const follow = ({ fromMs, toMs }: Stretch, slot: Slot): Stretch => ({
  fromMs: toMs + 1,
  toMs: Math.min(slot.toMs, toMs + 2 * (toMs - fromMs + 1)),
});

type Found =
  | { readonly kind: 'tooMany'; readonly newestMs: number; readonly rounds: number }
  | { readonly kind: 'all'; readonly rows: readonly TimelineRow[]; readonly rounds: number };

/** A single millisecond cannot be halved: it is read to its end. */
const readStretch = async (slot: Slot, { fromMs, toMs }: Stretch, start: LogPosition | null): Promise<Found> => {
  const before = start?.instantMs === fromMs ? logKey(start) : newestFirst(fromMs - 1);
  const rows: TimelineRow[] = [];
  let after: string | null = null;
  for (let rounds = 1; ; rounds += 1) {
    const found = await queryWindow(slot.streams, { from: newestFirst(toMs), before, after }, rowsPerWindow);
    rows.push(...found.rows);
    if (found.isWhole) return { kind: 'all', rows, rounds };
    const newest = rows[0];
    if (fromMs < toMs && newest) return { kind: 'tooMany', newestMs: positionOfKey(newest.key).instantMs, rounds };
    after = rows.at(-1)?.key ?? null;
  }
};

/** Where more was found than asked for the rest is read again; else it goes on behind `readToMs`. */
const cut = (rows: readonly TimelineRow[], limit: number, readToMs: number): TimelinePage => {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit),
    next: last === undefined ? { instantMs: readToMs, id: '' } : positionOfKey(last.key),
  };
};
