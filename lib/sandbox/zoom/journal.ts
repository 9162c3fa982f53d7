import type { JsonValue } from '../../mapping/json.js';
import type { FaultName } from './faultModes.js';
import { redactBody, redactFields, redactHeaders } from './redact.js';
import type { WireRequest } from './wire.js';

/** One request, in order of arrival. */
export interface JournalEntry {
  /** 1 for the first request ever; `clear` does not start anew. */
  readonly sequence: number;
  /** An operation's name, or `none` for a path that Zoom does not have. */
  readonly operation: string;
  readonly method: string;
  /** Still percent-encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case; credentials hidden. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as parsed, form fields, or text; null for none. */
  readonly body: JsonValue;
  /** On the simulator's clock, milliseconds since 1970. */
  readonly atMs: number;
  /** Null while under way. */
  readonly status: number | 'dropped' | null;
  /** The faults that struck it. */
  readonly faults: readonly FaultName[];
}

/** How many requests there were since the last `clear`; cheap in both modes. */
export interface JournalCounts {
  readonly total: number;
  readonly byOperation: Readonly<Record<string, number>>;
  /** Keys are statuses, or `dropped`. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Keys as `users.create 201`. */
  readonly byOutcome: Readonly<Record<string, number>>;
}

/** `counts` keeps the numbers only, so that memory does not grow with the requests. */
export type JournalMode = 'full' | 'counts';

export interface OpenEntry {
  close(status: number | 'dropped', faults: readonly FaultName[]): void;
}

const countUp = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/** What was asked of the service, for assertions. Its control surface is left out. */
export class Journal {
  private kept: { -readonly [Key in keyof JournalEntry]: JournalEntry[Key] }[] = [];
  private sequence = 0;
  private tally = { total: 0, byOperation: {}, byStatus: {}, byOutcome: {} };

  constructor(readonly mode: JournalMode) {}

  /** All that is kept, oldest first; empty in the mode `counts`. */
  get entries(): readonly JournalEntry[] {
    return this.kept;
  }

  get lastSequence(): number {
    return this.sequence;
  }

  counts(): JournalCounts {
    return structuredClone(this.tally);
  }

  /** Entries after the one with this sequence. */
  since(sequence: number): readonly JournalEntry[] {
    const first = this.kept[0];
    return first === undefined ? [] : this.kept.slice(Math.max(0, sequence - first.sequence + 1));
  }

  clear(): void {
    this.kept = [];
    this.tally = { total: 0, byOperation: {}, byStatus: {}, byOutcome: {} };
  }

  open(request: WireRequest, operation: string, atMs: number): OpenEntry {
    this.sequence += 1;
    const entry = this.mode === 'full' ? this.keep(request, operation, atMs) : null;
    return {
      close: (status, faults) => {
        if (entry !== null) Object.assign(entry, { status, faults });
        this.tally.total += 1;
        countUp(this.tally.byOperation, operation);
        countUp(this.tally.byStatus, String(status));
        countUp(this.tally.byOutcome, `${operation} ${status}`);
      },
    };
  }

  private keep(request: WireRequest, operation: string, atMs: number): JournalEntry {
    const entry: JournalEntry = {
      sequence: this.sequence,
      operation,
      method: request.method,
      path: request.path,
      query: redactFields(request.query),
      headers: redactHeaders(request.headers()),
      body: redactBody(request.body, request.header('content-type') ?? ''),
      atMs,
      status: null,
      faults: [],
    };
    this.kept.push(entry);
    return entry;
  }
}
