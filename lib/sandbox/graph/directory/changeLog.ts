import type { Change, ChangeFact } from './records.js';

/** The append-only log of one delta stream, ordered by sequence number and by time. */
export interface ChangeLog {
  append(change: Change): void;
  /** Changes with fromSeq < seq <= toSeq, oldest first; costs what it yields. */
  between(fromSeq: number, toSeq: number): Iterable<Change>;
  /** The last sequence number at or before `atMs`; 0 where nothing is that old. */
  seqAt(atMs: number): number;
  /** Forgets what is older than `atMs`. */
  trimBefore(atMs: number): void;
  /** The oldest sequence number from which `between` still tells everything. */
  readonly completeFromSeq: number;
}

export const createChangeLog = (): ChangeLog => {
  let entries: Change[] = [];
  let completeFromSeq = 0;

  /** How many entries satisfy `isEarly`, which holds for a prefix. */
  const countEarly = (isEarly: (change: Change) => boolean): number => {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const change = entries[middle];
      if (change !== undefined && isEarly(change)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };

  return {
    append: (change) => entries.push(change),
    *between(fromSeq, toSeq) {
      const held = entries;
      for (let index = countEarly((change) => change.seq <= fromSeq); index < held.length; index += 1) {
        const change = held[index];
        if (change === undefined || change.seq > toSeq) {
          return;
        }
        yield change;
      }
    },
    seqAt: (atMs) => entries[countEarly((change) => change.atMs <= atMs) - 1]?.seq ?? 0,
    trimBefore: (atMs) => {
      const early = countEarly((change) => change.atMs < atMs);
      const last = entries[early - 1];
      if (last === undefined) {
        return;
      }
      completeFromSeq = last.seq;
      for (const change of entries.slice(0, early)) {
        change.previous = null;
      }
      entries = entries.slice(early);
    },
    get completeFromSeq() {
      return completeFromSeq;
    },
  };
};

/** Where a change is entered: the object it happened to, and that object's log. */
export interface Logged {
  readonly id: string;
  lastChange: Change | null;
}

export const appendChange = (log: ChangeLog, object: Logged, seq: number, atMs: number, fact: ChangeFact): void => {
  const change: Change = { ...fact, seq, atMs, id: object.id, previous: object.lastChange };
  object.lastChange = change;
  log.append(change);
};
