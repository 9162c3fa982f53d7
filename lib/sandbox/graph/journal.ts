import type { RouteName } from './routes.js';

/** One request that was answered, those inside a `$batch` included. */
export interface JournalEntry {
  readonly seq: number;
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  /** As it came, with the question mark. */
  readonly query: string;
  readonly route: RouteName;
  readonly status: number;
  readonly ru: number;
  readonly bytes: number;
  /** The id of this request within its `$batch`; null outside of one. */
  readonly inBatch: string | null;
  /** Kinds of the faults that were applied. */
  readonly faults: readonly string[];
  readonly requestId: string;
}

/** Sums over what was journaled since the last clear. HTTP requests are those outside a batch, and the batches. */
export interface JournalSummary {
  readonly requests: number;
  readonly httpRequests: number;
  readonly ru: number;
  readonly bytes: number;
  readonly violations: number;
  readonly byRoute: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
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
  summary(): JournalSummary;
  clear(): void;
}

/** What the pipeline writes to. */
export interface JournalWriter extends Journal {
  add(entry: Omit<JournalEntry, 'seq'>, isViolation: boolean): void;
}

const keptEntries = 200_000;

const bump = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

const emptySums = () => ({ requests: 0, httpRequests: 0, ru: 0, bytes: 0, byRoute: {}, byStatus: {} });

export const createJournal = (mode: JournalMode): JournalWriter => {
  let entries: JournalEntry[] = [];
  let violations: JournalEntry[] = [];
  let sums: Omit<
    { -readonly [Name in keyof JournalSummary]: JournalSummary[Name] },
    'violations' | 'byRoute' | 'byStatus'
  > & {
    byRoute: Record<string, number>;
    byStatus: Record<string, number>;
  } = emptySums();
  let seq = 0;
  return {
    mode,
    get entries() {
      return entries;
    },
    get violations() {
      return violations;
    },
    since: (after) => entries.filter((entry) => entry.seq > after),
    summary: () => ({
      ...sums,
      byRoute: { ...sums.byRoute },
      byStatus: { ...sums.byStatus },
      violations: violations.length,
    }),
    clear: () => {
      entries = [];
      violations = [];
      sums = emptySums();
    },
    add: (given, isViolation) => {
      seq += 1;
      const entry: JournalEntry = { seq, ...given };
      sums.requests += 1;
      sums.httpRequests += entry.inBatch === null ? 1 : 0;
      sums.ru += entry.ru;
      sums.bytes += entry.inBatch === null ? entry.bytes : 0;
      bump(sums.byRoute, entry.route);
      bump(sums.byStatus, String(entry.status));
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
