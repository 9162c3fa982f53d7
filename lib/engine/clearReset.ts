import { clearRow } from './clearRow.js';
import type { Counters, JobRow, Reset } from './control.js';
import { dropMemberEscrows } from './groups/dropMemberEscrows.js';
import { erasedJob } from './restart.js';
import type { Checkpoint, Lease, StoredObject } from './state.js';
import type { World } from './world.js';

/** `stopped`: not all is cleared yet, and the next slice goes on. */
export type ClearingEnd = 'done' | 'stopped' | 'fenced';

/**
 * Works off what a restart or a delete asked to be cleared, page by page under the lease, each with a checkpoint: a kill
 * replays a page at most. A newer restart that comes meanwhile is taken up from its beginning.
 */
export const clearReset = async (
  asked: Reset,
  lease: Lease,
  world: World,
  mustStop: () => boolean,
): Promise<ClearingEnd> => {
  let reset: Reset | null = asked;
  while (reset !== null && !reset.isCleared) {
    if (lease.isLost()) return 'fenced';
    if (mustStop()) return 'stopped';
    const page = reset.erases ? await erasePage(reset, world) : await clearPage(reset, world);
    let now: Reset | null = null;
    const checkpoint: Checkpoint = {
      job: (job) => {
        const changed = job.reset?.id === page.reset.id ? afterPage(job, page.reset) : job;
        now = changed.reset;
        return changed;
      },
      ...(page.counters ? { counters: page.counters } : {}),
    };
    if ((await world.state.jobs.checkpoint(lease, checkpoint)) === 'fenced') return 'fenced';
    reset = now;
  }
  return 'done';
};

interface ClearedPage {
  readonly reset: Reset;
  readonly counters?: Counters;
}

/** A reset that asks for an initial cycle stays noted until that cycle begins. */
const afterPage = (job: JobRow, reset: Reset): JobRow => {
  if (!reset.isCleared) return { ...job, reset };
  if (reset.erases) return erasedJob(job);
  return { ...job, reset: reset.isInitial ? reset : null };
};

const erasePage = async (reset: Reset, { state }: World): Promise<ClearedPage> => {
  const hasMore = await state.erase();
  return hasMore ? { reset } : { reset: { ...reset, isCleared: true } };
};

const clearPage = async (reset: Reset, world: World): Promise<ClearedPage> => {
  if (!reset.detaches && !reset.dropsEscrows) return releasePage(reset, world);
  const { objects, members } = world.state;
  if (reset.dropsEscrows && (await dropMemberEscrows(members))) return { reset };
  const page = await objects.list(reset.cursor);
  const rows = await changeRows(page.rows, reset, world);
  const kept = addLinks(reset.kept, rows);
  const next: Reset = { ...reset, kept, cursor: page.cursor, isCleared: page.cursor === null };
  return next.isCleared && reset.detaches ? { reset: next, counters: kept } : { reset: next };
};

/** Only what is held is looked for. */
const releasePage = async (reset: Reset, world: World): Promise<ClearedPage> => {
  if (reset.releases === null) return { reset: { ...reset, isCleared: true } };
  const { objects } = world.state;
  const page = await objects.listStaged(reset.cursor);
  const held = page.rows.filter(({ state }) => state === 'held').map(({ id }) => id);
  await changeRows([...(await objects.read(held)).values()], reset, world);
  return { reset: { ...reset, cursor: page.cursor, isCleared: page.cursor === null } };
};

/** The rows as they are afterwards, changed or not. */
const changeRows = async (
  rows: readonly StoredObject[],
  reset: Reset,
  { state, clock }: World,
): Promise<readonly StoredObject[]> => {
  const nowMs = clock.nowMs();
  const changes = rows
    .filter(({ row }) => clearRow(row, reset, nowMs) !== null)
    .map((known) => ({
      id: known.row.id,
      type: known.row.type,
      known,
      change: (row: StoredObject['row']) => clearRow(row, reset, nowMs),
    }));
  const written = changes.length > 0 ? await state.objects.update(changes) : new Map<string, StoredObject>();
  return rows.map((stored) => written.get(stored.row.id) ?? stored);
};

const addLinks = (before: Counters, rows: readonly StoredObject[]): Counters => ({
  linkedActive: before.linkedActive + countUsers(rows, 'active'),
  linkedDisabled: before.linkedDisabled + countUsers(rows, 'disabled'),
});

const countUsers = (rows: readonly StoredObject[], state: string): number =>
  rows.filter(({ row }) => row.type === 'user' && row.link?.state === state).length;
