import type { Life } from './model.js';
import type { ObjectRow, Pending, Via } from './stored.js';

/** A touch number that no earlier mark of this row can have had. */
const nextTouch = (row: ObjectRow, nowMs: number): number => Math.max(nowMs, (row.pending?.touch ?? 0) + 1);

/** Marks the object as to be evaluated at `due`, or earlier where it already is. Keeps the attempts of an escrow. */
export const touchRow = (row: ObjectRow, reason: Pending['reason'], due: string, nowMs: number): ObjectRow => ({
  ...row,
  pending: {
    reason,
    due: row.pending && row.pending.due < due ? row.pending.due : due,
    touch: nextTouch(row, nowMs),
    attempts: row.pending?.attempts ?? 0,
    firstFailureAt: row.pending?.firstFailureAt ?? null,
    fault: row.pending?.fault ?? null,
  },
});

/** The edge `parent → object` with this role, seen and not missing. */
export const addVia = (row: ObjectRow, parent: string, role: string): ObjectRow => ({
  ...row,
  via: { ...row.via, [parent]: { ...row.via[parent], [role]: { missingSince: null } } },
});

/**
 * It is open whether the user is a member of the group: an edge that is known goes on counting, and one that is not gives
 * no account to who has none.
 */
export const doubtVia = (row: ObjectRow, parent: string, role: string, cycleId: string): ObjectRow => {
  const known = row.via[parent]?.[role] ?? { missingSince: cycleId };
  return { ...row, via: { ...row.via, [parent]: { ...row.via[parent], [role]: { ...known, doubtedIn: cycleId } } } };
};

/** Missing from one complete list: it still counts until a later one lacks it too. */
export const markViaMissing = (row: ObjectRow, parent: string, role: string, cycleId: string): ObjectRow => ({
  ...row,
  via: { ...row.via, [parent]: { ...row.via[parent], [role]: { missingSince: cycleId } } },
});

/** Takes one role off the edge, and the edge with its last role. */
export const removeVia = (row: ObjectRow, parent: string, role: string): ObjectRow => {
  const { [role]: _gone, ...roles } = row.via[parent] ?? {};
  const { [parent]: _edge, ...others } = row.via;
  return { ...row, via: Object.keys(roles).length > 0 ? { ...others, [parent]: roles satisfies Via } : others };
};

/** Notes that a user is in the recycle bin, or gone for good, unless that is on record. */
export const noteLife = (row: ObjectRow, life: Life, nowMs: number): ObjectRow =>
  life === 'live' || row.gone
    ? row
    : {
        ...row,
        gone: { reason: life === 'softDeleted' ? 'changed' : 'deleted', since: new Date(nowMs).toISOString() },
      };

/** Whether the engine has anything to do with the object: a link, an edge, a mark or a stay in the recycle bin. */
export const isKnown = (row: ObjectRow): boolean =>
  row.link !== null ||
  row.pending !== null ||
  row.staged !== null ||
  row.intent !== null ||
  row.gone !== null ||
  Object.keys(row.via).length > 0;
