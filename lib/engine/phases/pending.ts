import { isIntentLive } from '../intents.js';
import type { Phase } from '../slice.js';
import { readSubjects } from './pointReads.js';
import { restoreEdges } from './restoredEdges.js';

const objectsPerPage = 100;

/** Objects that are due: each is read anew and taken through all steps. What fails in this cycle is due in the next. */
export const pendingPhase: Phase = async (slice, cursor) => {
  const { state, clock } = slice.world;
  const { startedAt } = slice.cycle;
  const due = await state.objects.listDue('user', startedAt, cursor, objectsPerPage);
  if (due.rows.length === 0) return { next: due.cursor };
  const rows = await state.objects.read(due.rows.map((entry) => entry.id));
  const ready = [...rows.values()].filter(
    ({ row }) => row.pending !== null && row.pending.due <= startedAt && !isIntentLive(row.intent, clock.nowMs()),
  );
  await slice.provision(await restoreEdges(await readSubjects(ready, slice), slice));
  return { next: due.cursor };
};
