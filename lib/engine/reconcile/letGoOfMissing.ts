import { guardRemovals } from '../deletionGuard.js';
import { claimsOfGroups } from '../groups/groupClaims.js';
import type { PhaseStep, Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import type { Link, ObjectRow } from '../stored.js';
import { rewriteLinks } from './correctLinks.js';
import { driftCounts } from './countDrift.js';

const rowsPerStep = 100;

/**
 * Detaches the links of accounts that are gone, so that their people are matched again and, where the mapping allows it,
 * get new ones. Very many at once look like another Zoom account behind the same credentials: then nothing is let go, and
 * a person is told.
 */
export const letGoOfMissing = async (slice: Slice, cursor: string | null, next: string): Promise<PhaseStep> => {
  const missing = slice.cycle.counts[driftCounts.missing] ?? 0;
  if (slice.settings.reconcileMode !== 'repair' || missing === 0) return { next };
  if (cursor === null && isTooMany(missing, slice)) {
    await tellTooMany(missing, slice);
    return { next };
  }
  const { drift, objects } = slice.world.state;
  const page = await drift.list(slice.cycle.cycleId, 'missing', cursor, rowsPerStep);
  const targetIds = new Map(page.rows.flatMap(({ id, targetId }) => (id === null ? [] : [[id, targetId]])));
  const stored = [...(await objects.read([...targetIds.keys()])).values()].filter(
    ({ row }) => row.link?.targetId === targetIds.get(row.id) && row.link?.state !== 'detached' && row.intent === null,
  );
  await rewriteLinks(
    stored.map((one) => ({ stored: one, link: letGo(one.row) })),
    slice,
  );
  await releaseClaims(stored, slice);
  return { next: page.cursor === null ? next : `missing|${page.cursor}` };
};

/** In scope the id is kept: it is looked at once more before another account is made. */
const letGo = ({ link, eval: last }: ObjectRow): Link | null =>
  link && last?.inScope !== false ? { ...link, state: 'detached' } : null;

const releaseClaims = async (stored: readonly StoredObject[], slice: Slice): Promise<void> => {
  const { state } = slice.world;
  const gone = stored.filter(({ row }) => letGo(row) === null);
  await Promise.all(
    gone.map(({ row }) =>
      (row.type === 'group' ? claimsOfGroups(state) : state.targets).release(row.link?.targetId ?? '', row.id),
    ),
  );
};

const isTooMany = (missing: number, { settings, counters }: Slice): boolean =>
  guardRemovals({
    newlyStaged: missing,
    carriedOut: 0,
    carriedOutToday: 0,
    linkedActive: counters.linkedActive,
    threshold: settings.deletionThreshold,
    thresholdPercent: settings.deletionThresholdPercent,
    thresholdDaily: settings.deletionThresholdDaily,
  }).kind === 'hold';

const tellTooMany = async (missing: number, slice: Slice): Promise<void> => {
  await slice.world.notifier.notify(
    {
      incident: `missing:${slice.cycle.cycleId}`,
      jobId: slice.world.jobId,
      subject: `${missing} accounts are missing in Zoom`,
      text: `${missing} linked accounts are not in Zoom any more, which is more than the guard lets go at once. Nothing was created in their place.`,
      fault: null,
      since: slice.cycle.startedAt,
      people: missing,
      action:
        'See that the credentials are those of the right Zoom account. If the accounts are gone for good, raise the deletion threshold and run a reconcile cycle again.',
      place: 'drift',
    },
    slice.signal,
  );
};
