import { touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import { type Edge, memberRole, type ObjectRow } from '../stored.js';

/** Makes the members at the end of these edges pending, and takes the edges away where they are not to be kept. */
export const touchMembers = async (edges: readonly Edge[], keepEdges: boolean, slice: Slice): Promise<void> => {
  const nowMs = slice.world.clock.nowMs();
  const touches = edges.map((edge) => ({
    change: {
      id: edge.child,
      type: edge.childType,
      change: (row: ObjectRow) => {
        const kept = keepEdges ? row : withoutParent(row, edge.parent);
        return touchRow(kept, 'assignment', slice.cycle.startedAt, nowMs);
      },
    },
    upserts: [],
    removals: keepEdges ? [] : [edge],
  }));
  if (touches.length > 0) await slice.world.state.commit({ touches }, null);
};

const withoutParent = (row: ObjectRow, parent: string): ObjectRow => {
  const { [parent]: edge, ...via } = row.via;
  return edge?.[memberRole] === undefined ? row : { ...row, via };
};
