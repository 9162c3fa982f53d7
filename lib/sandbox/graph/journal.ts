import type { RouteName } from './routes.js';

/** One request that was answered, those inside a `$batch` included. */
export interface JournalEntry {
  readonly seq: number;
  readonly atMs: number;
  readonly method: string;
  /** Below the version, as it came. */
  readonly path: string;
  /** As it came, with the question mark. */
  readonly query: string;
  readonly route: RouteName;
  /** 0 where a fault kept the answer from being sent. */
  readonly status: number;
  readonly ru: number;
  readonly bytes: number;
  /** The id of this request within its `$batch`; null outside of one. */
  readonly inBatch: string | null;
  /** Kinds of the faults that were applied. */
  readonly faults: readonly string[];
  readonly requestId: string;
}

/** Sums over journaled requests. HTTP requests are those outside a batch, and the batches; bytes are theirs. */
export interface JournalSummary {
  readonly requests: number;
  readonly httpRequests: number;
  readonly ru: number;
  readonly bytes: number;
  readonly violations: number;
  readonly byRoute: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Of the last request that was journaled; what to ask from next time. */
  readonly lastSeq: number;
}

/** `full` keeps entries, `counts` only sums. */
export type JournalMode = 'full' | 'counts';

export interface Journal {
  readonly mode: JournalMode;
  /** The latest entries, oldest first; empty in mode `counts`. */
  readonly entries: readonly JournalEntry[];
  /** Requests that tried to write, which the service under test must never do; kept in both modes. */
  readonly violations: readonly JournalEntry[];
  /** Entries whose `seq` is greater. */
  since(seq: number): readonly JournalEntry[];
  /** Of everything since the last clear, or in mode `full` of the entries whose `seq` is greater. */
  summary(sinceSeq?: number): JournalSummary;
  /** Empties it; sequence numbers go on. */
  clear(): void;
}

/** What the pipeline writes to. */
export interface JournalWriter extends Journal {
  add(entry: Omit<JournalEntry, 'seq'>, isViolation: boolean): void;
}

const keptEntries = 200_000;

interface Sums {
  requests: number;
  httpRequests: number;
  ru: number;
  bytes: number;
  violations: number;
  readonly byRoute: Record<string, number>;
  readonly byStatus: Record<string, number>;
}

const noSums = (): Sums => ({
  requests: 0,
  httpRequests: 0,
  ru: 0,
  bytes: 0,
  violations: 0,
  byRoute: {},
  byStatus: {},
});

const addTo = (sums: Sums, entry: JournalEntry, isViolation: boolean): void => {
  sums.requests += 1;
  sums.httpRequests += entry.inBatch === null ? 1 : 0;
  sums.ru += entry.ru;
  sums.bytes += entry.inBatch === null ? entry.bytes : 0;
  sums.violations += isViolation ? 1 : 0;
  sums.byRoute[entry.route] = (sums.byRoute[entry.route] ?? 0) + 1;
  sums.byStatus[entry.status] = (sums.byStatus[entry.status] ?? 0) + 1;
};

export const createJournal = (mode: JournalMode): JournalWriter => {
  let entries: JournalEntry[] = [];
  let violations: JournalEntry[] = [];
  let sums = noSums();
  let seq = 0;
  const since = (after: number) => entries.filter((entry) => entry.seq > after);
  return {
    mode,
    get entries() {
      return entries;
    },
    get violations() {
      return violations;
    },
    since,
    summary: (sinceSeq) => {
      let wanted = sums;
      if (sinceSeq !== undefined && mode === 'full') {
        wanted = noSums();
        for (const entry of since(sinceSeq)) {
          addTo(wanted, entry, violations.includes(entry));
        }
      }
      return { ...wanted, byRoute: { ...wanted.byRoute }, byStatus: { ...wanted.byStatus }, lastSeq: seq };
    },
    clear: () => {
      entries = [];
      violations = [];
      sums = noSums();
    },
    add: (given, isViolation) => {
      seq += 1;
      const entry: JournalEntry = { seq, ...given };
      addTo(sums, entry, isViolation);
      if (isViolation) {
        violations.push(entry);
      }
      if (mode === 'full') {
        entries.push(entry);
        if (entries.length > 2 * keptEntries) {
          entries = entries.slice(-keptEntries);
        }
      }
    },
  };
};
