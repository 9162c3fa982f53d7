import type { DriftKind, DriftRow } from '../drift.js';
import type { PhaseStep, Slice } from '../slice.js';
import { isManaged } from './listAccounts.js';

/** Under which keys a cycle counts what it found. */
export const driftCounts: Readonly<Record<DriftKind, string>> = {
  missing: 'driftMissing',
  differs: 'driftDiffers',
  active: 'driftActive',
  unmanaged: 'driftUnmanaged',
};

const rowsPerStep = 500;

/** Counts what was found, by kind. An account that somebody was given since it was listed is managed. */
export const countDrift = async (slice: Slice, cursor: string | null, next: string): Promise<PhaseStep> => {
  const { cycleId } = slice.cycle;
  const page = await slice.world.state.drift.list(cycleId, null, cursor, rowsPerStep);
  const managed = await findManaged(
    page.rows.filter(({ kind, type }) => kind === 'unmanaged' && type === 'user'),
    slice,
  );
  await slice.world.state.drift.remove(cycleId, managed);
  const left = page.rows.filter((row) => !managed.includes(row));
  for (const { kind } of left) slice.count(driftCounts[kind], 1);
  return { next: page.cursor === null ? next : `count|${page.cursor}` };
};

const findManaged = async (rows: readonly DriftRow[], slice: Slice): Promise<readonly DriftRow[]> => {
  const { targets, objects } = slice.world.state;
  const owners = await targets.readOwners(rows.map(({ targetId }) => targetId));
  const owning = await objects.read([...new Set(owners.values())]);
  return rows.filter(({ targetId }) => isManaged(owning.get(owners.get(targetId) ?? '')?.row ?? null, targetId));
};
