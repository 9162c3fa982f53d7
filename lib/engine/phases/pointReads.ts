import type { Life } from '../model.js';
import type { ReadResult } from '../ports.js';
import type { Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import type { Subject } from '../subject.js';

/** Graph answers so many requests in one `$batch` (Graph, JSON batching). */
export const readsPerBatch = 20;

/**
 * Subjects from fresh reads. A 404 is never a leaver by itself: with a stay in the recycle bin on record it confirms
 * that, else the object is not visible yet.
 */
export const readSubjects = async (
  rows: readonly StoredObject[],
  slice: Slice,
  lifeOfUnseen: (stored: StoredObject) => Life = recordedLife,
): Promise<readonly Subject[]> => {
  const readAt = new Date(slice.world.clock.nowMs()).toISOString();
  const ids = rows.map(({ row }) => row.id);
  const reads = await slice.world.directory.readUsers(ids, slice.mapping.sourceAttributes, slice.signal);
  return rows.map((stored) => subjectOf(stored, reads.get(stored.row.id) ?? { kind: 'unseen' }, readAt, lifeOfUnseen));
};

const recordedLife = ({ row }: StoredObject): Life => {
  if (!row.gone) return 'live';
  return row.gone.reason === 'changed' ? 'softDeleted' : 'hardDeleted';
};

const subjectOf = (
  stored: StoredObject,
  read: ReadResult,
  readAt: string,
  lifeOfUnseen: (stored: StoredObject) => Life,
): Subject => {
  const base = { stored, readAt, round: null, provenByRow: false, readFault: null };
  switch (read.kind) {
    case 'found':
      return { ...base, source: read.object, life: 'live' };
    case 'unseen':
      return { ...base, source: null, life: lifeOfUnseen(stored) };
    case 'fault':
      return { ...base, source: null, life: 'live', readFault: read.fault };
  }
};
