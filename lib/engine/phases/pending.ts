import { isIntentLive } from '../intents.js';
import type { Phase } from '../slice.js';
import type { Pending } from '../stored.js';
import { confirmEdges } from './confirmEdges.js';
import { countDueAfter } from './countUsers.js';
import { readSubjects } from './pointReads.js';
import { restoreEdges } from './restoredEdges.js';

const objectsPerPage = 100;

/** The cursor of the first page, where it has to be gone through again. */
const firstPage = 'first';

/**
 * Objects that are due: each is read anew and taken through all steps. What fails in this cycle is due in the next; what
 * a worker that died in this cycle had begun is due as soon as its intent has ended. A page that was not done when the
 * worker had to stop is gone through again.
 */
export const pendingPhase: Phase = async (slice, cursor) => {
  // They stay due: nothing could be sent for them.
  if (slice.isTargetDown()) return { next: null };
  const { state, clock } = slice.world;
  const nowMs = clock.nowMs();
  const from = cursor === firstPage ? null : cursor;
  const before = new Date(nowMs).toISOString();
  const due = await state.objects.listDue('user', before, from, objectsPerPage);
  if (due.rows.length === 0) return { next: due.cursor };
  const left = cursor === null ? { left: await countDueAfter(slice, before, due.cursor) } : {};
  const rows = await state.objects.read(due.rows.map((entry) => entry.id));
  const ready = [...rows.values()].filter(
    ({ row }) => isDue(row.pending, slice.cycle.startedAt) && !isIntentLive(row.intent, nowMs),
  );
  const subjects = await restoreEdges(await readSubjects(ready, slice), slice);
  const isDone = await slice.provision(await confirmEdges(subjects, slice));
  if (!isDone) return { next: from ?? firstPage };
  slice.count('imported', ready.length);
  return { next: due.cursor, units: { done: ready.length, ...left } };
};

const isDue = (pending: Pending | null, startedAt: string): boolean =>
  pending !== null && (pending.due <= startedAt || pending.reason === 'intent');
