import type { LogPage, LogRange } from '../engine/logReading.js';
import { readNewestFirst } from './readNewestFirst.js';
import { readOldestFirst } from './readOldestFirst.js';
import { settleAll } from './settle.js';
import { positionOfKey, type Slot, type TimelineRow } from './timeline.js';

/** One reading of a log that lies in these slots, newest first. `resolve` null: the entry is not there any more. */
export const readTimeline = async <Entry>(
  slots: readonly Slot[],
  range: LogRange,
  limit: number,
  resolve: (row: TimelineRow) => Promise<Entry | null>,
): Promise<LogPage<Entry>> => {
  const read = range.order === 'newestFirst' ? readNewestFirst : readOldestFirst;
  const { rows, next } = await read(slots, range, limit);
  const entries = await settleAll(rows, async (row) => {
    const entry = await resolve(row);
    return entry === null ? [] : [{ entry, position: positionOfKey(row.key) }];
  });
  return { entries: entries.flat(), next };
};
