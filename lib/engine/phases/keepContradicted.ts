import { edgesOfMember, memberEdge } from '../memberEdge.js';
import { addVia, touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import type { StoredObject, Touch } from '../state.js';
import { type Edge, memberRole, type ObjectRow } from '../stored.js';
import type { Assessment } from '../subject.js';
import type { FreshPaths } from './freshPaths.js';

/** A staged removal that was evaluated once more, from fresh reads. */
export interface Reassessed {
  readonly assessment: Assessment;
  /** The row with the edges just read. */
  readonly fresh: StoredObject;
  /** Of a user. */
  readonly paths?: FreshPaths;
}

/** What was just read speaks for the user: kept for one more cycle, then dropped with the edges that were seen. */
export const keepContradicted = async (due: readonly Reassessed[], slice: Slice): Promise<void> => {
  const { cycleId, startedAt } = slice.cycle;
  const touches = due.flatMap(({ assessment, fresh, paths }): Touch[] => {
    const isDropped = isContradictedBefore(assessment.subject.stored.row, cycleId);
    const own: Touch = {
      change: {
        id: fresh.row.id,
        type: fresh.row.type,
        known: assessment.subject.stored,
        change: (row) => {
          if (!row.staged) return null;
          if (!isContradictedBefore(row, cycleId))
            return { ...row, staged: { ...row.staged, contradictedIn: cycleId } };
          const via = { ...fresh.row.via, ...row.via };
          return touchRow({ ...row, staged: null, via }, 'restored', startedAt, slice.world.clock.nowMs());
        },
      },
      upserts: isDropped ? edgesAbove(fresh.row) : [],
      removals: [],
    };
    return isDropped && paths ? [own, ...nestingTouches(paths, slice)] : [own];
  });
  if (touches.length > 0) await slice.world.state.commit({ touches }, null);
};

const isContradictedBefore = ({ staged }: ObjectRow, cycleId: string): boolean =>
  staged !== null && staged.contradictedIn !== null && staged.contradictedIn !== cycleId;

/** The row's edges as they are seen from above, so that a list or stream that lacks them can take them away. */
const edgesAbove = ({ id, type, via }: ObjectRow): readonly Edge[] =>
  Object.entries(via).flatMap(([parent, roles]) =>
    Object.keys(roles).map((role) => ({ parent, child: id, childType: type, role, round: 0, missingSince: null })),
  );

/** The edges between groups that no stream told of. */
const nestingTouches = ({ parents }: FreshPaths, slice: Slice): readonly Touch[] =>
  [...parents].flatMap(([id, above]) =>
    above.map((parent) => ({
      change: {
        id,
        type: 'group',
        change: (row) =>
          row.via[parent]
            ? null
            : touchRow(addVia(row, parent, memberRole), 'membership', slice.cycle.startedAt, slice.world.clock.nowMs()),
      },
      upserts: edgesOfMember(memberEdge(parent, { id, type: 'group' }, 0)),
      removals: [],
    })),
  );
