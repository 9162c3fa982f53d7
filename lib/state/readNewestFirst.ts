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

/** Reads slots in the order of their keys, until `limit` rows are found or the rounds are used up. */
export const readNewestFirst = async (
  slots: readonly Slot[],
  range: LogRange,
  limit: number,
): Promise<TimelinePage> => {
  const rows: TimelineRow[] = [];
  let after = range.after === null ? null : logKey(range.after);
  let rounds = 0;
  for (const slot of narrowSlots(slots, range)) {
    const window = { from: newestFirst(slot.toMs), before: newestFirst(slot.fromMs - 1) };
    for (let isWhole = false; !isWhole; ) {
      if (rows.length >= limit || rounds >= roundsPerReading) return { rows, next: goOn(after, slot) };
      const found = await queryWindow(slot.streams, { ...window, after }, limit - rows.length);
      rounds += 1;
      rows.push(...found.rows);
      after = found.rows.at(-1)?.key ?? after;
      isWhole = found.isWhole;
    }
  }
  return { rows, next: null };
};

/** Behind the last row where it lies in this slot, else at the slot's beginning. */
const goOn = (after: string | null, slot: Slot): LogPosition =>
  after !== null && after > newestFirst(slot.toMs) ? positionOfKey(after) : { instantMs: slot.toMs, id: '' };
