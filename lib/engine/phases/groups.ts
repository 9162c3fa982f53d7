import { isDescribed, mustExpand } from '../groups/groupMarks.js';
import { groupSubject, provisionGroups } from '../groups/provisionGroups.js';
import { isIntentLive } from '../intents.js';
import type { Phase, Slice } from '../slice.js';
import type { StoredObject } from '../state.js';

const groupsPerPage = 100;

/** The cursor of the first page, where it has to be gone through again. */
const firstPage = 'first';

/**
 * Groups that changed or are due for another attempt, after the users: created, renamed, or deleted by policy. Where no
 * mapping of groups is in force nothing is asked and nothing is sent.
 */
export const groupsPhase: Phase = async (slice, cursor) => {
  const mapping = slice.groupMapping;
  // While the target is down they stay due: nothing could be sent for them.
  if (mapping === null || slice.isTargetDown()) return { next: null };
  const { state, clock } = slice.world;
  const nowMs = clock.nowMs();
  const from = cursor === firstPage ? null : cursor;
  const due = await state.objects.listDue('group', new Date(nowMs).toISOString(), from, groupsPerPage);
  if (due.rows.length === 0) return { next: due.cursor };
  const rows = await state.objects.read(due.rows.map(({ id }) => id));
  const ready = [...rows.values()].filter((stored) => isReady(stored, slice, nowMs));
  const readAt = new Date(nowMs).toISOString();
  const isDone = await provisionGroups(
    ready.map((stored) => groupSubject(stored, readAt)),
    mapping,
    slice,
  );
  return { next: isDone ? due.cursor : (from ?? firstPage) };
};

/** One that somebody touched since its members were looked at waits for the next cycle. */
const isReady = ({ row }: StoredObject, slice: Slice, nowMs: number): boolean => {
  const { pending } = row;
  if (pending === null || mustExpand(pending) || isIntentLive(row.intent, nowMs) || !isDescribed(row)) return false;
  return pending.due <= slice.cycle.startedAt || pending.reason === 'intent';
};
