import { heldReason } from './quarantine.js';
import type { Release } from './release.js';
import type { RowChange, StagedEntry, State } from './state.js';
import type { ObjectRow } from './stored.js';

/** What a person decides of removals that wait. */
export type StagedDecision =
  | { readonly kind: 'release'; readonly release: Release }
  | { readonly kind: 'reject'; readonly release: Release };

/** How many removals were decided on, and how many are held still. */
export interface DecidedStaged {
  readonly decided: number;
  readonly stillHeld: number;
}

/**
 * Releases or rejects removals: the named ones, or all that are held (`ids` null). Repeated it changes nothing more. A
 * released one is carried out if a fresh read still says so; a rejected one waits until an evaluation does not end in
 * removal. With the last that was held the job's status shows the guard no longer.
 */
export const decideStaged = async (
  ids: ReadonlySet<string> | null,
  decision: StagedDecision,
  { objects, jobs }: Pick<State, 'objects' | 'jobs'>,
): Promise<DecidedStaged> => {
  let decided = 0;
  let stillHeld = 0;
  let cursor: string | null = null;
  do {
    const page = await objects.listStaged(cursor);
    const meant = page.rows.filter((entry) => isMeant(entry, ids));
    stillHeld += page.rows.filter((entry) => entry.state === 'held' && !isMeant(entry, ids)).length;
    const changes = meant.map(({ id }) => ({ id, type: 'user' as const, change: changeBy(decision) }));
    if (changes.length > 0) await objects.update(changes);
    decided += meant.length;
    cursor = page.cursor;
  } while (cursor !== null);
  if (stillHeld === 0) {
    await jobs.updateJob((job) => (job.quarantine?.reason === heldReason ? { ...job, quarantine: null } : job));
  }
  return { decided, stillHeld };
};

/** Ids that nothing is staged for. */
export const findUnknown = async (
  ids: readonly string[],
  { objects }: Pick<State, 'objects'>,
): Promise<readonly string[]> => {
  const rows = await objects.read(ids);
  return ids.filter((id) => !isListed(rows.get(id)?.row));
};

/** A removal that was rejected is on no list. */
export const isListed = (row: ObjectRow | undefined): boolean => row?.staged != null && row.staged.state !== 'rejected';

const isMeant = ({ id, state }: StagedEntry, ids: ReadonlySet<string> | null): boolean =>
  ids === null ? state === 'held' : ids.has(id) && state !== 'rejected';

const changeBy =
  ({ kind, release }: StagedDecision): RowChange =>
  (row) => {
    if (!row.staged || row.staged.state === 'rejected') return null;
    return { ...row, staged: { ...row.staged, state: kind === 'release' ? 'released' : 'rejected', release } };
  };
