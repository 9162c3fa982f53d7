import type { Member } from '../memberEdge.js';
import type { GroupChange } from '../ports.js';
import { touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import type { ObjectRow } from '../stored.js';

export const groupIdOf = (change: GroupChange): string => (change.kind === 'present' ? change.object.id : change.id);

/** The members that count: users, and groups where nesting does. */
export const membersOf = (
  change: GroupChange,
  { settings }: Slice,
): readonly (Member & { readonly removed: boolean })[] =>
  change.kind !== 'present'
    ? []
    : change.members.flatMap(({ id, type, removed }) =>
        type === 'user' || (type === 'group' && settings.nestedGroups) ? [{ id, type, removed }] : [],
      );

/** Whose membership changed is looked at in this cycle. */
export const touchMember = (row: ObjectRow, slice: Slice): ObjectRow =>
  touchRow(row, 'membership', slice.cycle.startedAt, slice.world.clock.nowMs());
