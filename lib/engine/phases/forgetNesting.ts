import { memberEdge, nestedEdge } from '../memberEdge.js';
import { touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import type { Edge, ObjectRow } from '../stored.js';
import { appParent, nestedParent } from '../stored.js';

/**
 * Nesting is switched off: the edges between groups go, and each group that was nested becomes pending, so that those
 * below it are looked at again. A group's place in the index goes last: what a kill leaves is found there.
 */
export const forgetNesting = async (slice: Slice): Promise<void> => {
  for (;;) {
    const page = await slice.world.state.edges.list(nestedParent, null);
    if (page.rows.length === 0) return;
    await forgetPage(page.rows, slice);
  }
};

const forgetPage = async (nested: readonly Edge[], slice: Slice): Promise<void> => {
  const { state, clock } = slice.world;
  const nowMs = clock.nowMs();
  const rows = await state.objects.read(nested.map(({ child }) => child));
  const touches = [...rows.values()].map(({ row: { id, type, via } }) => ({
    change: {
      id,
      type,
      change: (row: ObjectRow) =>
        touchRow({ ...row, via: onlyAssigned(row) }, 'membership', slice.cycle.startedAt, nowMs),
    },
    upserts: [],
    removals: Object.keys(via)
      .filter((parent) => parent !== appParent)
      .map((parent) => memberEdge(parent, { id, type }, 0)),
  }));
  await state.commit({ touches }, null);
  await state.edges.remove(nested.map(({ child }) => nestedEdge(child)));
};

const onlyAssigned = ({ via }: ObjectRow): ObjectRow['via'] => {
  const direct = via[appParent];
  return direct ? { [appParent]: direct } : {};
};
