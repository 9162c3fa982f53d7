import { touchRow } from '../rows.js';
import type { ObjectRow, Pending } from '../stored.js';

/**
 * Whether everybody below the group must be evaluated before the group itself: its place among the paths to the
 * application changed, and not only what it is called.
 */
export const mustExpand = (pending: Pending): boolean =>
  pending.reason === 'assignment' || pending.reason === 'membership';

/** Marks the group itself as to be evaluated; one that is to be expanded first stays so. */
export const touchGroup = (row: ObjectRow, due: string, nowMs: number): ObjectRow =>
  touchRow(row, row.pending && mustExpand(row.pending) ? row.pending.reason : 'seen', due, nowMs);

/** Whether a stream has told what the group is, so that it can be evaluated. */
export const isDescribed = (row: ObjectRow): boolean => row.gone !== null || row.group?.attributes != null;
