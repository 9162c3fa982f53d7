import { stateDefect } from './faults.js';
import { isWithdrawn, type OverlayRange, overlayPrefix, queryOverlaid, withdrawn } from './previewRange.js';
import type { StoredEntity, Table, Tables, TransactionResult, Write } from './tables.js';

/** ETags say which of the two a row came from: one of the job's own rows is replaced by a row of the overlay. */
const fromBase = (etag: string): string => `base:${etag}`;
const fromOverlay = (etag: string): string => `over:${etag}`;
const overlayEtagOf = (etag: string): string | null => (etag.startsWith('over:') ? etag.slice(5) : null);

/** A write as the overlay makes it, or the conflict that was seen before it was made. */
type Planned = Write | { readonly kind: 'exists' };

/**
 * Tables over those of the job: reads fall through to the job's rows, writes go to one partition of `overlay` and are
 * seen from then on. Nothing in `base` is written. A row once written here no longer follows the job's. Deleting a row
 * that is not there is no conflict, and of several conflicts any may be the one that is named.
 */
export const overlayTables = (base: Tables, overlay: Table, partitionKey: string): Tables => {
  const tables = new Map<string, Table>();
  return {
    table: (name) => {
      const table = tables.get(name) ?? createOverlayTable({ base: base.table(name), overlay, partitionKey });
      tables.set(name, table);
      return table;
    },
    list: (prefix) => base.list(prefix),
    drop: async (name) => {
      throw stateDefect(`Table ${name}: a preview drops no table.`);
    },
  };
};

const createOverlayTable = (parts: OverlayRange): Table => {
  const { base, overlay, partitionKey } = parts;
  const prefixOf = (basePartition: string): string => overlayPrefix(base.name, basePartition);

  const plan = async (basePartition: string, write: Write): Promise<Planned> => {
    const rowKey = `${prefixOf(basePartition)}${write.rowKey}`;
    switch (write.kind) {
      case 'upsert':
        return { ...write, rowKey };
      case 'delete':
        return { kind: 'upsert', rowKey, columns: withdrawn };
      case 'replace': {
        const etag = overlayEtagOf(write.etag);
        const { columns } = write;
        return etag === null ? { kind: 'create', rowKey, columns } : { kind: 'replace', rowKey, columns, etag };
      }
      case 'create': {
        const { columns } = write;
        const over = await overlay.get(partitionKey, rowKey);
        if (over !== null) {
          return isWithdrawn(over) ? { kind: 'replace', rowKey, columns, etag: over.etag } : { kind: 'exists' };
        }
        const under = await base.get(basePartition, write.rowKey);
        return under === null ? { kind: 'create', rowKey, columns } : { kind: 'exists' };
      }
    }
  };

  const transact = async (basePartition: string, writes: readonly Write[]): Promise<TransactionResult> => {
    const planned = await Promise.all(writes.map((write) => plan(basePartition, write)));
    const index = planned.findIndex(({ kind }) => kind === 'exists');
    if (index >= 0) return { kind: 'conflict', index, reason: 'exists' };
    const result = await overlay.transact(
      partitionKey,
      planned.flatMap((write) => (write.kind === 'exists' ? [] : [write])),
    );
    if (result.kind === 'conflict') {
      return { ...result, reason: writes[result.index]?.kind === 'create' ? 'exists' : 'stale' };
    }
    const etags = result.etags.map((etag, at) =>
      etag === null || writes[at]?.kind === 'delete' ? null : fromOverlay(etag),
    );
    return { kind: 'done', etags };
  };

  return {
    name: base.name,
    listKeys: async () => {
      throw stateDefect(`Table ${base.name}: a preview erases no job.`);
    },
    get: async (basePartition, rowKey): Promise<StoredEntity | null> => {
      const over = await overlay.get(partitionKey, `${prefixOf(basePartition)}${rowKey}`);
      if (over !== null) return isWithdrawn(over) ? null : { ...over, rowKey, etag: fromOverlay(over.etag) };
      const under = await base.get(basePartition, rowKey);
      return under === null ? null : { ...under, etag: fromBase(under.etag) };
    },
    query: async (range, limit) => {
      const page = await queryOverlaid(parts, range, limit);
      const rows = page.rows.map(({ row, isOver }) => ({
        ...row,
        etag: isOver ? fromOverlay(row.etag) : fromBase(row.etag),
      }));
      return { rows, after: page.after };
    },
    transact,
    remove: async (basePartition, rowKey, etag) => {
      const over = overlayEtagOf(etag);
      const key = `${prefixOf(basePartition)}${rowKey}`;
      const write: Write =
        over === null
          ? { kind: 'create', rowKey: key, columns: withdrawn }
          : { kind: 'replace', rowKey: key, columns: withdrawn, etag: over };
      const result = await overlay.transact(partitionKey, [write]);
      return result.kind === 'done' ? 'done' : 'stale';
    },
  };
};
