import { hasUnconfirmedEdge } from '../doubtfulEdges.js';
import { groupParents } from '../groupReach.js';
import { nestedEdge } from '../memberEdge.js';
import { recordOfUnmappedGroup } from '../recordOfGroup.js';
import { touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import { appParent, type ObjectRow } from '../stored.js';
import type { GroupPlan } from './groupPlan.js';

/**
 * What of the groups themselves is to be told, and then that they are done, unless somebody touched them meanwhile. A
 * group with an edge that is still in doubt is looked at again in the next cycle.
 */
export const closeGroups = async (plans: readonly GroupPlan[], slice: Slice): Promise<void> => {
  if (plans.length === 0) return;
  const { world, cycle } = slice;
  const { redact } = await slice.provisionContext([]);
  const records = plans
    .filter(({ group, hasPath }) => slice.groupMapping === null && hasPath && group.gone === null)
    .map(({ group }) => {
      const context = { world, cycleId: cycle.cycleId, recordId: world.newId(), redact };
      return recordOfUnmappedGroup(group, context, world.clock.nowMs());
    });
  await indexNested(plans, slice);
  const objects = plans.map((plan) => ({
    id: plan.group.id,
    type: 'group' as const,
    change: (row: ObjectRow) => closed(row, plan, slice),
  }));
  await world.state.commit({ records, objects }, null);
};

/** No stream has shown the group itself yet. */
const unread = { displayName: null, securityEnabled: null };

/** What the members were made pending for is noted in any case: groups in a circle go on touching one another. */
const closed = (row: ObjectRow, { group, hasPath, reach }: GroupPlan, slice: Slice): ObjectRow | null => {
  const isTouched = !row.pending || row.pending.touch > (group.pending?.touch ?? 0);
  const done = { ...row, group: { ...(row.group ?? unread), reach } };
  if (isTouched) return hasPath ? done : null;
  // Its members are looked at; the group itself is next.
  const isProvisioned = slice.groupMapping !== null && (row.via[appParent] !== undefined || row.link !== null);
  if (hasPath && hasUnconfirmedEdge(row)) return lookAgain(done, slice);
  if (isProvisioned && row.pending) return { ...done, pending: { ...row.pending, reason: 'seen' } };
  return hasPath ? { ...done, pending: null } : { ...row, pending: null, group: null, gone: null };
};

const lookAgain = (row: ObjectRow, { world }: Slice): ObjectRow => {
  const nowMs = world.clock.nowMs();
  return touchRow({ ...row, pending: null }, 'membership', new Date(nowMs + 1).toISOString(), nowMs);
};

/** Each group that is nested stands in the index, before its mark goes; one that no longer is does not. */
const indexNested = async (plans: readonly GroupPlan[], { settings, world }: Slice): Promise<void> => {
  if (!settings.nestedGroups) return;
  const isNested = ({ group }: GroupPlan): boolean => groupParents(group).length > 0;
  const nested = plans.filter((plan) => isNested(plan) && plan.hasPath).map(({ group }) => nestedEdge(group.id));
  const others = plans.filter((plan) => !isNested(plan)).map(({ group }) => nestedEdge(group.id));
  if (nested.length > 0) await world.state.edges.upsert(nested);
  if (others.length > 0) await world.state.edges.remove(others);
};
