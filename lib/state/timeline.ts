import type { LogPosition, LogRange } from '../engine/logReading.js';
import { decodeKey, encodeKey, instantOfNewestFirst, newestFirst } from './keys.js';
import { settleAll } from './settle.js';
import type { StoredEntity, Table } from './tables.js';

/** Rows of one partition whose keys are a prefix and then a `logKey`. */
export interface Stream {
  readonly table: Table;
  readonly partitionKey: string;
  readonly prefix: string;
}

/** A stretch of time, both ends included, and the streams that hold its entries between them. */
export interface Slot {
  readonly fromMs: number;
  readonly toMs: number;
  readonly streams: readonly Stream[];
}

export interface TimelineRow {
  /** Without the stream's prefix. */
  readonly key: string;
  readonly entity: StoredEntity;
}

export interface TimelinePage {
  readonly rows: readonly TimelineRow[];
  readonly next: LogPosition | null;
}

/** Rounds of requests in one reading, so that a log in which little is found does not keep its reader waiting. */
export const roundsPerReading = 12;

/** Sorts newest first; entries of one instant by id. */
export const logKey = ({ instantMs, id }: LogPosition): string => `${newestFirst(instantMs)}|${encodeKey(id)}`;

/** What `logKey` was given. */
export const positionOfKey = (key: string): LogPosition => {
  const bar = key.indexOf('|');
  return { instantMs: instantOfNewestFirst(key.slice(0, bar)), id: decodeKey(key.slice(bar + 1)) };
};

/** The part of the slots that a reading has before it, newest first as they were given. */
export const narrowSlots = (slots: readonly Slot[], { fromMs, toMs, order, after }: LogRange): readonly Slot[] => {
  const least = Math.max(fromMs ?? 0, order === 'oldestFirst' ? (after?.instantMs ?? 0) : 0);
  const ends = [toMs, order === 'newestFirst' ? (after?.instantMs ?? null) : null];
  const most = Math.min(...ends.map((end) => end ?? Number.POSITIVE_INFINITY));
  return slots.flatMap((slot): Slot[] => {
    const narrowed = { ...slot, fromMs: Math.max(slot.fromMs, least), toMs: Math.min(slot.toMs, most) };
    return narrowed.fromMs <= narrowed.toMs ? [narrowed] : [];
  });
};

/** Keys from `from` up to `before`, which is not included, and behind `after`. */
export interface KeyWindow {
  readonly from: string;
  readonly before: string;
  readonly after: string | null;
}

/** The first `limit` rows of the streams together, in the order of their keys; whole: there are no more. */
export const queryWindow = async (
  streams: readonly Stream[],
  window: KeyWindow,
  limit: number,
): Promise<{ readonly rows: readonly TimelineRow[]; readonly isWhole: boolean }> => {
  const pages = await settleAll(streams, async ({ table, partitionKey, prefix }) => {
    const range = {
      partitionKey,
      from: `${prefix}${window.from}`,
      before: `${prefix}${window.before}`,
      after: window.after === null ? null : `${prefix}${window.after}`,
    };
    const { rows, after } = await table.query(range, limit);
    return {
      rows: rows.map((entity) => ({ key: entity.rowKey.slice(prefix.length), entity })),
      isWhole: after === null,
    };
  });
  // Behind the last row of a stream that has more, rows of that stream are still missing between those of the others.
  const ends = pages.flatMap(({ rows, isWhole }) => (isWhole ? [] : [rows.at(-1)?.key ?? window.from]));
  const horizon = ends.sort()[0] ?? null;
  const byKey = new Map(pages.flatMap(({ rows }) => rows.map((row) => [row.key, row])));
  const inOrder = [...byKey.values()]
    .filter(({ key }) => horizon === null || key <= horizon)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  return { rows: inOrder.slice(0, limit), isWhole: horizon === null && inOrder.length <= limit };
};
