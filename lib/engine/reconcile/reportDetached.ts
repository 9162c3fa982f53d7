import type { DriftPage } from '../drift.js';
import type { Slice } from '../slice.js';
import type { StoredObject } from '../state.js';

const rowsAtOnce = 500;

/**
 * Puts the accounts that a restart let go, and that nobody was matched with, on the report in force, or on a first one of
 * their own; the log has them by their evaluation. `isFirst`: what an earlier restart had put there goes before.
 */
export const reportDetached = async (slice: Slice, rows: readonly StoredObject[], isFirst: boolean): Promise<void> => {
  const { drift, targets } = slice.world.state;
  const report = (await drift.readReport()) ?? { cycleId: slice.cycle.cycleId, mode: null, at: null };
  if (isFirst) await dropDetached(report.cycleId, slice);
  const detached = rows.flatMap(({ row }) =>
    row.type === 'user' && row.link?.state === 'detached' ? [{ row, link: row.link }] : [],
  );
  const owners = await targets.readOwners(detached.map(({ link }) => link.targetId));
  const left = detached.filter(({ row, link }) => owners.get(link.targetId) === row.id);
  slice.count('unmanaged', left.length);
  if (left.length === 0) return;
  await drift.put(
    report.cycleId,
    left.map(({ row, link }) => ({
      id: row.id,
      type: row.type,
      targetId: link.targetId,
      kind: 'unmanaged',
      differences: [],
      recordId: slice.world.newId(),
    })),
  );
  await drift.publish(report);
};

/** Whose account is nobody's although a source object is on record was let go. */
const dropDetached = async (cycleId: string, slice: Slice): Promise<void> => {
  const { drift } = slice.world.state;
  let cursor: string | null = null;
  do {
    const page: DriftPage = await drift.list(cycleId, 'unmanaged', cursor, rowsAtOnce);
    await drift.remove(
      cycleId,
      page.rows.filter(({ id }) => id !== null),
    );
    cursor = page.cursor;
  } while (cursor !== null);
};
