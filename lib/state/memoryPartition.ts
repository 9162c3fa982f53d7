import type { EntityPage, KeyRange, StoredEntity, TransactionResult, Write } from './tables.js';

/** First position whose key is not below `key`. */
const lowerBound = (keys: readonly string[], key: string): number => {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** One partition in memory: rows by key, and the keys in order. */
export class MemoryPartition {
  readonly #rows = new Map<string, StoredEntity>();
  readonly #keys: string[] = [];

  get(rowKey: string): StoredEntity | null {
    return this.#rows.get(rowKey) ?? null;
  }

  query(range: KeyRange, limit: number): EntityPage {
    const after = range.after ?? null;
    let start = range.from === undefined ? 0 : lowerBound(this.#keys, range.from);
    if (after !== null) {
      const next = lowerBound(this.#keys, after);
      start = Math.max(start, this.#keys[next] === after ? next + 1 : next);
    }
    const end = range.before === undefined ? this.#keys.length : lowerBound(this.#keys, range.before);
    const keys = this.#keys.slice(start, Math.min(end, start + limit));
    const rows = keys.flatMap((key) => this.#rows.get(key) ?? []);
    return { rows, after: start + limit < end ? (keys.at(-1) ?? null) : null };
  }

  /** The first write that does not pass, or null. */
  findConflict(writes: readonly Write[]): Extract<TransactionResult, { kind: 'conflict' }> | null {
    for (const [index, write] of writes.entries()) {
      const row = this.#rows.get(write.rowKey);
      if (write.kind === 'create' && row !== undefined) return { kind: 'conflict', index, reason: 'exists' };
      if (write.kind === 'create' || write.kind === 'upsert') continue;
      if (row === undefined) return { kind: 'conflict', index, reason: 'missing' };
      if (write.kind === 'replace' && row.etag !== write.etag) return { kind: 'conflict', index, reason: 'stale' };
    }
    return null;
  }

  put(row: StoredEntity): void {
    if (!this.#rows.has(row.rowKey)) this.#keys.splice(lowerBound(this.#keys, row.rowKey), 0, row.rowKey);
    this.#rows.set(row.rowKey, row);
  }

  delete(rowKey: string): void {
    if (this.#rows.delete(rowKey)) this.#keys.splice(lowerBound(this.#keys, rowKey), 1);
  }
}
