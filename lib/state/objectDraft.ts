import type { ObjectChange, StoredObject } from '../engine/state.js';
import { emptyRow, type ObjectRow } from '../engine/stored.js';
import { encodeKey } from './keys.js';
import type { Draft } from './mergeRows.js';
import { isEmptyRow, objectWrites, parseObjectRow } from './objectRow.js';

/** An object row on its way from what was known of it to what is written. */
export interface ObjectDraft extends Draft {
  readonly id: string;
  /** Nothing is known of the row yet: it must be loaded. */
  readonly needsRead: boolean;
  /** Whether a load found the row. */
  wasFound(): boolean;
  /** The row as it stands now; without an ETag where there is none. */
  result(): StoredObject;
  /** Version of a row that became empty and is still to be deleted; null where there is none. */
  emptiedEtag(): string | null;
}

/** Several changes of one object are made as one, each of what the one before left. */
export const draftObject = (table: string, first: ObjectChange, others: readonly ObjectChange[]): ObjectDraft => {
  const { id, type, known } = first;
  let current: ObjectRow | null = known === undefined || known.etag === null ? null : known.row;
  let etag = known?.etag ?? null;
  let next: ObjectRow | null = null;
  let emptied: string | null = null;
  let found = false;
  const apply = (): ObjectRow | null => {
    const before = current ?? emptyRow(id, type);
    const after = [first, ...others].reduce((row, { change }) => change(row) ?? row, before);
    return after === before || (current === null && isEmptyRow(after)) ? null : after;
  };
  return {
    id,
    rowKey: encodeKey(id),
    needsRead: known === undefined,
    load: (entity) => {
      current = entity === null ? null : parseObjectRow(table, entity);
      etag = entity?.etag ?? null;
      found ||= entity !== null;
    },
    writes: () => {
      next = apply();
      return next === null ? [] : objectWrites(current, etag, next);
    },
    saved: (saved) => {
      current = next;
      etag = saved;
      if (current === null || !isEmptyRow(current)) return;
      emptied = saved;
      etag = null;
    },
    wasFound: () => found,
    result: () => ({ row: current ?? emptyRow(id, type), etag }),
    emptiedEtag: () => emptied,
  };
};
