/** Every property is a string: composites are JSON, so that a row reads the same from each implementation. */
export type Columns = Readonly<Record<string, string>>;

export interface StoredEntity {
  readonly rowKey: string;
  readonly columns: Columns;
  readonly etag: string;
}

/** `create` wants no row, `replace` this very version; `upsert` and `delete` do not look at the version. */
export type Write =
  | { readonly kind: 'create'; readonly rowKey: string; readonly columns: Columns }
  | { readonly kind: 'replace'; readonly rowKey: string; readonly columns: Columns; readonly etag: string }
  | { readonly kind: 'upsert'; readonly rowKey: string; readonly columns: Columns }
  | { readonly kind: 'delete'; readonly rowKey: string };

/** `missing`: there is no row to replace or delete. `index` is the first write that did not pass; nothing was written. */
export type TransactionResult =
  | { readonly kind: 'done'; readonly etags: readonly (string | null)[] }
  | { readonly kind: 'conflict'; readonly index: number; readonly reason: 'exists' | 'stale' | 'missing' };

/** Rows of one partition in the order of their keys; `from` and `before` bound the keys, `after` continues a page. */
export interface KeyRange {
  readonly partitionKey: string;
  readonly from?: string;
  readonly after?: string | null;
  readonly before?: string;
}

/** `after` goes into the range of the next page; null at the end. */
export interface EntityPage {
  readonly rows: readonly StoredEntity[];
  readonly after: string | null;
}

/** Rows of every partition whose key lies in the range. */
export interface PartitionRange {
  readonly from: string;
  readonly before: string;
}

export interface EntityKey {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/**
 * The operations of Table Storage that the stores use. A table that nobody wrote to is empty; the first write makes it.
 * Each throws `FaultError` `StateUnavailable` when the service could not do it, and a write of which no answer came may
 * have been carried out: its repetition by the SDK then reports a conflict with itself.
 */
export interface Table {
  readonly name: string;
  get(partitionKey: string, rowKey: string): Promise<StoredEntity | null>;
  /** At most 1,000 rows a page. */
  query(range: KeyRange, limit: number): Promise<EntityPage>;
  /** The first rows of a range of partitions, in the order of their keys; at most 1,000. */
  listKeys(range: PartitionRange, limit: number): Promise<readonly EntityKey[]>;
  /**
   * All or nothing. Throws `FaultError` for what Table Storage would refuse: more than 100 writes, two to one row, 4 MiB
   * in all, a row or value that is too large, a key that is not allowed.
   */
  transact(partitionKey: string, writes: readonly Write[]): Promise<TransactionResult>;
  /** Deletes this very version; `submitTransaction` of @azure/data-tables cannot, it sends `*` with every delete. */
  remove(partitionKey: string, rowKey: string, etag: string): Promise<'done' | 'stale' | 'missing'>;
}

export interface Tables {
  table(name: string): Table;
  /** Names of the existing tables that begin with `prefix`. */
  list(prefix: string): Promise<readonly string[]>;
  /** Deletes a table with all its rows; one that is not there is no failure. */
  drop(name: string): Promise<void>;
}

/** The end of the range of all keys that begin with `prefix`. */
export const endOfPrefix = (prefix: string): string =>
  `${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`;
