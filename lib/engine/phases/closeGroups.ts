import { hasUnconfirmedEdge } from '../doubtfulEdges.js';
import { groupParents } from '../groupReach.js';
import { nestedEdge } from '../memberEdge.js';
import { recordOfUnmappedGroup } from '../recordOfGroup.js';
import { touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import type { ObjectRow } from '../stored.js';
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
    .filter(({ group, hasPath }) => hasPath && group.gone === null)
    .map(({ group }) => {
      const context = { world, cycleId: cycle.cycleId, recordId: world.newId(), redact };
      return recordOfUnmappedGroup(group, context, world.clock.nowMs());
    });
  await indexNested(plans, slice);
  const objects = plans.map((plan) => ({
    id: plan.group.id,
    type: 'group' as const,
    change: (row: ObjectRow) => closed(row, plan, world.clock.nowMs()),
  }));
  await world.state.commit({ records, objects }, null);
};

/** No stream has shown the group itself yet. */
const unread = { displayName: null, securityEnabled: null };

/** What the members were made pending for is noted in any case: groups in a circle go on touching one another. */
const closed = (row: ObjectRow, { group, hasPath, reach }: GroupPlan, nowMs: number): ObjectRow | null => {
  const isTouched = !row.pending || row.pending.touch > (group.pending?.touch ?? 0);
  if (!hasPath) return isTouched ? null : { ...row, pending: null, group: null, gone: null };
  const done = { ...row, group: { ...(row.group ?? unread), reach } };
  if (isTouched) return done;
  const settled = { ...done, pending: null };
  return hasUnconfirmedEdge(row) ? touchRow(settled, 'membership', new Date(nowMs + 1).toISOString(), nowMs) : settled;
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
