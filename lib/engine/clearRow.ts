import type { Reset } from './control.js';
import type { ObjectRow, Pending } from './stored.js';

/**
 * An object's row after a restart has cleared what it was asked to; null where nothing changes. Applied again it changes
 * nothing more. The account itself is not touched.
 */
export const clearRow = (row: ObjectRow, reset: Reset, nowMs: number): ObjectRow | null => {
  let cleared = row;
  if (reset.detaches) cleared = detachLink(cleared);
  if (reset.dropsEscrows) cleared = dropEscrow(cleared, nowMs);
  if (reset.releases) cleared = releaseRemoval(cleared, reset.releases);
  return cleared === row ? null : cleared;
};

/**
 * The pair is let go. A removal that waits for the guard or for a person keeps its account; so does an invitation that is
 * open, since nothing could be matched with it.
 */
const detachLink = (row: ObjectRow): ObjectRow =>
  row.link === null || row.link.state === 'detached' || row.link.invited || row.staged !== null
    ? row
    : { ...row, link: { ...row.link, state: 'detached' }, removal: null };

/**
 * The failure is forgotten. What must not be forgotten stays due: a write of which nobody knows the outcome, a removal,
 * and whatever touched the object since.
 */
const dropEscrow = (row: ObjectRow, nowMs: number): ObjectRow => {
  const { pending } = row;
  if (!pending?.fault) return row;
  const isNeeded = row.intent !== null || row.staged !== null || pending.reason !== 'failed';
  return { ...row, pending: isNeeded ? withoutFailure(pending, row, nowMs) : null };
};

const withoutFailure = (pending: Pending, row: ObjectRow, nowMs: number): Pending => ({
  ...pending,
  reason: pending.reason === 'failed' ? 'left' : pending.reason,
  due: row.intent === null ? new Date(nowMs).toISOString() : pending.due,
  attempts: 0,
  firstFailureAt: null,
  fault: null,
});

const releaseRemoval = (row: ObjectRow, release: NonNullable<Reset['releases']>): ObjectRow =>
  row.staged?.state === 'held' ? { ...row, staged: { ...row.staged, state: 'released', release } } : row;
