/** A place in a log between two entries: everything up to this one, in the order of reading, has been read. */
export interface LogPosition {
  readonly instantMs: number;
  /** Empty: no entry of that instant has been read, newest first; all of them have, oldest first. */
  readonly id: string;
}

export type LogOrder = 'newestFirst' | 'oldestFirst';

/** Which part of a log is read. Instants in whole milliseconds, both ends included; null is open. */
export interface LogRange {
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly order: LogOrder;
  readonly after: LogPosition | null;
}

/**
 * A part of a log, read with a bounded number of requests: there may be more although nothing was found. `next` null:
 * the end.
 */
export interface LogPage<Entry> {
  readonly entries: readonly { readonly entry: Entry; readonly position: LogPosition }[];
  readonly next: LogPosition | null;
}

/** The provisioning log's three orders: by day, or only the records of these objects or of these cycles. */
export type RecordPath =
  | { readonly kind: 'day' }
  | { readonly kind: 'object'; readonly sourceIds: readonly string[] }
  | { readonly kind: 'cycle'; readonly cycleIds: readonly string[] };

/** What a person may know a record's object by: userPrincipalName or mail, display name, id of the account in Zoom. */
export type NameKind = 'name' | 'displayName' | 'targetId';
